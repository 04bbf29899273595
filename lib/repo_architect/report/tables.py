"""The long tables: which rows are shown, in which order, and how many are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import Dependency, Endpoint

DEPENDENCIES = 800
ENDPOINTS = 800
OTHER_ROWS = 300

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


def dependencies(shape: RepoShape) -> Table[Dependency]:
    """Direct ones first, those of the product before those of its development."""
    scopes = {"runtime": 0, "peer": 1, "optional": 2, "build": 3, "test": 4, "development": 5}
    ordered = sorted(
        shape.dependencies,
        key=lambda item: (
            not item.direct,
            item.internal,
            scopes[item.scope],
            item.ecosystem,
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
    return [
        (" · ".join(part for part in key if part), list(rows)) for key, rows in groupby(shown, _group)
    ], len(ordered) - len(shown)


def _group(endpoint: Endpoint) -> tuple[str, str]:
    segments = [part for part in endpoint.path.split("/") if part]
    keep = 2 if segments[:1] == ["api"] else 1
    return endpoint.component or "", "/" + "/".join(
        segments[:keep]
        if len(segments) > keep
        else segments[: max(len(segments) - 1, min(keep, len(segments)))]
    )
