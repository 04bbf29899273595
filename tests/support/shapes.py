"""A rich, made-up analysis and the run folder around it, for the stages that read one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from repo_architect.contracts import (
    CiPlan,
    Clone,
    Evidence,
    ImportEdge,
    Module,
    Modules,
    RepoShape,
    Summary,
    Views,
)
from repo_architect.contracts.ci_plan import Decision, PlannedJob, PlannedStep
from repo_architect.contracts.summary import Backend, Claim, SummaryHotspot
from repo_architect.run import Run

COMMIT = "4f2c9d1e8b7a60535c1d2e3f4a5b6c7d8e9f0a1b"

README = """\
<p align="center"><img src="logo.png"></p>

# Orchard

[![CI](https://ci.example/badge.svg)](https://ci.example) ![coverage](https://cov.example/b.svg)

[Documentation](https://docs.example) • [Chat](https://chat.example)

**Orchard** is a self-hosted planner for fruit growers, with a REST API and a web front end. It keeps
trees, harvests and tasks in one place.

## Installation

Run `docker compose up`.
"""

FILES = {
    "README.md": README,
    "LICENSE": "MIT License\n\nCopyright (c) Orchard contributors\n",
    "docker-compose.yml": "services:\n  api:\n    build: ./api\n  web:\n    build: ./web\n  db:\n    image: postgres:16\n"
    "  cache:\n    image: redis:7\n",
    "api/pyproject.toml": '[project]\nname = "orchard-api"\nversion = "2.4.0"\nrequires-python = ">=3.10"\n'
    'dependencies = [\n  "fastapi>=0.115",\n  "sqlalchemy>=2.0",\n  "celery[redis]>=5.4",\n]\n'
    '[project.scripts]\norchard = "orchard.cli:main"\n',
    "api/orchard/__init__.py": "",
    "api/orchard/app.py": "from fastapi import FastAPI\nfrom orchard import trees, tasks\n\napp = FastAPI()\n"
    "app.include_router(trees.router)\napp.include_router(tasks.router)\n",
    "api/orchard/trees.py": "from fastapi import APIRouter\nfrom orchard.db import session\n\nrouter = APIRouter()\n\n"
    '@router.get("/trees")\ndef list_trees():\n    return session().all()\n',
    "api/orchard/tasks.py": "from orchard.db import session\nfrom celery import Celery\n\nqueue = Celery()\n",
    "api/orchard/db.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\n\ndef session():\n    return URL\n',
    "api/orchard/cli.py": "from orchard.app import app\n\ndef main():\n    print(app)\n",
    "api/tests/test_trees.py": "from orchard import trees\n\ndef test_list():\n    assert trees.router\n",
    "web/package.json": '{\n  "name": "orchard-web",\n  "scripts": {\n    "dev": "vite",\n    "test": "vitest run",\n'
    '    "build": "vite build"\n  },\n  "dependencies": {\n    "vue": "^3.5.0",\n    "axios": "^1.7.0"\n  }\n}\n',
    "web/src/main.ts": 'import { createApp } from "vue"\nimport App from "./App.vue"\n\ncreateApp(App).mount("#app")\n',
    "web/src/client.ts": 'import axios from "axios"\n\nexport const api = axios.create({ baseURL: "/api" })\n',
    ".github/workflows/test.yml": "name: test\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
    "      - uses: actions/checkout@v4\n      - run: pytest\n",
}  # fmt: skip

MERMAID = 'flowchart LR\n  n1["web"] --> n2["api"]\n  n2 --> n3[("PostgreSQL")]\n'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 80" role="img"><title>Architecture</title>'
    '<g data-id="web"><rect x="5" y="20" width="90" height="40" fill="none" stroke="currentColor"/>'
    '<text x="50" y="45" text-anchor="middle">web</text></g>'
    '<g data-id="api"><rect x="205" y="20" width="90" height="40" fill="none" stroke="currentColor"/>'
    '<text x="250" y="45" text-anchor="middle">api</text></g>'
    '<g data-source="web" data-target="api"><path d="M95 40H205" stroke="currentColor"/></g></svg>\n'
)
WORKFLOW = (
    "name: CI\non: [push]\njobs:\n  api:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: uv run pytest\n"
    "        working-directory: api\n"
)


def at(path: str, line: int = 1) -> Evidence:
    return Evidence(path=path, line=line)


def shape(**changes: Any) -> RepoShape:
    """The analysis of Orchard, a made-up monorepo; `changes` replace top-level fields."""
    return RepoShape.checked({**_SHAPE, **changes})


def bare_shape(**changes: Any) -> RepoShape:
    """The analysis of a repository in which nothing was found."""
    repository = {
        **_REPOSITORY,
        "description": None,
        "description_evidence": None,
        "license": None,
        "readme": None,
    }
    return RepoShape.checked({"repository": {**repository, "file_count": 0, "size_bytes": 0}, **changes})


def modules() -> Modules:
    """The import graph of Orchard."""
    python = [
        Module(path, "Python", text.count("\n"), "api/orchard")
        for path, text in FILES.items()
        if path.endswith(".py")
    ]
    typescript = [
        Module(path, "TypeScript", text.count("\n"), "web/src")
        for path, text in FILES.items()
        if path.endswith(".ts")
    ]
    edges = [
        ImportEdge("api/orchard/app.py", "api/orchard/trees.py", "import", (2,)),
        ImportEdge("api/orchard/app.py", "api/orchard/tasks.py", "import", (2,)),
        ImportEdge("api/orchard/trees.py", "api/orchard/db.py", "import", (2,)),
        ImportEdge("api/orchard/tasks.py", "api/orchard/db.py", "import", (1,)),
        ImportEdge("api/orchard/cli.py", "api/orchard/app.py", "import", (1,)),
        ImportEdge("api/tests/test_trees.py", "api/orchard/trees.py", "import", (1,)),
    ]
    return Modules.build(python + typescript, edges)


def clone(**changes: Any) -> Clone:
    return Clone.checked({**_CLONE, **changes})


def ci_plan() -> CiPlan:
    return CiPlan(
        verdict="improve",
        existing=(at(".github/workflows/test.yml"),),
        missing=("the web front end is never built", "no timeout on any job"),
        triggers=("push", "pull_request"),
        branches=("main",),
        jobs=(
            PlannedJob(
                id="api",
                name="Test api",
                component="api",
                runs_on="ubuntu-24.04",
                timeout_minutes=20,
                matrix={"python": ("3.10", "3.13")},
                steps=(
                    PlannedStep(name="Check out", uses="checkout", reason="every job needs the code"),
                    PlannedStep(
                        name="Test", run="uv run pytest", directory="api", reason="pytest is the test tool",
                        evidence=(at("api/tests/test_trees.py"),),
                    ),
                ),
            ),
        ),
        decisions=(
            Decision(subject="Python versions", choice="3.10 and 3.13", reason="requires-python is >=3.10",
                     evidence=(at("api/pyproject.toml", 4),)),
            Decision(subject="runner", choice="ubuntu-24.04", reason="default: nothing asks for another"),
        ),
        not_covered=(
            Decision(subject="docker-compose.yml", choice="not run", reason="end-to-end tests are not declared",
                     evidence=(at("docker-compose.yml"),)),
        ),
    )  # fmt: skip


def summary() -> Summary:
    return Summary(
        backend=Backend(name="deterministic"),
        sentences=(
            Claim(text='Orchard, in its own words: "Orchard is a self-hosted planner for fruit growers."',
                  evidence=(at("README.md", 9),)),
            Claim(text="It is written in Python and TypeScript.", evidence=(at("api/orchard/app.py"),)),
            Claim(text="Its tests run with `pytest`.", evidence=(at("api/tests/test_trees.py"),)),
        ),
        hotspots=(SummaryHotspot(path="api/orchard/db.py", reason="imported by 2 files",
                                 evidence=(at("api/orchard/trees.py", 2),)),),
        onboarding=(Claim(text="Set up: `uv sync`.", evidence=(at("api/pyproject.toml"),)),),
        technologies=(Claim(text="FastAPI (web framework)", evidence=(at("api/pyproject.toml", 6),)),),
    )  # fmt: skip


def repository(root: Path) -> Path:
    """Write Orchard's files below `root`. Returns it."""
    for path, text in FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def run(runs_dir: Path, *, run_id: str = "a-run", leave_out: tuple[str, ...] = (), **artifacts: Any) -> Run:
    """A run of Orchard up to the summary: every artifact but those left out; `artifacts` by stem replace ours."""
    made = Run.start(run_id, runs_dir)
    repository(made.folder / "repo")
    content = {
        "clone.json": clone(),
        "repo_shape.json": shape(),
        "modules.json": modules(),
        "diagram.mmd": MERMAID,
        "diagram.svg": SVG,
        "views.json": Views(),
        "ci_plan.json": ci_plan(),
        "ci-generated.yml": WORKFLOW,
        "summary.json": summary(),
        "summary.md": "# Orchard\n",
        "report.html": "<!doctype html>\n",
        "report.md": "# Orchard\n",
    }
    given = {
        name: artifacts[stem]
        for name in content
        if (stem := name.replace(".", "_").replace("-", "_")) in artifacts
    }
    for name, value in (content | given).items():
        if name not in leave_out:
            made.write(name, value)
    return made


def _at(path: str, line: int = 1) -> dict[str, Any]:
    return {"path": path, "line": line}


_REPOSITORY: dict[str, Any] = {
    "name": "orchard", "owner": "fruit", "host": "github.com", "url": "https://github.com/fruit/orchard",
    "commit": COMMIT, "branch": "main", "committed_at": "2026-05-04T10:20:30+02:00", "shallow": True,
    "size_bytes": 48_213, "file_count": len(FILES), "license": {"spdx": "MIT", "evidence": _at("LICENSE")},
    "description": "Planner for fruit growers", "description_evidence": _at("api/pyproject.toml", 2),
    "topics": ("fruit", "planner"), "readme": "README.md",
}  # fmt: skip

_CLONE: dict[str, Any] = {
    "url": "https://github.com/fruit/orchard", "protocol": "https", "host": "github.com", "owner": "fruit",
    "name": "orchard", "ref": None, "commit": COMMIT, "branch": "main", "default_branch": "main",
    "committed_at": "2026-05-04T10:20:30+02:00", "shallow": True, "size_bytes": 48_213, "file_count": len(FILES),
    "web_url": "https://github.com/fruit/orchard",
    "submodules": ({"path": "vendor/seeds", "url": "https://github.com/fruit/seeds", "commit": "a" * 40},),
}  # fmt: skip


def _dependency(
    name: str, ecosystem: str, component: str, manifest: str, line: int | None, **more: Any
) -> dict[str, Any]:
    return {
        "name": name, "ecosystem": ecosystem, "purl": f"pkg:{ecosystem}/{name}", "requirement": None, "resolved": None,
        "scope": "runtime", "direct": line is not None, "component": component,
        "manifest": manifest if line else None, "line": line, **more,
    }  # fmt: skip


_SHAPE: dict[str, Any] = {
    "repository": _REPOSITORY,
    "components": (
        {"id": "api", "name": "orchard-api", "path": "api", "kind": "service", "manifest": "api/pyproject.toml",
         "package_manager": "uv", "version": "2.4.0", "description": "Planner for fruit growers",
         "evidence": (_at("api/pyproject.toml", 2),)},
        {"id": "web", "name": "orchard-web", "path": "web", "kind": "web", "manifest": "web/package.json",
         "package_manager": "pnpm", "evidence": (_at("web/package.json", 2),)},
    ),
    "languages": (
        {"name": "Python", "bytes": 31_000, "files": 7, "lines": 900, "percent": 61.2, "code_lines": 700,
         "comment_lines": 60},
        {"name": "TypeScript", "bytes": 14_000, "files": 2, "lines": 420, "percent": 27.6},
        {"name": "Vue", "bytes": 4_000, "files": 3, "lines": 150, "percent": 7.9},
        {"name": "CSS", "bytes": 1_600, "files": 1, "lines": 60, "percent": 3.3},
    ),
    "frameworks": (
        {"name": "FastAPI", "category": "server", "version": "0.115.4", "component": "api",
         "evidence": (_at("api/pyproject.toml", 6), _at("api/orchard/app.py"))},
        {"name": "SQLAlchemy", "category": "orm", "version": "2.0.36", "component": "api",
         "evidence": (_at("api/pyproject.toml", 7),)},
        {"name": "Celery", "category": "queue", "version": None, "component": "api",
         "evidence": (_at("api/pyproject.toml", 8),)},
        {"name": "Vue", "category": "ui", "version": "3.5.0", "component": "web",
         "evidence": (_at("web/package.json", 9),)},
    ),
    "package_managers": ({"name": "uv", "component": "api", "evidence": (_at("api/pyproject.toml"),)},
                         {"name": "pnpm", "component": "web", "evidence": (_at("web/package.json"),)}),
    "build_tools": ({"name": "Vite", "component": "web", "evidence": (_at("web/package.json", 6),)},),
    "test_tools": ({"name": "pytest", "component": "api", "evidence": (_at("api/tests/test_trees.py"),)},
                   {"name": "Vitest", "component": "web", "evidence": (_at("web/package.json", 5),)}),
    "linters": ({"name": "Ruff", "component": "api", "evidence": (_at("api/pyproject.toml"),)},),
    "ci_systems": ({"name": "GitHub Actions", "evidence": (_at(".github/workflows/test.yml"),)},),
    "tools": ({"name": "Docker Compose", "evidence": (_at("docker-compose.yml"),)},),
    "runtimes": (
        {"name": "node", "requirement": "18", "version": "18", "component": "web", "end_of_life": "2025-04-30",
         "evidence": (_at("web/package.json"),)},
        {"name": "python", "requirement": ">=3.10", "version": "3.10", "component": "api", "end_of_life": "2026-10-31",
         "evidence": (_at("api/pyproject.toml", 4),)},
    ),
    "commands": (
        {"purpose": "install", "command": "uv sync", "component": "api", "evidence": (_at("api/pyproject.toml"),),
         "directory": "api"},
        {"purpose": "test", "command": "uv run pytest", "component": "api", "directory": "api",
         "evidence": (_at("api/tests/test_trees.py"),)},
        {"purpose": "run", "command": "docker compose up", "component": None,
         "evidence": (_at("docker-compose.yml"),)},
        {"purpose": "test", "command": "pnpm run test", "component": "web", "directory": "web",
         "evidence": (_at("web/package.json", 5),)},
    ),
    "dependencies": (
        _dependency("celery", "pypi", "api", "api/pyproject.toml", 8, requirement=">=5.4"),
        _dependency("fastapi", "pypi", "api", "api/pyproject.toml", 6, requirement=">=0.115", resolved="0.115.4",
                    lock="api/uv.lock", lock_line=12),
        _dependency("starlette", "pypi", "api", "api/pyproject.toml", None, resolved="0.41.2", lock="api/uv.lock",
                    lock_line=80),
        _dependency("axios", "npm", "web", "web/package.json", 10, requirement="^1.7.0"),
        _dependency("vue", "npm", "web", "web/package.json", 9, requirement="^3.5.0", resolved="3.5.12",
                    lock="web/pnpm-lock.yaml", lock_line=5),
    ),
    "lock_files": ({"path": "api/uv.lock", "ecosystem": "pypi", "component": "api"},),
    "workflows": ({"system": "GitHub Actions", "path": ".github/workflows/test.yml", "name": "test", "triggers": ("push",),
                   "jobs": ({"name": "test", "runs_on": "ubuntu-latest", "line": 4,
                             "steps": ({"uses": "actions/checkout@v4", "line": 7}, {"run": "pytest", "line": 8})},)},),
    "endpoints": (
        {"method": "GET", "path": "/trees", "framework": "FastAPI", "handler": "list_trees", "source": "code",
         "evidence": _at("api/orchard/trees.py", 6), "component": "api"},
        {"method": "POST", "path": "/trees/{tree_id}/harvests", "framework": "FastAPI", "handler": "add_harvest",
         "source": "code", "evidence": _at("api/orchard/trees.py", 7), "component": "api"},
    ),
    "entry_points": ({"kind": "console_script", "name": "orchard", "target": "orchard.cli:main", "component": "api",
                      "evidence": (_at("api/pyproject.toml", 11),)},),
    "env_vars": ({"name": "DATABASE_URL", "evidence": (_at("api/orchard/db.py", 3),), "required": True},
                 {"name": "LOG_LEVEL", "evidence": (_at("api/orchard/app.py", 4),), "default": "info",
                  "required": False}),
    "secrets": ({"kind": "private key", "path": "api/tests/key.pem", "line": 1},),
    "tests": ({"component": "api", "tool": "pytest", "files": 1, "evidence": (_at("api/tests/test_trees.py"),)},),
    "public_api": ({"component": "api", "modules": 5, "functions": 12, "classes": 3,
                    "evidence": (_at("api/orchard/app.py"),)},),
    "files": tuple(
        {"path": path, "language": "Python" if path.endswith(".py") else "TypeScript", "bytes": len(text),
         "lines": max(text.count("\n"), 1), "complexity": 1 + text.count("def ") + text.count("import "),
         "functions": text.count("def ")}
        for path, text in sorted(FILES.items()) if path.endswith((".py", ".ts"))
    ),
    "packages": {"nodes": ({"id": "api/orchard", "name": "orchard", "path": "api/orchard", "component": "api",
                            "language": "Python", "files": 6, "lines": 30},), "edges": ()},
    "architecture": {
        "nodes": (
            {"id": "web", "name": "web", "kind": "web", "technology": "Vue", "path": "web",
             "evidence": (_at("docker-compose.yml", 4),), "component": "web"},
            {"id": "api", "name": "api", "kind": "service", "technology": "FastAPI", "path": "api",
             "evidence": (_at("docker-compose.yml", 2),), "component": "api"},
            {"id": "db", "name": "db", "kind": "database", "technology": "PostgreSQL", "path": None,
             "evidence": (_at("docker-compose.yml", 6),)},
            {"id": "cache", "name": "cache", "kind": "cache", "technology": "Redis", "path": None,
             "evidence": (_at("docker-compose.yml", 8),)},
        ),
        "edges": (
            {"source": "web", "target": "api", "kind": "http", "label": "REST over HTTP",
             "evidence": (_at("web/src/client.ts", 3),)},
            {"source": "api", "target": "db", "kind": "sql", "label": "SQL",
             "evidence": (_at("api/orchard/db.py", 3), _at("docker-compose.yml", 6))},
        ),
    },
    "history": {"commits": None, "contributors": None, "reason": "the clone is shallow: one commit is here"},
    "alerts": (
        {"level": "error", "title": "A private key is in the tree", "detail": "Everyone who can read it can use it.",
         "fix": "Revoke it, then remove it from the history.", "evidence": (_at("api/tests/key.pem"),)},
        {"level": "warning", "title": "No lock file for web", "detail": "Two installs can differ.",
         "fix": "Run `pnpm install` and commit the lock file.", "evidence": (_at("web/package.json"),)},
        {"level": "info", "title": "No code owners", "detail": "Reviews are not assigned.",
         "fix": "Add .github/CODEOWNERS."},
    ),
    "limits": ({"reason": "too_large", "detail": "larger than 1000000 bytes, not read", "count": 2,
                "path": "web/public/map.json"},),
}  # fmt: skip
