"""Workers, each in a process of its own, on one storage: they share an execution, and one may die."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import psutil
import pytest

from repo_architect.stages import REPO, STAGES
from support import kestra_engine
from support.kestra_engine import Engine, Worker
from support.kestra_fixture import ENVIRONMENT, SECRETS

from .conftest import Flow, deployed

pytestmark = pytest.mark.kestra
ARTIFACTS = {name: stage.name for stage in STAGES[:7] for name in stage.writes if name != REPO}
SOON_MISSED = {
    "kestra.server.liveness.timeout": "10s",
    "kestra.server.liveness.initialDelay": "5s",
    "kestra.server.liveness.interval": "2s",
    "kestra.server.liveness.heartbeatInterval": "2s",
    "kestra.server.terminationGracePeriod": "5s",
}
"""How soon the engine misses a worker: a minute and more by Kestra's own settings, too long for a test."""


@pytest.fixture(scope="module")
def without_worker() -> Iterator[Engine]:
    why = kestra_engine.why_absent()
    if why:
        pytest.skip(why)
    with Engine(ENVIRONMENT, SECRETS, SOON_MISSED, worker=False) as running:
        yield running


@pytest.fixture(scope="module")
def flow(without_worker: Engine) -> Flow:
    return deployed(without_worker)


@pytest.fixture(scope="module")
def artifacts(flow: Flow) -> dict[str, bytes]:
    """What an execution makes whose tasks ran on two workers, none of them killed."""
    with flow.engine.worker(), flow.engine.worker():
        done = flow.run(repo_url="sample", run_timestamp="20260102-030405")
    assert done.state == "SUCCESS", flow.engine.log_text(done.id)
    assert len({done.task(stage.name).worker for stage in STAGES[:7]}) == 2
    return _artifacts(flow, done.id)


def test_tasks_of_one_execution_run_on_different_workers(artifacts: dict[str, bytes]) -> None:
    assert set(artifacts) == set(ARTIFACTS)


@pytest.mark.parametrize("stage", ["clone_repo", "analyze_repo"])
def test_a_stage_whose_worker_is_killed_is_started_anew_on_another(
    flow: Flow, artifacts: dict[str, bytes], stage: str
) -> None:
    with flow.engine.worker() as first:
        execution = flow.start(repo_url="sample", run_timestamp="20260102-030405")
        flow.engine.wait_for(
            execution, lambda now: now.has_run(stage) and now.task(stage).state == "RUNNING", 120
        )
        _wait_for_kernel(first)
        first.kill()
    assert flow.engine.get(execution).state == "RUNNING"
    with flow.engine.worker():
        done = flow.engine.wait(execution, 280)
    assert done.state == "SUCCESS", flow.engine.log_text(execution)
    assert "RESUBMITTED" in done.task(stage).states
    assert done.task(stage).attempts == 2
    assert _artifacts(flow, execution) == artifacts


def _wait_for_kernel(worker: Worker) -> None:
    """Until the notebook of the stage is being executed."""
    deadline = time.monotonic() + 60
    while not any("ipykernel_launcher" in line for line in _command_lines(worker)):
        assert time.monotonic() < deadline, "no kernel was started"
        time.sleep(0.05)


def _command_lines(worker: Worker) -> list[str]:
    found = []
    for child in psutil.Process(worker.process.pid).children(recursive=True):
        with contextlib.suppress(psutil.Error):
            found.append(" ".join(child.cmdline()))
    return found


def _artifacts(flow: Flow, execution: str) -> dict[str, bytes]:
    made = flow.engine.get(execution).task_outputs
    return {
        name: flow.engine.read(made[stage]["outputFiles"][f"run/{name}"]) for name, stage in ARTIFACTS.items()
    }
