"""PHP's composer.json and composer.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_TABLES: tuple[tuple[str, Scope], ...] = (("require", "runtime"), ("require-dev", "development"))
_LOCKED: tuple[tuple[str, Scope], ...] = (("packages", "runtime"), ("packages-dev", "development"))
_PLATFORM = re.compile(
    r"(?:php(?:-64bit|-ipv6|-zts|-debug)?|hhvm|(?:ext|lib)-[\w.-]+|composer(?:-plugin-api|-runtime-api)?)$"
)


def read(source: Source) -> Iterator[Declared | Locked]:
    """Packages; `php` and extensions are the platform, which the runtimes tell."""
    for table, scope in _TABLES:
        for name, value in source.document.items(table):
            if not _PLATFORM.match(name):
                written = value.value if isinstance(value.value, str) else None
                yield Declared(name, written if written != "*" else None, scope, name.line)


def identify(source: Source) -> Identity | None:
    document = source.document
    name, described = document.at("name"), document.at("description")
    offers = document.text("type") == "library" or (
        document.at("type") is None and document.at("autoload") is not None
    )
    return Identity(
        document.text("name"), name.line if name else 1, document.text("version"), document.text("description"),
        described.line if described else None, traits=frozenset({"built"} if offers else {"started"} if document.text("type") == "project" else ()),
    )  # fmt: skip


def read_lock(source: Source) -> Iterator[Declared | Locked]:
    for table, scope in _LOCKED:
        for package in source.document.elements(table):
            name = package.at("name")
            if name and isinstance(name.value, str):
                yield Locked(name.value, package.text("version"), name.line, scope)
