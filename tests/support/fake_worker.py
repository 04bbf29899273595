"""A worker of the fleet whose stages take no time: the real process, messages and signals, without kernels.

The name of the repository says what becomes of it: `bad…` cannot be cloned, `part…` gets no summary, `die…` kills its process, `slow…` waits
until it is interrupted, `odd…` meets an error that nobody foresaw. What runs at once is noted in the file of FAKE_WORKER_LOG.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from repo_architect import execute, kernels, notebook_files
from repo_architect.contracts import StageRecord
from repo_architect.errors import CloneError, StageError
from repo_architect.fleet import worker
from repo_architect.run import Run
from repo_architect.stage_session import (
    hash_of_artifacts,
    hash_of_library,
    hash_of_notebook,
    versions,
    write_record,
)
from repo_architect.stages import Stage
from support.fake_stages import write_artifacts


def run_stage(run: Run, stage: Stage, parameters: dict[str, Any], timeout: float) -> StageRecord:
    name = str(parameters.get("repo_url", "")).rpartition("/")[2] or run.id
    _note(f"begin {run.id} {stage.name}")
    time.sleep(float(os.environ.get("FAKE_WORKER_SECONDS", "0")))
    error = _misfortune(name, run.id, stage)
    if not error:
        write_artifacts(run.folder, stage)
    record = StageRecord(
        stage=stage.name, state="failed" if error else "success", started_at="2026-01-01T00:00:00+00:00",
        notebook=hash_of_notebook(notebook_files.path(stage)), library=hash_of_library(stage), parameters=dict(parameters),
        inputs=hash_of_artifacts(run.folder, stage.reads), outputs=hash_of_artifacts(run.folder, stage.writes), versions=versions(),
        error=error.message if error else None, fix=error.fix if error else None,
    )  # fmt: skip
    write_record(run.folder, record)
    _note(f"end {run.id} {stage.name}")
    if error:
        raise error
    return record


def _misfortune(name: str, run_id: str, stage: Stage) -> CloneError | StageError | None:
    if name.startswith("slow") and stage.name == "clone_repo":
        return _kernel_that_sleeps()
    if name.startswith("die") and stage.name == "clone_repo":
        print("out of luck", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("odd") and stage.name == "clone_repo":
        raise KeyError("unforeseen")
    if (
        name.startswith("bad")
        and stage.name == "clone_repo"
        and not Path(os.environ["FAKE_WORKER_MENDED"]).exists()
    ):
        return CloneError("there is no such repository", fix="look at its address")
    if run_id.startswith(("part", "o-part")) and stage.name == "generate_summary":
        return StageError("no summary today", fix="try tomorrow")
    return None


def _kernel_that_sleeps() -> StageError:
    """As a kernel is: a process in a session of its own, which the pipeline stops when it is interrupted."""
    sleeping = subprocess.Popen(["sleep", "60"], start_new_session=True)
    with kernels.known(SimpleNamespace(provisioner=SimpleNamespace(pid=sleeping.pid))):
        sleeping.wait()
    return StageError("it was interrupted", fix="go on")


def _note(line: str) -> None:
    with Path(os.environ["FAKE_WORKER_LOG"]).open("a") as log:
        log.write(line + "\n")


if __name__ == "__main__":
    execute.run_stage = run_stage
    sys.exit(worker.main())
