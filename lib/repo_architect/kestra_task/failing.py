"""Why a notebook failed: from the notebook as executed, else from papermill's log."""

from __future__ import annotations

import json
import re

from repo_architect import execute
from repo_architect.errors import RepoArchitectError, StageError
from repo_architect.kestra_task.places import LOG, RUN
from repo_architect.stages import Stage

_ERROR = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Interrupt)\b")


def cause(stage: Stage, status: int) -> RepoArchitectError:
    """The error that the notebook raised; where it raised none, what papermill said last."""
    output = RUN / "notebooks" / stage.notebook
    raised = _raised(stage)
    if raised:
        return execute.as_raised(raised["ename"], raised["evalue"], output)
    if status == 0:
        return StageError(
            f"{stage.notebook} ended without `stage.done()`",
            fix="the last cell of a stage notebook says stage.done(): put it back",
        )
    said = _last_words()
    if "CellTimeoutError" in said:
        return StageError(
            f"{stage.name} took too long and was stopped",
            fix="give it more time: `timeout` of the task and --execution-timeout in its command",
        )
    if "DeadKernelError" in said:
        return StageError(
            f"the kernel of {stage.name} died (killed, or out of memory)", fix="give the worker more memory"
        )
    return StageError(
        f"papermill ended with {status}: {said or 'no word'}",
        fix="look at the notebook and at the image of the task",
    )


def _raised(stage: Stage) -> dict[str, str] | None:
    try:
        cells = json.loads((RUN / "notebooks" / stage.notebook).read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return None
    errors = [
        output
        for cell in cells
        for output in cell.get("outputs", ())
        if output.get("output_type") == "error" and "ename" in output and "evalue" in output
    ]
    return errors[-1] if errors else None


def _last_words() -> str:
    """The last line of papermill's log that names an error, else its last line."""
    try:
        lines = LOG.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    said = [line.strip() for line in lines if line.strip(" -")]
    return next((line for line in reversed(said) if _ERROR.match(line)), said[-1] if said else "")
