from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from repo_architect import execute, freshness, manifest, notebook_files, pipeline
from repo_architect.contracts import StageRecord
from repo_architect.errors import CloneError, RepoArchitectError, RunError, StageError, UsageError
from repo_architect.pipeline import Event, Plan
from repo_architect.run import Run
from repo_architect.stage_session import (
    hash_of_artifacts,
    hash_of_library,
    hash_of_notebook,
    versions,
    write_record,
)
from repo_architect.stages import STAGES, Stage, stage
from support.fake_stages import CLONE, fast_notebooks, write_artifacts

Fail = dict[str, RepoArchitectError]


class Stages:
    """Stages that take no time: what ran, in order, and which fail."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.fail: Fail = {}
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def run_stage(self, run: Run, stage: Stage, parameters: dict[str, object], timeout: float) -> StageRecord:
        with self._lock:
            self.ran.append(stage.name)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(0.03)
        with self._lock:
            self.at_once -= 1
        failure = self.fail.get(stage.name)
        if not failure:
            write_artifacts(run.folder, stage)
        record = StageRecord(
            stage=stage.name,
            state="failed" if failure else "success",
            started_at="2026-01-01T00:00:00+00:00",
            notebook=hash_of_notebook(notebook_files.path(stage)),
            library=hash_of_library(stage),
            parameters=dict(parameters),  # type: ignore[arg-type]
            inputs=hash_of_artifacts(run.folder, stage.reads),
            outputs={} if failure else hash_of_artifacts(run.folder, stage.writes),
            versions=versions(),
            error=failure.message if failure else None,
        )
        write_record(run.folder, record)
        if failure:
            raise failure
        return record


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Stages:
    stages = Stages()
    monkeypatch.setattr(execute, "run_stage", stages.run_stage)
    return stages


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run.start("r", tmp_path)


def ignore(_: Event) -> None: ...


def test_a_run_goes_through_all_stages_in_order(fake: Stages, run: Run) -> None:
    told = pipeline.start(run, Plan(), ignore)
    assert told.state == "success"
    assert sorted(fake.ran) == sorted(one.name for one in STAGES)
    assert fake.ran[:2] == ["clone_repo", "analyze_repo"]
    assert fake.ran[5:] == ["generate_report", "archive_results", "open_pr"]
    assert fake.most_at_once == 3
    assert json.loads((run.folder / "manifest.json").read_text())["state"] == "success"


def test_with_one_job_nothing_is_side_by_side(fake: Stages, run: Run) -> None:
    pipeline.start(run, Plan(jobs=1), ignore)
    assert fake.most_at_once == 1


def test_a_stage_that_may_fail_does_not_stop_the_run(fake: Stages, run: Run) -> None:
    fake.fail = {
        "generate_summary": StageError("no model", fix="-"),
        "open_pr": StageError("no right", fix="-"),
    }
    told = pipeline.start(run, Plan(), ignore)
    assert told.state == "partial"
    assert {one.stage: one.error for one in told.stages if one.error} == {
        "generate_summary": "no model",
        "open_pr": "no right",
    }


def test_a_stage_that_may_not_fail_stops_the_run_and_keeps_what_is_made(fake: Stages, run: Run) -> None:
    fake.fail = {"generate_ci": StageError("no plan", fix="-")}
    with pytest.raises(StageError, match="no plan"):
        pipeline.start(run, Plan(), ignore)
    told = manifest.read(run)
    assert told.state == "failed"
    assert "repo_shape.json" in {found.name for found in told.artifacts}
    assert "generate_report" not in fake.ran


def test_resume_with_nothing_to_do_runs_nothing(fake: Stages, run: Run) -> None:
    pipeline.start(run, Plan(), ignore)
    fake.ran.clear()
    events: list[Event] = []
    pipeline.resume(run, Plan(), events.append)
    assert fake.ran == []
    assert {event.state for event in events} == {"fresh"}


def test_resume_goes_on_where_the_run_failed(fake: Stages, run: Run) -> None:
    fake.fail = {"generate_ci": StageError("no plan", fix="-")}
    with pytest.raises(StageError):
        pipeline.start(run, Plan(), ignore)
    fake.fail, fake.ran = {}, []
    assert pipeline.resume(run, Plan(), ignore).state == "success"
    assert "clone_repo" not in fake.ran
    assert {"generate_ci", "generate_report", "open_pr"} <= set(fake.ran)


def _touch_input(run: Run) -> None:
    (run.folder / "repo_shape.json").write_text("changed")


def _delete_output(run: Run) -> None:
    (run.folder / "diagram.svg").unlink()


def _break_record(run: Run) -> None:
    (run.folder / "stages/generate_ci.json").write_text("{")


@pytest.mark.parametrize(
    ("change", "first"),
    [(_touch_input, "analyze_repo"), (_delete_output, "generate_diagram"), (_break_record, "generate_ci")],
)
def test_resume_runs_what_a_change_touched(
    fake: Stages, run: Run, change: Callable[[Run], None], first: str
) -> None:
    pipeline.start(run, Plan(), ignore)
    fake.ran.clear()
    change(run)
    pipeline.resume(run, Plan(), ignore)
    # the artifacts come out as before, so nothing behind them runs again
    assert fake.ran == [first]


def test_resume_runs_a_stage_whose_parameter_changed(fake: Stages, run: Run) -> None:
    pipeline.start(run, Plan({"generate_ci": {"workflow_name": "Checks"}}), ignore)
    fake.ran.clear()
    pipeline.resume(run, Plan({"open_pr": {"open_pr": True}}), ignore)
    assert fake.ran == ["open_pr"]
    record = run.record("generate_ci")
    assert record is not None
    assert record.parameters["workflow_name"] == "Checks"


def test_resume_runs_a_stage_whose_library_changed(
    fake: Stages, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.start(run, Plan(), ignore)
    fake.ran.clear()
    real = hash_of_library
    monkeypatch.setattr(
        freshness, "hash_of_library", lambda one: "new" if one.name == "generate_ci" else real(one)
    )
    pipeline.resume(run, Plan(), ignore)
    assert fake.ran == ["generate_ci"]


def test_resume_runs_a_stage_whose_notebook_changed(
    fake: Stages, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    notebooks = fast_notebooks(tmp_path / "nb")
    monkeypatch.setattr(notebook_files, "folder", lambda: notebooks)
    pipeline.start(run, Plan(), ignore)
    fake.ran.clear()
    fast_notebooks(notebooks, {"generate_diagram": "print('edited')"})
    pipeline.resume(run, Plan(), ignore)
    assert fake.ran == ["generate_diagram"]


def test_an_unknown_parameter_is_an_error_before_anything_runs(fake: Stages, run: Run) -> None:
    with pytest.raises(UsageError, match=r"03_generate_diagram\.ipynb has no parameter 'boxes'"):
        pipeline.start(run, Plan({"generate_diagram": {"boxes": 3}}), ignore)
    assert fake.ran == []


def test_a_run_that_used_up_its_time_says_so(fake: Stages, run: Run) -> None:
    with pytest.raises(StageError, match="used up its 0 s"):
        pipeline.start(run, Plan(run_timeout=0), ignore)


def test_a_run_is_worked_on_by_one_process_at_a_time(fake: Stages, run: Run) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", ("import sys, time; from pathlib import Path; from repo_architect.run_lock import locked\n"
         "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"), str(run.folder)],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(RunError, match="worked on by another process"):
            pipeline.start(run, Plan(), ignore)
    finally:
        other.kill()
        other.wait()
    assert pipeline.start(run, Plan(), ignore).state == "success"


# -- real kernels ---------------------------------------------------------------------------------------------


@pytest.fixture
def notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def use(**bodies: str) -> None:
        folder = fast_notebooks(tmp_path / "nb", bodies)
        monkeypatch.setattr(notebook_files, "folder", lambda: folder)

    return use


def only(run: Run, name: str, timeout: float = 60) -> StageRecord:
    one = stage(name)
    return execute.run_stage(run, one, notebook_files.defaults(one), timeout)


def test_a_stage_notebook_runs_and_leaves_its_record_and_the_executed_notebook(
    run: Run, notebooks: Callable[..., None]
) -> None:
    notebooks()
    assert only(run, "clone_repo").state == "success"
    executed = json.loads((run.folder / "notebooks/01_clone_repo.ipynb").read_text())
    assert all(cell["execution_count"] for cell in executed["cells"])


def test_our_own_error_in_a_notebook_comes_out_as_it_was_raised(
    run: Run, notebooks: Callable[..., None]
) -> None:
    notebooks(
        clone_repo="from repo_architect.errors import CloneError\nraise CloneError('no such host', fix='check it')"
    )
    with pytest.raises(CloneError) as caught:
        only(run, "clone_repo")
    assert (caught.value.message, caught.value.fix, caught.value.exit_code) == ("no such host", "check it", 3)
    record = run.record("clone_repo")
    assert record is not None
    assert (record.state, record.error) == ("failed", "no such host")
    # the reader of the notebook sees the sentence, not a traceback of ours
    assert "check it" in (run.folder / "notebooks/01_clone_repo.ipynb").read_text()


def test_any_other_error_points_to_the_executed_notebook(run: Run, notebooks: Callable[..., None]) -> None:
    notebooks(clone_repo="1 / 0")
    with pytest.raises(StageError, match="ZeroDivisionError") as caught:
        only(run, "clone_repo")
    assert "01_clone_repo.ipynb" in caught.value.fix


def test_a_kernel_that_is_killed_is_told_and_can_be_resumed(run: Run, notebooks: Callable[..., None]) -> None:
    notebooks(clone_repo="import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(StageError, match="died") as caught:
        only(run, "clone_repo")
    assert "resume r" in caught.value.fix
    record = run.record("clone_repo")
    assert record is not None
    assert record.state == "failed"
    notebooks()
    assert pipeline.resume(run, Plan(), ignore).state == "success"


def test_a_stage_that_takes_too_long_is_stopped(run: Run, notebooks: Callable[..., None]) -> None:
    notebooks(clone_repo="import time\ntime.sleep(60)")
    begun = time.monotonic()
    with pytest.raises(StageError, match="took longer than 2 s"):
        only(run, "clone_repo", timeout=2)
    assert time.monotonic() - begun < 20


def test_a_kernel_is_given_the_secrets_of_its_stage_only(
    run: Run, notebooks: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "canary-1")
    monkeypatch.setenv("OPENAI_API_KEY", "canary-2")
    seen = "import os\n(run_.folder / (stage.stage.name + '.seen')).write_text(' '.join(os.environ.values()))\nwrite_artifacts(run_.folder, stage.stage)\nrecord = stage.done()"
    notebooks(clone_repo=seen, analyze_repo=seen, generate_summary=seen)
    for name in ("clone_repo", "analyze_repo", "generate_summary"):
        only(run, name)
    texts = {
        name: (run.folder / f"{name}.seen").read_text()
        for name in ("clone_repo", "analyze_repo", "generate_summary")
    }
    assert {name: [c for c in ("canary-1", "canary-2") if c in text] for name, text in texts.items()} == {
        "clone_repo": ["canary-1"], "analyze_repo": [], "generate_summary": ["canary-2"],
    }  # fmt: skip


def test_ctrl_c_stops_the_kernels_and_leaves_a_run_that_resumes(
    tmp_path: Path, notebooks: Callable[..., None]
) -> None:
    notebooks(
        analyze_repo="import time\n(run_.folder / 'busy').write_text(str(__import__('os').getpid()))\ntime.sleep(120)"
    )
    script = (
        "import sys; from pathlib import Path; from repo_architect import notebook_files, pipeline; from repo_architect.run import Run\n"
        "notebook_files.folder = lambda: Path(sys.argv[1])\n"
        "pipeline.start(Run.start('i', sys.argv[2]), pipeline.Plan(), lambda event: None)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(notebook_files.folder()), str(tmp_path)], stderr=subprocess.PIPE
    )
    busy = tmp_path / "i/busy"
    deadline = time.monotonic() + 60
    while not (busy.exists() and busy.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    with pytest.raises(ProcessLookupError):
        os.kill(int(busy.read_text()), 0)
    interrupted = Run.open("i", tmp_path)
    assert manifest.read(interrupted).state == "failed"
    notebooks()
    assert pipeline.resume(interrupted, Plan(), ignore).state == "success"
    assert CLONE["commit"] == interrupted.clone.commit
