"""pnpm-lock.yaml, versions 5 to 9, by a scan of lines: pnpm writes it, and it runs to megabytes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_TABLES: dict[str, Scope] = {
    "dependencies": "runtime", "devDependencies": "development", "optionalDependencies": "optional",
}  # fmt: skip
_KEY = re.compile(r"""( *)(?:'([^']*)'|"([^"]*)"|([^\s'":][^:]*(?::[^\s:][^:]*)*)):(?: (.*))?$""")
_PACKAGE = re.compile(r"/?(@?[^@/(]+(?:/[^@/(]+)?)[@/]([^(_]+)")
_SLASHED = re.compile(r"/(@[^/]+/[^/]+|[^/]+)/([^/_(]+)")


def read(source: Source) -> Iterator[Declared | Locked]:
    section = ""
    held: list[tuple[str, int]] = []
    importers: list[tuple[int, str]] = []
    development: set[int] = set()
    for number, line in source.lines():
        if not line or line[0] == "#":
            continue
        if line[0] != " ":
            section = line.partition(":")[0].strip("'\"")
        if section in ("importers", "specifiers", *_TABLES):
            importers.append((number, line))
        elif section == "packages":
            if line.startswith("  ") and line[2] != " ":
                held.append((line, number))
            elif line.startswith("    dev: true"):
                development.add(len(held) - 1)
    yield from _importers(importers)
    for index, (line, number) in enumerate(held):
        found = _KEY.match(line)
        if found:
            yield from _package(
                found[2] or found[3] or found[4], number, "development" if index in development else "runtime"
            )


def _package(key: str, line: int, scope: Scope) -> Iterator[Locked]:
    """`/a/1.0.0`, `/a@1.0.0(peer@2)`, `a@1.0.0`: five, six and nine."""
    found = _package_of(key)
    if found and not found[2].startswith(("file:", "link:")):
        yield Locked(found[1], found[2], line, scope, asked=())


def _package_of(key: str) -> re.Match[str] | None:
    """Name and version: with slashes in version 5, where an `@` can only follow a peer's underscore."""
    head = key.partition("(")[0].partition("_")[0]
    return _SLASHED.match(head) if "@" not in head.lstrip("/")[1:] else _PACKAGE.match(head)


def _importers(lines: list[tuple[int, str]]) -> Iterator[Locked]:
    """What each workspace asked for and got: these know the owner and the requirement."""
    path: list[str] = []
    specifier: str | None = None
    specifiers: dict[tuple[str, str], str] = {}
    depth0 = 0
    for number, line in lines:
        found = _KEY.match(line)
        if not found:
            continue
        depth = len(found[1]) // 2
        key = found[2] or found[3] or found[4]
        value = (found[5] or "").strip().strip("'\"")
        if depth == 0:
            depth0 = 1 if key == "importers" else 0
        path = [*path[:depth], key]
        owner = path[1] if depth0 and len(path) > 1 else "."
        below = path[2:] if depth0 else path
        if len(below) == 3 and below[2] == "specifier":
            specifier = value
        elif len(below) == 2 and below[0] == "specifiers":
            specifiers[owner, below[1]] = value
        elif value and below and below[0] in _TABLES and (len(below) == 2 or below[2:] == ["version"]):
            asked = specifier if len(below) == 3 else specifiers.get((owner, below[1]))
            yield from _asked(below[1], value, number, _TABLES[below[0]], owner=owner, asked=asked)
            specifier = None


def _asked(
    name: str, value: str, line: int, scope: Scope, *, owner: str, asked: str | None
) -> Iterator[Locked]:
    if value.startswith(("link:", "file:", "workspace:")):
        yield Locked(name, None, line, scope, owner=owner, local=True)
        return
    actual = None if re.match(r"\d", value) else _package_of(value)
    if actual:
        name, value = actual[1], actual[2]
    version = re.split(r"[(_]", value)[0]
    yield Locked(name, version, line, scope, owner=owner, asked=(asked,) if asked else ())
