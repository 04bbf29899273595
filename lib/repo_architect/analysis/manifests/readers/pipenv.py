"""Pipfile and Pipfile.lock."""

from __future__ import annotations

from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests import scopes
from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_CATEGORIES: dict[str, Scope] = {
    "packages": "runtime",
    "default": "runtime",
    "dev-packages": "development",
    "develop": "development",
}
_SETTINGS = frozenset({"source", "requires", "scripts", "pipenv", "pipfile", "_meta"})


def read(source: Source) -> Iterator[Declared | Locked]:
    for category, table in source.document.items():
        if category in _SETTINGS:
            continue
        scope = _CATEGORIES.get(category) or scopes.of_name(category, "development")
        for name, value in table.items():
            requirement, local = _requirement(value)
            yield Declared(name, requirement, scope, name.line, local=local)


def read_lock(source: Source) -> Iterator[Declared | Locked]:
    for category, table in source.document.items():
        if category in _SETTINGS:
            continue
        scope = _CATEGORIES.get(category) or scopes.of_name(category, "development")
        for name, value in table.items():
            version = value.text("version")
            where = value.text("git")
            reference = value.text("ref")
            git = f"{where}#{reference}" if where and reference else where
            yield Locked(
                name,
                version.lstrip("=") if version else git,
                name.line,
                scope,
                local=value.at("path") is not None,
            )


def _requirement(value: Located) -> tuple[str | None, bool]:
    """What is asked for, and whether it is a folder of this repository."""
    if isinstance(value.value, str):
        return (None if value.value == "*" else value.value), False
    place, git, reference = (
        value.text("path") or value.text("file") or "",
        value.text("git"),
        value.text("ref"),
    )
    local = bool(place) and "://" not in place
    where = (
        value.text("version")
        or (f"{git}#{reference}" if git and reference else git)
        or (None if local else place)
    )
    return (None if where in ("*", "") else where), local
