"""Whether a stage has to run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from repo_architect import notebook_files
from repo_architect.run import Run
from repo_architect.stage_session import hash_of_artifacts, hash_of_library, hash_of_notebook, versions
from repo_architect.stages import Stage


def why_stale(run: Run, stage: Stage, parameters: Mapping[str, Any]) -> str | None:
    """What changed since the stage last succeeded, in a few words; None when nothing did."""
    record = run.record(stage.name)
    if record is None or record.state == "pending":
        return "never ran"
    if record.state != "success":
        return "failed" if record.state == "failed" else "was interrupted"
    checks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("the notebook changed", lambda: record.notebook == hash_of_notebook(notebook_files.path(stage))),
        ("the parameters changed", lambda: record.parameters == dict(parameters)),
        ("the library changed", lambda: record.library == hash_of_library(stage)),
        ("versions changed", lambda: record.versions == versions()),
        ("its inputs changed", lambda: record.inputs == hash_of_artifacts(run.folder, stage.reads)),
        ("its artifacts changed", lambda: record.outputs == hash_of_artifacts(run.folder, stage.writes)),
    )
    return next((reason for reason, holds in checks if not holds()), None)
