"""Dart's pubspec.yaml and pubspec.lock."""

from __future__ import annotations

from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_TABLES: tuple[tuple[str, Scope], ...] = (("dependencies", "runtime"), ("dev_dependencies", "development"))


def read(source: Source) -> Iterator[Declared | Locked]:
    for table, scope in _TABLES:
        for name, value in source.document.items(table):
            if value.text("sdk") and not value.text("version"):
                yield Declared(name, value.text("sdk"), scope, name.line)
                continue
            yield Declared(name, _requirement(value), scope, name.line, local=value.at("path") is not None)


def _requirement(value: Located) -> str | None:
    written = value.written() if not isinstance(value.value, (dict, list)) else None
    found = (
        written
        or value.text("version")
        or value.text("git")
        or value.text("git", "url")
        or value.text("path")
    )
    return None if found in (None, "any", "*") else found


def identify(source: Source) -> Identity | None:
    document = source.document
    name, described = document.at("name"), document.at("description")
    if name is None:
        return None
    members = tuple(e.value for e in document.elements("workspace") if isinstance(e.value, str))
    plugin = document.at("flutter", "plugin") is not None
    started = not plugin and (document.at("flutter") or document.text("publish_to") == "none")
    traits = {"started"} if started else {"built"}
    return Identity(
        document.text("name"), name.line, document.written("version"), document.text("description"),
        described.line if described else None, members=members, traits=frozenset(traits),
    )  # fmt: skip


def read_lock(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items("packages"):
        yield Locked(name, value.written("version"), name.line, "development" if value.text("dependency") == "direct dev" else "runtime",
                     local=value.text("source") == "path")  # fmt: skip
