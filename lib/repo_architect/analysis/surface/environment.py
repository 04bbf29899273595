"""Environment variables: read in code, asked for by compose files, listed in examples."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.surface.detector import Surface
from repo_architect.analysis.surface.plain_reads import plain_reads
from repo_architect.analysis.surface.reads import Read
from repo_architect.analysis.surface.settings import environment_reads
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import EnvVar

MAX_EVIDENCE = 20
EXAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist", ".env.defaults", "env.example", "example.env",
            "sample.env", ".env.local.example", ".env.development.example", ".env.production.example", ".envrc.example")  # fmt: skip
_LISTED = re.compile(r"^[ \t]*#?\s*(?:export\s+)?([A-Z][A-Z0-9_]{2,})=(.*)$")
_COMPOSE = re.compile(r"(?:^|/)(?:docker-)?compose[\w.-]*\.ya?ml$")
_INTERPOLATED = re.compile(r"(?<!\$)\$\{([A-Za-z_]\w*)(?:(:?[-?])([^{}]*))?\}")
_SECRET_NAME = re.compile(
    r"SECRET|TOKEN|PASS(?:WORD|WD|PHRASE)?(?:_|$)|PWD$|(?:^|_)KEY|APIKEY|CREDENTIAL|PRIVATE|(?:^|_)DSN|SALT(?:_|$)",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(
    r"://[^/@\s]*:[^/@\s]+@|-----BEGIN|\b(?i:password|pwd|account_?key|shared_?access_?key|secret)\s*=\s*[^;\s]|^(?=.*[0-9])(?=.*[a-zA-Z])[A-Za-z0-9+/=_-]{20,}$"
)


def env_vars(tree: FileTree, manifests: object, surface: Surface) -> tuple[EnvVar, ...]:  # noqa: ARG001
    """Every variable that something reads or an example lists, sorted by name, with where.

    `default` is the literal given where it is read, unless it looks like a secret; `required` is whether the
    program fails without it, by how some reading treats its absence; None for a variable that only an example lists.
    """
    code: dict[str, list[tuple[str, Read]]] = defaultdict(list)
    listed: dict[str, list[tuple[str, Read]]] = defaultdict(list)
    made = set(surface.made)
    for path, read in _read(tree, surface):
        if read.name not in made:
            code[read.name].append((path, read))
    for path, read in _examples(tree):
        listed[read.name].append((path, read))
    return tuple(_variable(name, code[name], listed[name]) for name in sorted({*code, *listed}))


def _read(tree: FileTree, surface: Surface) -> Iterator[tuple[str, Read]]:
    told: set[tuple[str, str, int]] = set()
    for path, found in surface.reads.items():
        told |= {(path, read.name, read.line) for read in found}
        yield from ((path, read) for read in found)
    far = surface.helpers.reads()
    yield from ((path, read) for path, read in far if (path, read.name, read.line) not in told)
    yield from environment_reads(surface.settings)
    yield from plain_reads(tree)
    yield from _compose(tree)


def _compose(tree: FileTree) -> Iterator[tuple[str, Read]]:
    """`${NAME}` and `${NAME:-default}` of compose files."""
    for file in tree:
        if _COMPOSE.search(file.path) and not is_test(file.path):
            for number, line in enumerate((tree.text(file.path) or "").splitlines(), 1):
                if line.lstrip().startswith("#"):
                    continue
                for name, sign, default in _INTERPOLATED.findall(line):
                    yield file.path, Read(name, number, default if "-" in sign else None, "?" in sign)


def _examples(tree: FileTree) -> Iterator[tuple[str, Read]]:
    for file in tree.named(*EXAMPLES):
        if is_test(file.path):
            continue
        for number, line in enumerate((tree.text(file.path) or "").splitlines(), 1):
            found = _LISTED.match(line)
            if found is not None:
                value = found.group(2).partition(" #")[0].strip().strip("\"'")
                yield file.path, Read(found.group(1), number, value or None, required=False)


def _variable(name: str, code: list[tuple[str, Read]], listed: list[tuple[str, Read]]) -> EnvVar:
    places = sorted(
        {(path, read.line) for path, read in code} or {(path, read.line) for path, read in listed}
    )
    places += sorted({(path, read.line) for path, read in listed} - set(places))
    return EnvVar(
        name=name,
        evidence=tuple(Evidence(path=path, line=line) for path, line in places[:MAX_EVIDENCE]),
        default=_default(
            name, (read for _, read in (sorted(code, key=_place) or sorted(listed, key=_place)))
        ),
        required=any(read.required for _, read in code) if code else None,
    )


def _place(found: tuple[str, Read]) -> tuple[str, int]:
    return found[0], found[1].line


def _default(name: str, reads: Iterable[Read]) -> str | None:
    """The first default, None for one that looks like a secret."""
    default = next((read.default for read in reads if read.default), None)
    if default is None or _SECRET_NAME.search(name) or _SECRET_VALUE.search(default):
        return None
    return default[:200]
