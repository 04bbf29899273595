"""One execution of the committed flow, looked at from every side."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from repo_architect.stages import REPO, STAGES
from support.kestra_engine import Execution

from .conftest import Flow

pytestmark = pytest.mark.kestra
ARTIFACTS = [name for stage in STAGES[:7] for name in stage.writes if name != REPO]
MAKER = {name: stage.name for stage in STAGES for name in stage.writes}


@pytest.fixture(scope="module")
def done(flow: Flow, repository: Path) -> Execution:
    return flow.run(repo_url=f"file://{repository}", run_timestamp="20260102-030405")


def content(flow: Flow, done: Execution, task: str, name: str) -> bytes:
    return flow.engine.read(done.task_outputs[task]["outputFiles"][f"run/{name}"])


def test_it_succeeds_and_the_pull_request_is_skipped_without_a_token(flow: Flow, done: Execution) -> None:
    assert done.state == "SUCCESS", flow.engine.log_text(done.id)
    expected = {stage.name: "SUCCESS" for stage in STAGES} | {"open_pr": "SKIPPED"}
    assert done.states == {**expected, "generate": "SUCCESS", "delete_clone": "SUCCESS"}


def test_the_artifacts_are_those_of_the_command_line_byte_for_byte(
    flow: Flow, done: Execution, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPO_ARCHITECT_ALLOW_PROTOCOLS", "file")
    command = [
        str(Path(sys.executable).parent / "repo-architect"),
        "run",
        f"file://{repository}",
        "--runs-dir",
        str(tmp_path),
        "--run-id",
        "one",
    ]
    subprocess.run(command, check=True, capture_output=True)
    different = [
        name
        for name in ARTIFACTS
        if (tmp_path / "one" / name).read_bytes() != content(flow, done, MAKER[name], name)
    ]
    assert not different


def test_the_clone_is_deleted_from_storage_and_nothing_but_named_files_is_kept(
    flow: Flow, done: Execution
) -> None:
    kept = [path.name for path in flow.engine.storage.rglob(f"*{done.id}*/**/*") if path.is_file()]
    assert not [name for name in kept if "clone.tar" in name]
    named = {Path(file).name for task in _tasks() for file in task["outputFiles"]}
    assert {name.split("-", 1)[1] for name in kept if "-" in name} <= named


def test_executed_notebooks_and_records_are_outputs(flow: Flow, done: Execution) -> None:
    for stage in STAGES[:7]:
        notebook = json.loads(content(flow, done, stage.name, f"notebooks/{stage.notebook}"))
        assert any(cell.get("outputs") for cell in notebook["cells"])
        record = json.loads(content(flow, done, stage.name, f"stages/{stage.name}.json"))
        assert (record["state"], len(record["notebook"])) == ("success", 64)


def test_flow_outputs_name_the_report_the_archive_and_the_summary(flow: Flow, done: Execution) -> None:
    assert flow.engine.read(done.outputs["report"]).startswith(b"<!doctype html>")
    assert flow.engine.read(done.outputs["archive"])[:2] == b"\x1f\x8b"
    assert flow.engine.read(done.outputs["summary"])
    assert done.outputs["run_dir"] == "runs/20260102-030405"
    assert done.outputs.get("pull_request_url") is None


def test_the_report_s_ten_lines_and_next_steps_are_one_entry_at_info(flow: Flow, done: Execution) -> None:
    [entry] = [
        one
        for one in flow.engine.logs(done.id)
        if one.get("taskId") == "generate_report" and "Next steps" in one["message"]
    ]
    lines = entry["message"].splitlines()
    assert entry["level"] == "INFO"
    assert lines[0].startswith("Repository ")
    assert lines.index("") == 10


def test_a_run_that_goes_well_logs_no_error(flow: Flow, done: Execution) -> None:
    assert not [one["message"] for one in flow.engine.logs(done.id) if one["level"] in ("ERROR", "WARN")]


def test_small_results_are_readable_in_place(done: Execution) -> None:
    assert "flowchart" in done.task_outputs["generate_diagram"]["vars"]["diagram"]
    assert "jobs:" in done.task_outputs["generate_ci"]["vars"]["workflow"]
    assert done.task_outputs["generate_summary"]["vars"]["summary"]
    assert done.task_outputs["generate_report"]["vars"]["text"].count("\n") == 9


def test_each_stage_sends_its_seconds_and_counts(flow: Flow, done: Execution) -> None:
    metrics = flow.engine.metrics(done.id)
    for stage in STAGES[:7]:
        assert metrics[stage.name, "seconds"] > 0
        assert metrics[stage.name, "artifacts"] == len(stage.writes)
    assert metrics["analyze_repo", "files"] == 5
    assert metrics["analyze_repo", "endpoints"] == 1


def test_what_a_repository_says_does_not_pass_for_an_output(done: Execution) -> None:
    assert all(
        outputs["vars"]["state"] == "success" for outputs in done.task_outputs.values() if "vars" in outputs
    )


def test_the_three_in_the_middle_run_side_by_side(done: Execution) -> None:
    three = [done.task(name) for name in ("generate_diagram", "generate_ci", "generate_summary")]
    assert max(run.started for run in three) < min(run.ended or "" for run in three)


def _tasks() -> list[dict]:
    from .test_flow_form import TASKS

    return list(TASKS.values())


def test_yaml_is_read_as_kestra_reads_it(flow: Flow) -> None:
    from .conftest import FILE

    assert yaml.safe_load(FILE.read_text())["id"] == flow.id
    assert flow.engine.validate(FILE) == []
