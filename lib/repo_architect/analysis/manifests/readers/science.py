"""R's DESCRIPTION and renv.lock; Julia's Project.toml, Manifest.toml and REQUIRE."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_R_FIELDS: dict[str, Scope] = {
    "Depends": "runtime",
    "Imports": "runtime",
    "LinkingTo": "build",
    "Suggests": "optional",
    "Enhances": "optional",
}
_R_PACKAGE = re.compile(r"\s*([A-Za-z][\w.]*)\s*(?:\(([^)]*)\))?")


def read_description(source: Source) -> Iterator[Declared | Locked]:
    for key, value, line in _fields(source):
        scope = _R_FIELDS.get(key)
        if scope is None:
            continue
        for part in re.finditer(r"[^,]+", value):
            found = _R_PACKAGE.match(part[0])
            if found:
                lead = len(part[0]) - len(part[0].lstrip())
                yield Declared(
                    found[1], found[2] or None, scope, line + value.count("\n", 0, part.start() + lead)
                )


def _fields(source: Source) -> Iterator[tuple[str, str, int]]:
    """Fields in the form of Debian control files: a value goes on over indented lines."""
    text = source.text.replace("\r", "")
    for found in re.finditer(r"^([A-Za-z][\w@/-]*):((?:.*\n?)(?:[ \t]+.*\n?)*)", text, re.MULTILINE):
        yield found[1], found[2], text.count("\n", 0, found.start()) + 1


def identify_description(source: Source) -> Identity | None:
    fields = {key: (value.strip(), line) for key, value, line in _fields(source)}
    if "Package" not in fields or "Version" not in fields:
        return None
    name, line = fields["Package"]
    title, title_line = fields.get("Title", (None, None))
    return Identity(
        name,
        line,
        fields["Version"][0],
        " ".join(title.split()) if title else None,
        title_line,
        traits=frozenset({"built"}),
    )


def read_renv(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items("Packages"):
        yield Locked(name, value.text("Version"), name.line, local=value.text("Source") == "Local")


# -- Julia ------------------------------------------------------------------------------------------------------


def read_julia(source: Source) -> Iterator[Declared | Locked]:
    document = source.document
    tables: tuple[tuple[str, Scope], ...] = (
        ("deps", "runtime"),
        ("extras", "test"),
        ("weakdeps", "optional"),
    )
    seen: set[str] = set()
    for table, scope in tables:
        for name, _ in document.items(table):
            if name not in seen:
                seen.add(name)
                yield Declared(name, document.text("compat", name), scope, name.line)


def identify_julia(source: Source) -> Identity | None:
    name = source.document.at("name")
    if name is None or not (source.document.at("uuid") or source.document.at("deps")):
        return None
    return Identity(
        source.document.text("name"), name.line, source.document.text("version"), traits=frozenset({"built"})
    )


def read_julia_lock(source: Source) -> Iterator[Declared | Locked]:
    """Format 2 has packages below `deps`, format 1 at the top; a package is an array of tables."""
    document = source.document
    for name, entries in document.items("deps") if document.at("deps") else document.items():
        for entry in entries.elements():
            if entry.text("uuid"):
                yield Locked(name, entry.text("version"), name.line, local=entry.at("path") is not None)


def read_require(source: Source) -> Iterator[Declared | Locked]:
    """A package a line, platforms before it as `@osx`, versions after it; `julia` is the runtime and a dependency here."""
    for number, raw in source.lines():
        words = [word for word in raw.partition("#")[0].split() if not word.startswith("@")]
        if words and re.fullmatch(r"[A-Za-z]\w*", words[0]):
            yield Declared(words[0], " ".join(words[1:]) or None, "runtime", number)
