"""Several workers, each in a process of its own, on one storage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from repo_architect.stages import STAGES
from support import kestra_engine
from support.kestra_engine import Engine
from support.kestra_fixture import ENVIRONMENT, SECRETS

from .conftest import Flow, deployed

pytestmark = pytest.mark.kestra


@pytest.fixture(scope="module")
def without_worker() -> Iterator[Engine]:
    why = kestra_engine.why_absent()
    if why:
        pytest.skip(why)
    with Engine(ENVIRONMENT, SECRETS, worker=False) as running:
        yield running


@pytest.fixture(scope="module")
def flow(without_worker: Engine) -> Flow:
    return deployed(without_worker)


def test_tasks_of_one_execution_run_on_different_workers(flow: Flow) -> None:
    with flow.engine.worker(), flow.engine.worker():
        done = flow.run(repo_url="sample")
    assert done.state == "SUCCESS", flow.engine.log_text(done.id)
    assert len({done.task(stage.name).worker for stage in STAGES[:7]}) == 2
