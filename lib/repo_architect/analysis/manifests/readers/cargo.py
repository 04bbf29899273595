"""Cargo.toml and Cargo.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import Key, Located
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_TABLES: tuple[tuple[str, Scope], ...] = (
    ("dependencies", "runtime"),
    ("dev-dependencies", "development"),
    ("dev_dependencies", "development"),
    ("build-dependencies", "build"),
    ("build_dependencies", "build"),
)


def read(source: Source) -> Iterator[Declared | Locked]:
    document = source.document
    roots = [document, *(target for _, target in document.items("target"))]
    if not document.at("package"):
        roots += [table for table in [document.at("workspace")] if table]
    for root in roots:
        for table, scope in _TABLES:
            for name, value in root.items(table):
                yield _entry(name, value, scope)


def _entry(name: Key, value: Located, scope: Scope) -> Declared:
    actual = value.text("package") or name
    if isinstance(value.value, str):
        return Declared(actual, _range(value.value), scope, name.line)
    optional, path = value.at("optional"), value.text("path")
    if optional and optional.value is True and scope == "runtime":
        scope = "optional"
    inherited = value.at("workspace")
    version = value.text("version") or value.text("git") or ("workspace" if inherited else None)
    return Declared(actual, _range(version), scope, name.line, local=path is not None)


def _range(written: str | None) -> str | None:
    return None if written == "*" else written


def identify(source: Source) -> Identity | None:
    document = source.document
    package = document.at("package") or document.at("project")
    members = tuple(e.value for e in document.elements("workspace", "members") if isinstance(e.value, str))
    if package is None and not document.at("workspace"):
        return None
    name, described = (package.at("name"), package.at("description")) if package else (None, None)
    traits = {"built"} if document.at("lib") else set()
    return Identity(
        name=package.text("name") if package else None,
        line=name.line if name else document.line,
        version=package.text("version") if package else None,
        description=package.text("description") if package else None,
        description_line=described.line if described else None,
        members=members,
        excluded=tuple(
            e.value for e in document.elements("workspace", "exclude") if isinstance(e.value, str)
        ),
        traits=frozenset(traits | ({"command"} if document.at("bin") else set())),
    )


_FIELD = re.compile(r'(name|version|source) = "([^"]*)"')


def read_lock(source: Source) -> Iterator[Declared | Locked]:
    """Packages by a scan of lines; those without a source are the repository's own."""
    fields: dict[str, str] = {}
    start = 0
    for number, line in (*source.lines(), (0, "[")):
        if line.startswith("["):
            if fields.get("name") and start:
                yield Locked(fields["name"], fields.get("version"), start, local="source" not in fields)
            fields, start = {}, 0
        found = _FIELD.match(line)
        if found:
            fields[found[1]] = found[2]
            start = number if found[1] == "name" else start
