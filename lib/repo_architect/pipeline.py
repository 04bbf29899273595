"""The eight stages in their order, those that can side by side, each once all it reads is there."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from repo_architect import execute, freshness, manifest, notebook_files
from repo_architect.contracts import RunManifest, StageRecord
from repo_architect.errors import RepoArchitectError, StageError
from repo_architect.run import Run
from repo_architect.run_lock import locked
from repo_architect.stage_session import hash_of_library, write_record
from repo_architect.stages import RUN_TIMEOUT, STAGES, Stage, waits_for

EventState = Literal["running", "success", "failed", "skipped", "fresh"]
Listener = Callable[["Event"], None]
Parameters = Mapping[str, Mapping[str, Any]]
"""Parameters by stage name."""


@dataclass(frozen=True)
class Event:
    """A stage changed its state. `seconds` is wall time; `error` is set when it failed."""

    stage: Stage
    state: EventState
    seconds: float = 0.0
    reason: str | None = None
    error: RepoArchitectError | None = None


@dataclass
class Plan:
    """What to run: parameters by stage, seconds by stage where they differ from the table, stages at once."""

    parameters: Parameters = field(default_factory=dict)
    timeouts: Mapping[str, int] = field(default_factory=dict)
    run_timeout: int = RUN_TIMEOUT
    jobs: int = 3


def start(run: Run, plan: Plan, listener: Listener) -> RunManifest:
    """Run every stage of a new run. Raises the error of a stage that may not fail, after the manifest is written."""
    asked = {
        stage.name: notebook_files.defaults(stage) | dict(plan.parameters.get(stage.name, {}))
        for stage in STAGES
    }
    with locked(run.folder):
        for stage in STAGES:
            notebook_files.check_known(stage, plan.parameters.get(stage.name, {}))
        for stage in STAGES:
            write_record(run.folder, _pending(stage, asked[stage.name]))
        return _Runner(run, asked, plan, listener).go()


def resume(run: Run, plan: Plan, listener: Listener) -> RunManifest:
    """Run the stages of a run that failed, never ran, or whose notebook, parameters, inputs or library changed.

    A stage is asked for what it was asked for before, with `plan.parameters` on top.
    """
    with locked(run.folder):
        asked = {}
        for stage in STAGES:
            given = dict(plan.parameters.get(stage.name, {}))
            notebook_files.check_known(stage, given)
            before = run.record(stage.name)
            known = notebook_files.defaults(stage)
            kept = {
                name: value for name, value in (before.parameters if before else {}).items() if name in known
            }
            asked[stage.name] = known | kept | given
        return _Runner(run, asked, plan, listener).go()


def _pending(stage: Stage, parameters: Mapping[str, Any]) -> StageRecord:
    return StageRecord(
        stage=stage.name,
        state="pending",
        started_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        library=hash_of_library(stage),
        parameters=dict(parameters),
    )


class _Runner:
    def __init__(self, run: Run, asked: Parameters, plan: Plan, listener: Listener) -> None:
        self.run, self.asked, self.plan, self.listener = run, asked, plan, listener
        self.deadline = time.monotonic() + plan.run_timeout
        self.ended: dict[str, bool] = {}
        self.running: dict[Future[bool], Stage] = {}
        self.fatal: RepoArchitectError | None = None

    def go(self) -> RunManifest:
        begun = time.monotonic()
        with ThreadPoolExecutor(max(1, self.plan.jobs)) as pool:
            try:
                while self._start_ready(pool) or self.running:
                    self._collect()
            except KeyboardInterrupt:
                self._interrupt()
                raise
            finally:
                folded = manifest.fold(self.run, time.monotonic() - begun)
        if self.fatal:
            raise self.fatal
        return folded

    def _start_ready(self, pool: ThreadPoolExecutor) -> bool:
        started = False
        for stage in STAGES:
            known = stage.name in self.ended or stage in self.running.values()
            if known or self.fatal or not all(need.name in self.ended for need in waits_for(stage)):
                continue
            self.running[pool.submit(self._stage, stage)] = stage
            started = True
        return started

    def _collect(self) -> None:
        if not self.running:
            return
        finished, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in finished:
            self.ended[self.running.pop(future).name] = future.result()

    def _stage(self, stage: Stage) -> bool:
        begun = time.monotonic()
        try:
            reason = freshness.why_stale(self.run, stage, self.asked[stage.name])
            if reason is None:
                self.listener(Event(stage, "fresh"))
                return True
            self.listener(Event(stage, "running", reason=reason))
            execute.run_stage(self.run, stage, self.asked[stage.name], self._seconds_for(stage))
            self.listener(Event(stage, "success", time.monotonic() - begun))
        except RepoArchitectError as error:
            self.listener(Event(stage, "failed", time.monotonic() - begun, error=error))
            if not stage.may_fail:
                self.fatal = self.fatal or error
            return False
        return True

    def _seconds_for(self, stage: Stage) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise StageError(
                f"the run used up its {self.plan.run_timeout} s before {stage.name} could begin",
                fix="resume it: stages that are done are not run again",
            )
        return min(left, self.plan.timeouts.get(stage.name, stage.timeout))

    def _interrupt(self) -> None:
        from repo_architect import kernels

        self.fatal = StageError("interrupted", fix=f"go on with: repo-architect resume {self.run.id}")
        # a second Ctrl-C while waiting goes straight to the kill
        with suppress(KeyboardInterrupt):
            kernels.stop_all(signal.SIGINT)
            wait(self.running, timeout=5)
        kernels.stop_all(signal.SIGKILL)
