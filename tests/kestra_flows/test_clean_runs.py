"""clean_runs: says first, deletes then."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from support.kestra_engine import ROOT, Engine

from .conftest import NAMESPACE

pytestmark = pytest.mark.kestra


@pytest.fixture
def runs(engine: Engine, tmp_path: Path) -> Path:
    engine.deploy(ROOT / "kestra" / "clean_runs.yml")
    for days in (1, 10, 40, 50):
        stages = tmp_path / f"run-{days}" / "stages"
        stages.mkdir(parents=True)
        (stages / "clone_repo.json").write_text("{}")
        os.utime(stages / "clone_repo.json", (time.time() - 86400 * days,) * 2)
    return tmp_path


def left(runs: Path) -> list[str]:
    return sorted(path.name for path in runs.iterdir())


def test_by_itself_it_only_says_what_would_go(engine: Engine, runs: Path) -> None:
    done = engine.run(NAMESPACE, "clean_runs", {"runs_dir": str(runs), "keep": 0})
    log = engine.log_text(done.id)
    assert done.state == "SUCCESS", log
    assert left(runs) == ["run-1", "run-10", "run-40", "run-50"]
    assert f"would delete {runs}/run-50" in log
    assert "2 of 4 runs would go" in log
    assert "would be purged" in log
    assert done.task("executions").state == "SKIPPED"


@pytest.mark.parametrize(
    ("keep", "days", "stay"),
    [(0, 30, ["run-1", "run-10"]), (3, 30, ["run-1", "run-10", "run-40"]), (1, 0, ["run-1"])],
)
def test_age_and_number_both_protect(
    engine: Engine, runs: Path, keep: int, days: int, stay: list[str]
) -> None:
    inputs = {"runs_dir": str(runs), "keep": keep, "older_than_days": max(days, 1), "dry_run": False}
    done = engine.run(NAMESPACE, "clean_runs", inputs)
    assert done.state == "SUCCESS", engine.log_text(done.id)
    assert left(runs) == stay


def test_without_a_folder_no_run_folder_is_touched(engine: Engine, runs: Path) -> None:
    done = engine.run(NAMESPACE, "clean_runs", {})
    assert "no run folders" in engine.log_text(done.id)
    assert len(left(runs)) == 4
