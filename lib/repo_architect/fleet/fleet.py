"""The folder of a fleet: its record, and a run folder for each repository."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from repo_architect import atomic
from repo_architect.errors import ContractError, RunError
from repo_architect.fleet.entries import Entry
from repo_architect.fleet.folders import folder_for
from repo_architect.fleet.record import FleetEntry, FleetRecord
from repo_architect.run import Run


class Fleet:
    """A fleet in `folder`. Open or make one with `Fleet.open`; changes are written at once."""

    def __init__(self, folder: Path, record: FleetRecord) -> None:
        self.folder = folder
        self.record = record
        self._lock = threading.Lock()

    @classmethod
    def open(cls, folder: Path) -> Fleet:
        """The fleet that is in a folder, empty where there is none yet. Raises RunError, ContractError."""
        if (folder / "stages").exists():
            raise RunError(
                f"{folder} is the folder of a run, not of a fleet",
                fix="choose another name for the fleet with --name",
            )
        path = folder / FleetRecord.file_name
        try:
            record = FleetRecord.from_json(path.read_bytes(), path)
        except FileNotFoundError:
            record = FleetRecord(name=folder.name)
        except ContractError as error:
            raise ContractError(
                error.message,
                fix=f"delete {path}: runs are kept, and folders of colliding names are given out again",
            ) from None
        except OSError as error:
            raise atomic.cannot_write(path, error) from error
        return cls(folder, record)

    def enlist(self, entries: Sequence[Entry]) -> tuple[FleetEntry, ...]:
        """Make the fleet's list be `entries`, in their order; a repository known before keeps its folder and state."""
        known = {entry.identity: entry for entry in self.record.entries}
        taken = {entry.folder.casefold() for entry in known.values()}
        listed = []
        for entry in entries:
            before = known.pop(entry.identity, None)
            folder = before.folder if before else folder_for(entry, taken)
            taken.add(folder.casefold())
            fresh = before or FleetEntry(
                repository=entry.address, identity=entry.identity, title=entry.title, folder=folder
            )
            listed.append(
                fresh.model_copy(update={"repository": entry.address, "ref": entry.ref, "listed": True})
            )
        gone = [entry.model_copy(update={"listed": False}) for entry in known.values()]
        self._keep((*listed, *gone))
        return tuple(listed)

    def change(self, entry: FleetEntry, **changes: Any) -> FleetEntry:
        """Change what is known of an entry, and write it."""
        with self._lock:
            changed = entry.model_copy(update=changes)
            self._keep(
                tuple(changed if other.identity == entry.identity else other for other in self.record.entries)
            )
        return changed

    def run_of(self, entry: FleetEntry) -> Run | None:
        """The run of an entry, None before its first stage began."""
        folder = self.folder / entry.folder
        return Run(folder) if folder.is_dir() else None

    def _keep(self, entries: tuple[FleetEntry, ...]) -> None:
        self.record = FleetRecord(name=self.folder.name, entries=entries)
        atomic.write(self.folder / FleetRecord.file_name, self.record.to_json())
