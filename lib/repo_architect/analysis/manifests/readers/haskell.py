"""Haskell: *.cabal, package.yaml, cabal freeze files and stack.yaml.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_STANZA = re.compile(
    r"(library|executable|test-suite|benchmark|common|foreign-library|custom-setup|flag|source-repository)\b",
    re.IGNORECASE,
)
_SCOPES: dict[str, Scope] = {"test-suite": "test", "benchmark": "development", "custom-setup": "build"}
_PACKAGE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9-]*)(?::\{?[^}\s]*\}?)?\s*(.*)$", re.DOTALL)


def read_cabal(source: Source) -> Iterator[Declared | Locked]:
    own = _field(source, "name")[0]
    stanza = ""
    for indent, key, value, line in _fields(source):
        if not key:
            stanza = value
        elif key in ("build-depends", "setup-depends", "build-tool-depends", "build-tools"):
            scope: Scope = "build" if key != "build-depends" else _SCOPES.get(stanza, "runtime")
            for text, number in _split(value, line):
                found = _PACKAGE.match(text)
                if found and found[1] != own:
                    yield Declared(found[1], _bounds(found[2]), scope, number)
        del indent


def _fields(source: Source) -> Iterator[tuple[int, str, str, int]]:
    """Fields with their lines; a stanza's opening as an empty key with its kind."""
    held: tuple[int, str, list[str], int] | None = None
    for number, raw in source.lines():
        line = re.sub(r"^[ \t]*--.*$", "", raw).rstrip()
        indent = len(line) - len(line.lstrip())
        field = re.match(r"\s*([A-Za-z][\w-]*)\s*:(?!:)\s*(.*)", line)
        stanza = _STANZA.match(line)
        if held and line.strip() and (indent <= held[0] or (field and indent <= held[0])):
            yield held[0], held[1], "\n".join(held[2]), held[3]
            held = None
        if stanza and not field:
            yield indent, "", stanza[1].lower(), number
        elif field and held is None:
            held = (indent, field[1].lower(), [field[2]], number)
        elif held:
            held[2].append(line)
    if held:
        yield held[0], held[1], "\n".join(held[2]), held[3]


def _split(value: str, line: int) -> Iterator[tuple[str, int]]:
    """A comma-separated list over lines, with the line of each part."""
    for part in re.finditer(r"(?:[^,{]|\{[^}]{0,500}\})+", value):
        text = part[0].strip()
        if text:
            lead = len(part[0]) - len(part[0].lstrip())
            yield text, line + value.count("\n", 0, part.start() + lead)


def _bounds(text: str) -> str | None:
    return " ".join(text.split()) or None


def _field(source: Source, name: str) -> tuple[str | None, int]:
    for number, line in source.lines():
        found = re.match(rf"{name}\s*:\s*(\S.*)", line, re.IGNORECASE)
        if found:
            return found[1].strip(), number
    return None, 1


def identify_cabal(source: Source) -> Identity | None:
    name, line = _field(source, "name")
    described, described_line = _field(source, "synopsis")
    traits = {"built"} if re.search(r"^library\b", source.text, re.MULTILINE | re.IGNORECASE) else {"command"}
    return Identity(
        name,
        line,
        _field(source, "version")[0],
        described,
        described_line if described else None,
        traits=frozenset(traits),
    )


def read_hpack(source: Source) -> Iterator[Declared | Locked]:
    document = source.document
    yield from _hpack_list(document.at("dependencies"), "runtime")
    tables: tuple[tuple[str, Scope], ...] = (
        ("executables", "runtime"),
        ("tests", "test"),
        ("benchmarks", "development"),
    )
    yield from _hpack_list(document.at("library", "dependencies"), "runtime")
    for table, scope in tables:
        for _, part in document.items(table):
            yield from _hpack_list(part.at("dependencies"), scope)


def _hpack_list(found: Located | None, scope: Scope) -> Iterator[Declared]:
    for element in found.elements() if found else ():
        package = _PACKAGE.match(element.value.strip()) if isinstance(element.value, str) else None
        if package:
            yield Declared(package[1], _bounds(package[2]), scope, element.line)


_FROZEN = re.compile(r"(?:any\.)?([A-Za-z0-9][A-Za-z0-9-]*)\s*==\s*([\w.]+)")


def read_freeze(source: Source) -> Iterator[Declared | Locked]:
    for number, line in source.lines():
        for found in _FROZEN.finditer(re.sub(r"^[ \t]*--.*$", "", line)):
            yield Locked(found[1], found[2], number)


def read_stack_lock(source: Source) -> Iterator[Declared | Locked]:
    for package in source.document.elements("packages"):
        hackage = package.at("original", "hackage") or package.at("completed", "hackage")
        found = (
            re.match(r"(.+)-([\d.]+)(?:@|$)", hackage.value)
            if hackage and isinstance(hackage.value, str)
            else None
        )
        if found and hackage:
            yield Locked(found[1], found[2], hackage.line)
