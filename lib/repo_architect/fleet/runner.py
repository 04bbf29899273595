"""The embedded runner: some repositories at a time, each in a worker; none stops the others."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from repo_architect.contracts import RunManifest
from repo_architect.errors import ContractError, StageError
from repo_architect.fleet.entries import Entry
from repo_architect.fleet.fleet import Fleet
from repo_architect.fleet.messages import Said, Task, failed
from repo_architect.fleet.process import Worker
from repo_architect.fleet.record import FleetEntry, FleetRecord
from repo_architect.run_lock import locked
from repo_architect.stages import RUN_TIMEOUT

INTERRUPT_SECONDS = 15
"""What interrupted runs may take to stop before they are killed."""


@dataclass(frozen=True)
class FleetPlan:
    """What to run for each repository, as `pipeline.Plan` has it; `jobs` repositories at once, `stages` of each."""

    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    timeouts: Mapping[str, int] = field(default_factory=dict)
    run_timeout: int = RUN_TIMEOUT
    jobs: int = 2
    stages: int = 1


@dataclass(frozen=True)
class FleetEvent:
    """What happened to a repository: it began, was done before (`kept`), one of its stages changed (`said`), or it ended."""

    entry: FleetEntry
    kind: Literal["begun", "kept", "stage", "ended"]
    said: Said | None = None


Listener = Callable[[FleetEvent], None]


def run(fleet: Fleet, entries: Sequence[Entry], plan: FleetPlan, listener: Listener) -> FleetRecord:
    """Run what is not done yet, and tell what became of it all.

    Done is a run that ended without a failed stage and was asked for the same; one that failed goes on where it stopped. On
    KeyboardInterrupt the runs that go on are stopped, what is done is kept, and it is raised again.
    Raises RunError when another process works on the fleet, or the disk says no.
    """
    fleet.folder.mkdir(parents=True, exist_ok=True)
    with locked(fleet.folder):
        waiting = []
        for entry in fleet.enlist(entries):
            if _done(fleet, entry, plan):
                listener(FleetEvent(fleet.change(entry, state="success"), "kept"))
            else:
                waiting.append(fleet.change(entry, state="pending"))
        _Crew(fleet, waiting, plan, listener).work()
        return fleet.record


def only_list(fleet: Fleet, entries: Sequence[Entry]) -> FleetRecord:
    """Run nothing: the record of what is there, with the list as it is now."""
    fleet.folder.mkdir(parents=True, exist_ok=True)
    with locked(fleet.folder):
        fleet.enlist(entries)
        return fleet.record


def _done(fleet: Fleet, entry: FleetEntry, plan: FleetPlan) -> bool:
    found = fleet.run_of(entry)
    path = found.folder / RunManifest.file_name if found else None
    if found is None or path is None or not path.is_file():
        return False
    try:
        manifest = RunManifest.from_json(path.read_bytes(), path)
    except (ContractError, OSError):
        return False
    asked = _parameters(entry, plan)
    return manifest.state == "success" and all(
        (record := found.record(stage)) is not None
        and all(record.parameters.get(name) == value for name, value in given.items())
        for stage, given in asked.items()
    )


def _parameters(entry: FleetEntry, plan: FleetPlan) -> dict[str, dict[str, Any]]:
    asked = {stage: dict(given) for stage, given in plan.parameters.items()}
    asked["clone_repo"] = {**asked.get("clone_repo", {}), "repo_url": entry.repository, "ref": entry.ref}
    return asked


class _Crew:
    """Threads that each lead a worker through the repositories that wait."""

    def __init__(
        self, fleet: Fleet, waiting: Sequence[FleetEntry], plan: FleetPlan, listener: Listener
    ) -> None:
        self.fleet, self.plan, self.listener = fleet, plan, listener
        self.waiting: queue.SimpleQueue[FleetEntry] = queue.SimpleQueue()
        for entry in waiting:
            self.waiting.put(entry)
        self.stopping = threading.Event()
        self.broken: list[BaseException] = []
        self.workers = [Worker() for _ in range(min(plan.jobs, len(waiting)))]
        self.threads = [
            threading.Thread(target=self._lead, args=(worker,), daemon=True) for worker in self.workers
        ]

    def work(self) -> None:
        for thread in self.threads:
            thread.start()
        try:
            for thread in self.threads:
                while thread.is_alive():
                    thread.join(0.2)
        except KeyboardInterrupt:
            self._stop()
            raise
        if self.broken:
            raise self.broken[0]

    def _lead(self, worker: Worker) -> None:
        try:
            while not self.stopping.is_set():
                try:
                    entry = self.waiting.get_nowait()
                except queue.Empty:
                    break
                self._one(worker, entry)
        except BaseException as error:
            self.broken.append(error)
            self.stopping.set()
        finally:
            worker.close()

    def _one(self, worker: Worker, entry: FleetEntry) -> None:
        entry = self.fleet.change(entry, state="running", stage=None, error=None, fix=None, seconds=None)
        self.listener(FleetEvent(entry, "begun"))
        try:
            said = worker.perform(
                self._task(entry), lambda said: self.listener(FleetEvent(entry, "stage", said))
            )
        except StageError as error:
            if self.stopping.is_set():
                self.fleet.change(entry, state="pending")
                return
            said = Said(**failed(None, error), ended=True)
        changed = self.fleet.change(
            entry, state=said.state, seconds=round(said.seconds, 3), stage=said.stage, error=said.error, fix=said.fix
        )  # fmt: skip
        self.listener(FleetEvent(changed, "ended", said))

    def _task(self, entry: FleetEntry) -> Task:
        return Task(
            runs_dir=str(self.fleet.folder),
            folder=entry.folder,
            parameters=_parameters(entry, self.plan),
            timeouts=dict(self.plan.timeouts),
            run_timeout=self.plan.run_timeout,
            jobs=self.plan.stages,
        )

    def _stop(self) -> None:
        """Interrupt the runs that go on, wait a little, then end what is left. A second Ctrl-C waits no longer."""
        self.stopping.set()
        try:
            for worker in self.workers:
                worker.interrupt()
            for thread in self.threads:
                thread.join(INTERRUPT_SECONDS / max(1, len(self.threads)))
        finally:
            for worker in self.workers:
                worker.kill()
            for thread in self.threads:
                thread.join(1)
            self._close_record()

    def _close_record(self) -> None:
        """A thread that a busy machine did not let write that its run was stopped leaves it running in the record."""
        for entry in self.fleet.record.entries:
            if entry.state == "running":
                self.fleet.change(entry, state="pending")
