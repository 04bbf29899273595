"""Every manifest and lock file we read: a row each. Adding one is adding a row, a reader and its test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from repo_architect.analysis.manifests.model import Identifier, Reader
from repo_architect.analysis.manifests.readers import (
    actions,
    bun_lock,
    cargo,
    conda,
    docker,
    go,
    npm,
    package_lock,
    pipenv,
    pnpm_lock,
    pyproject,
    python_locks,
    requirements,
    setuptools,
    yarn_lock,
)  # fmt: skip

Kind = Literal["manifest", "lock", "workspace"]


@dataclass(frozen=True, slots=True)
class Format:
    """`patterns` match a file's name, or with a slash the tail of its path (from the root where it begins with one).

    `identify` makes a component of the manifest's folder; `weak` ones only where nothing else does. `manager`
    is the package manager that alone writes this file.
    """

    patterns: tuple[str, ...]
    ecosystem: str
    kind: Kind
    read: Reader | None
    parser: str | None = None
    identify: Identifier | None = None
    manager: str | None = None
    weak: bool = False


def _row(patterns: str, ecosystem: str, kind: Kind, read: Reader | None, parser: str | None = None, *,
         identify: Identifier | None = None, manager: str | None = None, weak: bool = False) -> Format:  # fmt: skip
    return Format(tuple(patterns.split()), ecosystem, kind, read, parser, identify, manager, weak)


FORMATS: tuple[Format, ...] = (
    # Python
    _row("pyproject.toml", "pypi", "manifest", pyproject.read, "toml", identify=pyproject.identify),
    _row("setup.cfg", "pypi", "manifest", setuptools.read_cfg, identify=setuptools.identify_cfg),
    _row("setup.py", "pypi", "manifest", setuptools.read_py, identify=setuptools.identify_py),
    _row("Pipfile", "pypi", "manifest", pipenv.read, "toml", manager="pipenv", weak=True),
    _row("Pipfile.lock", "pypi", "lock", pipenv.read_lock, "json", manager="pipenv"),
    _row("poetry.lock", "pypi", "lock", python_locks.read, manager="poetry"),
    _row("uv.lock", "pypi", "lock", python_locks.read, manager="uv"),
    _row("pdm.lock", "pypi", "lock", python_locks.read, manager="pdm"),
    _row("pylock.toml pylock.*.toml", "pypi", "lock", python_locks.read),
    _row("requirements.frozen pip-resolved-dependencies.txt", "pypi", "lock", requirements.read, manager="pip"),
    _row("requirements.txt", "pypi", "manifest", requirements.read, manager="pip", weak=True),
    _row("requirements*.txt requirements*.in *requirements.txt *requirements.in requirements/**/*.txt requirements/**/*.in",
         "pypi", "manifest", requirements.read),
    _row("environment.yml environment.yaml environment-*.yml environment-*.yaml conda.yml conda.yaml", "conda", "manifest",
         conda.read, "yaml", manager="conda", weak=True),
    # JavaScript, TypeScript
    _row("package.json", "npm", "manifest", npm.read, "json", identify=npm.identify),
    _row("package-lock.json npm-shrinkwrap.json", "npm", "lock", package_lock.read, "json", manager="npm"),
    _row("yarn.lock", "npm", "lock", yarn_lock.read, manager="yarn"),
    _row("pnpm-lock.yaml", "npm", "lock", pnpm_lock.read, manager="pnpm"),
    _row("bun.lock", "npm", "lock", bun_lock.read, "jsonc", manager="bun"),
    _row("pnpm-workspace.yaml", "npm", "workspace", npm.read_catalogs, "yaml", identify=npm.identify_workspace, manager="pnpm"),
    _row("lerna.json", "npm", "workspace", None, "json", identify=npm.identify_workspace),
    _row("deno.json deno.jsonc", "deno", "manifest", npm.read_deno, "jsonc", identify=npm.identify_deno, manager="deno"),
    _row("deno.lock", "deno", "lock", bun_lock.read_deno, "json", manager="deno"),
    _row("bower.json", "bower", "manifest", npm.read_bower, "json", manager="bower", weak=True),
    # Go
    _row("go.mod", "golang", "manifest", go.read, identify=go.identify, manager="go"),
    _row("go.sum", "golang", "lock", go.read_sum, manager="go"),
    _row("go.work", "golang", "workspace", None, identify=go.identify_work, manager="go"),
    # Rust
    _row("Cargo.toml", "cargo", "manifest", cargo.read, "toml", identify=cargo.identify, manager="cargo"),
    _row("Cargo.lock", "cargo", "lock", cargo.read_lock, manager="cargo"),
    # containers, CI, hooks
    _row("Dockerfile Dockerfile.* *.Dockerfile *.dockerfile Containerfile", "docker", "manifest", docker.read),
    _row("docker-compose.yml docker-compose.yaml docker-compose*.yml docker-compose*.yaml compose.yml compose.yaml compose.*.yml compose.*.yaml",
         "docker", "manifest", docker.read_compose, "yaml"),
    _row("/.github/workflows/*.yml /.github/workflows/*.yaml", "actions", "manifest", actions.read_workflow, "yaml"),
    _row("action.yml action.yaml", "actions", "manifest", actions.read_action, "yaml"),
    _row(".pre-commit-config.yaml .pre-commit-config.yml", "pre-commit", "manifest", actions.read_pre_commit, "yaml"),
)  # fmt: skip


def format_of(path: str) -> Format | None:
    """The first format whose pattern the path matches, None where there is none."""
    name = path.rpartition("/")[2]
    exact, patterns, any_pattern = _compiled()
    if name in exact:
        return exact[name]
    if not any_pattern.search(path):
        return None
    return next((format_ for pattern, format_ in patterns if pattern.search(path)), None)


@cache
def _compiled() -> tuple[dict[str, Format], list[tuple[re.Pattern[str], Format]], re.Pattern[str]]:
    exact: dict[str, Format] = {}
    patterns: list[tuple[re.Pattern[str], Format]] = []
    for format_ in FORMATS:
        for pattern in format_.patterns:
            if "*" in pattern or "/" in pattern:
                patterns.append((re.compile(_expression(pattern)), format_))
            else:
                exact[pattern] = format_
    return exact, patterns, re.compile("|".join(pattern.pattern for pattern, _ in patterns))


def _expression(pattern: str) -> str:
    start = "^" if pattern.startswith("/") else "(?:^|/)"
    body = re.escape(pattern.lstrip("/")).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return f"{start}{body}$"
