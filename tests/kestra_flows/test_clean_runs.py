"""clean_runs: says first, deletes then."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from support.kestra_engine import ROOT, Engine

from .conftest import NAMESPACE

pytestmark = pytest.mark.kestra
PURGED = "company.purged"
LEAVES_A_FILE = f"""\
id: leaves_a_file
namespace: {PURGED}
tasks:
  - id: one
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    outputFiles: [one.txt]
    commands:
      - echo one > one.txt
"""


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


def test_executions_go_with_their_files_and_those_that_are_young_stay(engine: Engine) -> None:
    """In a namespace of its own and with seconds for days, which no test can wait for."""
    source = (ROOT / "kestra" / "clean_runs.yml").read_text()
    for old, new in {f"namespace: {NAMESPACE}\n": f"namespace: {PURGED}\n", "'DAYS'": "'SECONDS'"}.items():
        assert old in source
        source = source.replace(old, new)
    engine.deploy(source)
    engine.deploy(LEAVES_A_FILE)
    old, elsewhere = engine.run(PURGED, "leaves_a_file"), engine.run(NAMESPACE, "clean_runs", {})
    file = engine.file(old.task_outputs["one"]["outputFiles"]["one.txt"])
    assert file.read_text() == "one\n"
    time.sleep(12)
    young = engine.run(PURGED, "leaves_a_file")
    done = engine.run(PURGED, "clean_runs", {"older_than_days": 10, "dry_run": False})
    assert done.outputs == {"purged": 1}, engine.log_text(done.id)
    known = {one["id"] for one in engine.executions()}
    assert {young.id, elsewhere.id, done.id} <= known
    assert old.id not in known
    assert not file.exists()
    assert engine.logs(old.id) == []
