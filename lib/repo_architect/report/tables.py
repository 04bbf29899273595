"""The long tables: which rows are shown, in which order, and how many are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import Command, Dependency, Endpoint
from repo_architect.report import titles

DEPENDENCIES = 800
ENDPOINTS = 800
OTHER_ROWS = 300
UNLOCKED = frozenset({"actions", "github_actions", "docker", "pre-commit", "terraform", "helm"})
"""Ecosystems that have no lock file: nothing is missing where there is none."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows to show, and how many there are in all."""

    rows: Sequence[Row]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Ecosystem:
    """Counts of one ecosystem: declared in manifests, of those with a locked version, and known from locks alone."""

    name: str
    declared: int
    locked: int
    indirect: int


def first(rows: Sequence[Row], limit: int = OTHER_ROWS) -> Table[Row]:
    return Table(rows[:limit], len(rows))


PURPOSES = ("install", "build", "run", "test", "lint", "typecheck", "format", "docs")


def command_order(command: Command) -> tuple[bool, str, int]:
    """Those of the root first, then by folder; in each by what a newcomer needs first."""
    return command.directory != ".", command.directory, PURPOSES.index(command.purpose)


def dependencies(shape: RepoShape) -> Table[Dependency]:
    """Direct ones first, those of the product before those of its development."""
    order = {row.name: (row.name in UNLOCKED, place) for place, row in enumerate(ecosystems(shape))}
    scopes = {"runtime": 0, "peer": 1, "optional": 2, "build": 3, "test": 4, "development": 5}
    ordered = sorted(
        shape.dependencies,
        key=lambda item: (
            not item.direct,
            item.internal,
            order[item.ecosystem],
            scopes[item.scope],
            item.name.lower(),
            item.component or "",
        ),
    )
    return first(ordered, DEPENDENCIES)


def ecosystems(shape: RepoShape) -> list[Ecosystem]:
    """The busiest first."""
    declared = Counter(item.ecosystem for item in shape.dependencies if item.direct)
    locked = Counter(item.ecosystem for item in shape.dependencies if item.direct and item.resolved)
    indirect = Counter(item.ecosystem for item in shape.dependencies if not item.direct)
    names = sorted({*declared, *indirect}, key=lambda name: (-declared[name] - indirect[name], name))
    return [Ecosystem(name, declared[name], locked[name], indirect[name]) for name in names]


def endpoint_groups(shape: RepoShape) -> tuple[list[tuple[str, list[Endpoint]]], int]:
    """Endpoints by component and first segment of the path, and how many are not shown."""
    ordered = sorted(
        shape.endpoints,
        key=lambda item: (_group(item), item.path, item.method, item.evidence.path, item.evidence.line),
    )
    shown = ordered[:ENDPOINTS]
    names = titles.components(shape) if len(shape.components) > 1 else {}
    groups = [(_title(key, names), list(rows)) for key, rows in groupby(shown, _group)]
    return groups, len(ordered) - len(shown)


def _group(endpoint: Endpoint) -> tuple[str, str]:
    segments = [part for part in endpoint.path.split("/") if part]
    lead = "/" if endpoint.path.startswith("/") else ""
    return endpoint.component or "", lead + "/".join(segments[: 2 if segments[:1] == ["api"] else 1])


def _title(key: tuple[str, str], names: dict[str, str]) -> str:
    return " · ".join(part for part in (names.get(key[0], ""), key[1]) if part)
