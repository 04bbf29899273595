"""go.mod, go.sum and go.work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source

_REQUIRE = re.compile(r"(?:require\s+)?(\S+)\s+(v\S+)")
_REPLACE = re.compile(r"(?:replace\s+)?(\S+)(?:\s+(v\S+))?\s*=>\s*(\S+)(?:\s+(v\S+))?")

Directive = tuple[int, str, str, str]


def read(source: Source) -> Iterator[Declared | Locked]:
    """Required modules; one that is replaced is given as what replaces it, for that is built."""
    directives = list(_directives(source))
    replaced = _replaced(directives)
    for number, block, text, comment in directives:
        found = _REQUIRE.fullmatch(text)
        if block != "require" or not found:
            continue
        name, version = found[1].strip('"'), found[2]
        other, other_version = replaced.get((name, version)) or replaced.get((name, None)) or (name, version)
        direct = "indirect" not in comment
        if other.startswith("."):
            yield Declared(name, version, "runtime", number, local=True, direct=direct)
        else:
            yield Declared(other, other_version or version, "runtime", number, direct=direct)


def _replaced(directives: list[Directive]) -> dict[tuple[str, str | None], tuple[str, str | None]]:
    """From a module, and a version if the replacement is of one alone, to what replaces it."""
    found: dict[tuple[str, str | None], tuple[str, str | None]] = {}
    for _, block, text, _ in directives:
        parts = _REPLACE.match(text) if block == "replace" else None
        if parts:
            found.setdefault((parts[1], parts[2]), (parts[3], parts[4]))
    return found


def identify(source: Source) -> Identity | None:
    for number, block, text, _ in _directives(source):
        if block == "module":
            return Identity(text.split()[-1].strip('"'), number)
    return None


def _directives(source: Source) -> Iterator[Directive]:
    """Line number, directive (of the block around it, too), its text and its comment."""
    block = ""
    for number, raw in source.lines():
        text, _, comment = raw.partition("//")
        text = text.strip()
        opened = re.match(r"(\w+)\s*\($", text)
        if opened:
            block = opened[1]
        elif text == ")":
            block = ""
        elif text:
            yield number, block or text.split()[0], text, comment


def read_sum(source: Source) -> Iterator[Declared | Locked]:
    """Modules whose content is hashed; those with only a `/go.mod` hash are not built."""
    for number, line in source.lines():
        parts = line.split()
        if len(parts) == 3 and not parts[1].endswith("/go.mod"):
            yield Locked(parts[0], parts[1], number)


def identify_work(source: Source) -> Identity | None:
    members = tuple(
        text.removeprefix("use").strip().strip('"')
        for _, block, text, _ in _directives(source)
        if block == "use"
    )
    return Identity(None, members=members) if members else None
