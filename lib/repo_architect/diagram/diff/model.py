"""What changed, as data, and the three ways it is told."""

from __future__ import annotations

from dataclasses import dataclass, fields

from repo_architect.contracts import Evidence

PARTS = {
    "new-component": "added",
    "removed-component": "removed",
    "moved-component": "moved",
    "new-edge": "new_edges",
    "removed-edge": "removed_edges",
    "new-cycle": "new_cycles",
    "removed-cycle": "removed_cycles",
    "new-service": "new_services",
    "removed-service": "removed_services",
    "new-connection": "new_connections",
    "removed-connection": "removed_connections",
}
"""For each kind of change, the field that holds those of it."""
KINDS = tuple(PARTS)


@dataclass(frozen=True)
class Change:
    """An edge that came or went, with a line that proves it in the analysis where it is. `label` is what it is, where there is a word for it."""

    source: str
    target: str
    evidence: Evidence | None = None
    label: str = ""


@dataclass(frozen=True)
class Service:
    """Something that runs, stores or is talked to: `kind` as in `repo_shape.architecture`."""

    name: str
    kind: str
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Cycle:
    """Components that depend on one another; `closed_by` are the new edges among them."""

    components: tuple[str, ...]
    closed_by: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Move:
    old: str
    new: str


@dataclass(frozen=True)
class ArchitectureDiff:
    """What changed. Components are paths; all is sorted."""

    old_commit: str
    new_commit: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()
    new_edges: tuple[Change, ...] = ()
    removed_edges: tuple[Change, ...] = ()
    new_cycles: tuple[Cycle, ...] = ()
    removed_cycles: tuple[Cycle, ...] = ()
    new_services: tuple[Service, ...] = ()
    removed_services: tuple[Service, ...] = ()
    new_connections: tuple[Change, ...] = ()
    removed_connections: tuple[Change, ...] = ()

    def has(self, kind: str) -> bool:
        """Whether there is a change of a kind, one of KINDS. Raises KeyError for another."""
        return bool(getattr(self, PARTS[kind]))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of change that there are, in the order of KINDS."""
        return tuple(kind for kind in KINDS if self.has(kind))

    @property
    def empty(self) -> bool:
        return not self.kinds

    def text(self) -> str:
        """The changes a line each, for a console."""
        from repo_architect.diagram.diff.render import text

        return text(self)

    def mermaid(self) -> str:
        """The changes as a flowchart of at most 2,000 characters: new edges drawn through, removed ones dashed."""
        from repo_architect.diagram.diff.render import mermaid

        return mermaid(self)

    def json(self) -> str:
        """The changes as JSON, with `kinds`; evidence as {path, line}."""
        from repo_architect.diagram.diff.render import json_text

        return json_text(self)


assert {field.name for field in fields(ArchitectureDiff)} > set(PARTS.values())  # noqa: S101
