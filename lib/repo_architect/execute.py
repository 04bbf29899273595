"""One stage: its notebook through papermill, and the record when it fails."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from repo_architect import errors, kernels, notebook_files
from repo_architect.contracts import StageRecord
from repo_architect.errors import RepoArchitectError, StageError
from repo_architect.run import RUNS_VARIABLE, Run
from repo_architect.stage_session import (
    NOTEBOOK_VARIABLE,
    hash_of_artifacts,
    hash_of_library,
    hash_of_notebook,
    versions,
    write_record,
)
from repo_architect.stages import Stage


def run_stage(run: Run, stage: Stage, parameters: Mapping[str, Any], timeout: float) -> StageRecord:
    """Execute the stage's notebook into `notebooks/` of the run.

    Returns the record that the notebook wrote. Raises a RepoArchitectError when it fails; the record then says so, and what the notebook made is kept.
    """
    begun = time.monotonic()
    try:
        _execute(run, stage, parameters, max(1, round(timeout)))
        record = run.record(stage.name)
        if record is None or record.state != "success":
            raise StageError(
                f"{stage.notebook} ended without `stage.done()`",
                fix="the last cell of a stage notebook says stage.done(): put it back",
            )
    except RepoArchitectError as error:
        write_record(run.folder, _failed(run, stage, parameters, error, time.monotonic() - begun))
        raise
    return record


def _execute(run: Run, stage: Stage, parameters: Mapping[str, Any], timeout: int) -> None:
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    source = notebook_files.path(stage)
    output = run.folder / "notebooks" / stage.notebook
    _make_folder(output.parent)
    try:
        papermill.execute_notebook(
            source,
            output,
            parameters={**_where(run, stage), **parameters},
            engine_name="repo-architect",
            progress_bar=False,
            cwd=str(run.folder),
            execution_timeout=timeout,
            kernel_env=kernels.environment_for(
                stage.secrets, {NOTEBOOK_VARIABLE: str(source), RUNS_VARIABLE: str(run.folder.parent)}
            ),
        )
    except PapermillExecutionError as error:
        raise as_raised(error.ename, error.evalue, output) from None
    except CellTimeoutError:
        raise StageError(
            f"{stage.name} took longer than {timeout} s and was stopped",
            fix=f"give it more time with --timeout {stage.name}={2 * timeout}, then resume the run",
        ) from None
    except DeadKernelError:
        raise StageError(
            f"the kernel of {stage.name} died (killed, or out of memory)",
            fix=f"see how far it came in {output}, then go on: repo-architect resume {run.id}",
        ) from None
    except OSError as error:
        from repo_architect.atomic import cannot_write

        raise cannot_write(output, error) from error


def _make_folder(folder: Path) -> None:
    from repo_architect.atomic import cannot_write

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def _where(run: Run, stage: Stage) -> dict[str, str]:
    """The parameters that name the run: the first stage is given its folder, which exists already."""
    if stage.number == 1:
        return {"run": str(run.folder)}
    return {"run": run.id, "runs_dir": str(run.folder.parent)}


def as_raised(name: str, value: str, output: Path) -> RepoArchitectError:
    """The error as the notebook raised it; anything but our own is a StageError that points to the notebook."""
    ours = getattr(errors, name, None)
    message, arrow, fix = value.partition("\n  → ")
    if isinstance(ours, type) and issubclass(ours, RepoArchitectError) and arrow:
        return ours(message, fix=fix)
    if name == "KeyboardInterrupt":
        return StageError("it was interrupted", fix="go on with: repo-architect resume")
    return StageError(f"{name}: {value}", fix=f"the traceback is in {output}")


def _failed(
    run: Run, stage: Stage, parameters: Mapping[str, Any], error: RepoArchitectError, seconds: float
) -> StageRecord:
    return StageRecord(
        stage=stage.name,
        state="failed",
        started_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        seconds=round(seconds, 3),
        notebook=hash_of_notebook(notebook_files.path(stage)),
        library=hash_of_library(stage),
        parameters=dict(parameters),
        inputs=hash_of_artifacts(run.folder, stage.reads),
        versions=versions(),
        error=error.message,
        fix=error.fix,
    )
