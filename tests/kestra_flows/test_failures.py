"""What goes wrong, and what is seen of it: states, attempts, messages, files that are kept."""

from __future__ import annotations

import json

import pytest

from support.kestra_engine import EngineError, Execution

from .conftest import Flow

pytestmark = pytest.mark.kestra
FAST = {"interval: PT5S": "interval: PT0.2S"}
CLONE = "- papermill --engine repo-architect --no-progress-bar --execution-timeout 290 --cwd run -f parameters.json notebooks/01"
SLOW_NOTEBOOK = """sed -i 's/run_ = Run.start/import time; time.sleep(60); run_ = Run.start/' notebooks/01_clone_repo.ipynb"""


def record(flow: Flow, done: Execution, stage: str) -> dict:
    return json.loads(flow.engine.read(done.task_outputs[stage]["outputFiles"][f"run/stages/{stage}.json"]))


@pytest.mark.parametrize(
    "url",
    [
        "", "pallets/flask", "/etc", "ftp://example.org/a/b", "ext::sh -c id", "https://example.org", "https://user:secret@example.org/a/b",
        "https://example.org/a/b;id", "https://example.org/$(id)", "https://example.org/a b", "https://example.org/`id`", "--upload-pack=id",
        "https://example.org/a/b|sh", "https://example.org/a'b", 'https://example.org/a"b', "https://example.org/a\nb", "file:///tmp/$HOME",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_before_anything_runs(flow: Flow, url: str) -> None:
    with pytest.raises(EngineError, match="repo_url"):
        flow.start(repo_url=url)


@pytest.mark.parametrize(
    "inputs",
    [{"ref": "--help"}, {"view": "everything"}, {"max_files": 0}, {"as_of": "soon"}, {"run_timestamp": "../x"}, {"clone_timeout": 5000}],
    ids=lambda inputs: next(iter(inputs)),
)  # fmt: skip
def test_an_input_out_of_range_is_refused(flow: Flow, inputs: dict[str, object]) -> None:
    with pytest.raises(EngineError, match=next(iter(inputs))):
        flow.start(repo_url="sample", **inputs)


@pytest.fixture(scope="module")
def refused(flow: Flow) -> tuple[Flow, Execution]:
    fast = flow.variant("refused", FAST)
    return fast, fast.run(repo_url="file:///nowhere/at/all")


def test_a_clone_that_is_refused_fails_the_execution_with_its_reason(refused: tuple[Flow, Execution]) -> None:
    flow, done = refused
    assert done.state == "FAILED"
    assert done.task("clone_repo").attempts == 3
    log = flow.engine.log_text(done.id, "clone_repo")
    assert "ERROR clone_repo: clone_repo failed: " in log
    assert "→" in log
    assert not done.has_run("analyze_repo")


def test_the_errors_branch_says_which_task_and_the_clean_up_runs(refused: tuple[Flow, Execution]) -> None:
    flow, done = refused
    assert (done.task("what_failed").state, done.task("delete_clone").state) == ("SUCCESS", "SKIPPED")
    assert "clone_repo failed" in flow.engine.log_text(done.id, "what_failed")


def test_what_a_failed_stage_made_is_kept(refused: tuple[Flow, Execution]) -> None:
    flow, done = refused
    kept = record(flow, done, "clone_repo")
    assert (kept["state"], kept["parameters"]["repo_url"]) == ("failed", "file:///nowhere/at/all")
    assert kept["error"]
    assert kept["fix"]
    notebook = flow.engine.read(
        done.task_outputs["clone_repo"]["outputFiles"]["run/notebooks/01_clone_repo.ipynb"]
    )
    assert b"CloneError" in notebook


def test_a_stage_that_may_fail_costs_a_warning(flow: Flow) -> None:
    edits = {**FAST, '"{{ inputs.backend }}"': "no-such-backend"}
    done = flow.variant("summary", edits).run(repo_url="sample")
    assert done.state == "WARNING"
    assert (done.task("generate_summary").state, done.task("generate_summary").attempts) == ("WARNING", 3)
    assert done.task("archive_results").state == "SUCCESS"
    assert record(flow, done, "generate_summary")["state"] == "failed"
    report = flow.engine.read(done.task_outputs["generate_report"]["outputFiles"]["run/report.md"]).decode()
    assert "generate_summary failed" in report.replace("\\", "")
    assert done.outputs.get("summary") is None
    assert done.outputs["archive"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"generate_ci": {"workflow": "Tests"}}, "has no parameter 'workflow'"),
        ({"generate_everything": {}}, "there is no stage 'generate_everything'"),
        ({"analyze_repo": {"max_files": "many"}}, "takes int"),
        ({"open_pr": {"draft": 1}}, "takes bool"),
        ({"clone_repo": {"run": "/tmp"}}, "has no parameter 'run'"),
    ],
)
def test_an_unknown_or_mistyped_parameter_is_an_error_of_the_first_task(
    flow: Flow, given: dict[str, object], said: str
) -> None:
    done = flow.variant("parameters", FAST).run(repo_url="sample", parameters=given)
    assert done.state == "FAILED"
    assert said in flow.engine.log_text(done.id, "clone_repo")


def test_papermill_s_own_limit_comes_first_and_keeps_the_notebook(flow: Flow) -> None:
    edits = {
        **FAST,
        CLONE: f"- {SLOW_NOTEBOOK}\n      {CLONE.replace('290', '1')}",
        "maxAttempts: 3": "maxAttempts: 1",
    }
    done = flow.variant("slow", edits).run(repo_url="sample")
    assert done.state == "FAILED"
    assert "took too long" in record(flow, done, "clone_repo")["error"]
    assert "run/notebooks/01_clone_repo.ipynb" in done.task_outputs["clone_repo"]["outputFiles"]


def test_the_task_s_limit_stops_a_stage_that_does_not_stop_itself(flow: Flow) -> None:
    edits = {
        **FAST,
        CLONE: f"- sleep 61\n      {CLONE}",
        "timeout: PT5M": "timeout: PT2S",
        "maxAttempts: 3": "maxAttempts: 2",
    }
    done = flow.variant("stuck", edits).run(repo_url="sample")
    assert (done.state, done.task("clone_repo").attempts) == ("FAILED", 2)
    assert "Timeout" in flow.engine.log_text(done.id, "clone_repo")


def test_the_whole_run_has_a_limit(flow: Flow) -> None:
    edits = {"duration: PT30M": "duration: PT4S", CLONE: f"- sleep 62\n      {CLONE}"}
    done = flow.variant("long", edits).run(repo_url="sample")
    assert done.state == "CANCELLED", flow.engine.log_text(done.id)
