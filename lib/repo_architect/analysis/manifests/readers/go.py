"""go.mod, go.sum and go.work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source

_REQUIRE = re.compile(r"(?:require\s+)?(\S+)\s+(v\S+)")
_REPLACE = re.compile(r"(?:replace\s+)?(\S+)(?:\s+v\S+)?\s*=>\s*(\S+)")


def read(source: Source) -> Iterator[Declared | Locked]:
    local = {
        found[1]
        for _, block, text, _ in _directives(source)
        if block == "replace" and (found := _REPLACE.match(text)) and found[2].startswith(".")
    }
    for number, block, text, comment in _directives(source):
        found = _REQUIRE.fullmatch(text)
        if block == "require" and found:
            name = found[1].strip('"')
            yield Declared(
                name, found[2], "runtime", number, local=name in local, direct="indirect" not in comment
            )


def identify(source: Source) -> Identity | None:
    for number, block, text, _ in _directives(source):
        if block == "module":
            return Identity(text.split()[-1].strip('"'), number)
    return None


def _directives(source: Source) -> Iterator[tuple[int, str, str, str]]:
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
