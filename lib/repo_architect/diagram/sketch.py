"""A diagram before names are cut and arrows are chosen: boxes and arrows by key."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from repo_architect.contracts import Evidence

COMPONENT = "component"
SUPPORTING = "supporting"


@dataclass(frozen=True)
class Box:
    """A box to be. `key` is stable from commit to commit: a path, or the id of an architecture node."""

    key: str
    name: str
    kind: str = COMPONENT
    path: str | None = None
    detail: str = ""
    files: int = 0
    lines: int = 0
    members: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """An arrow to be, between keys of boxes."""

    source: str
    target: str
    count: int = 1
    kind: str = "import"
    label: str = ""
    evidence: tuple[Evidence, ...] = ()
    cycle: bool = False


@dataclass
class Sketch:
    """Boxes and arrows by key; `unlisted` counts what a box depends on that is no box, by key."""

    boxes: dict[str, Box] = field(default_factory=dict)
    arrows: dict[tuple[str, str], Arrow] = field(default_factory=dict)
    notes: list[tuple[str, str, int]] = field(default_factory=list)
    """(what, reason, items) of things that are no box."""

    @property
    def dependencies(self) -> int:
        return sum(arrow.count for arrow in self.arrows.values())

    def neighbours(self) -> dict[str, set[str]]:
        """For each box, the boxes it depends on."""
        found: dict[str, set[str]] = defaultdict(set)
        for source, target in self.arrows:
            found[source].add(target)
        return found
