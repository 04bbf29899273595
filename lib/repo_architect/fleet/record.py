"""fleet.json: which repository has which folder, and what became of it."""

from __future__ import annotations

from typing import ClassVar, Literal

from repo_architect.contracts.model import Artifact, Model

FleetState = Literal["pending", "running", "success", "partial", "failed"]


class FleetEntry(Model):
    """A repository of the fleet. `folder` is its run's, beside this file; `listed` says whether the list still names it.

    `stage`, `error` and `fix` say why it failed; `seconds` is wall time of the last call that ran it.
    """

    repository: str
    ref: str = ""
    identity: str
    title: str
    folder: str
    listed: bool = True
    state: FleetState = "pending"
    seconds: float | None = None
    stage: str | None = None
    error: str | None = None
    fix: str | None = None


class FleetRecord(Artifact):
    """The fleet as a whole, in the order of its list."""

    file_name: ClassVar[str] = "fleet.json"
    made_by: ClassVar[str] = "repo-architect fleet"

    name: str
    entries: tuple[FleetEntry, ...] = ()

    @property
    def listed(self) -> tuple[FleetEntry, ...]:
        return tuple(entry for entry in self.entries if entry.listed)
