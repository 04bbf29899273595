"""After the notebook, whether it succeeded or not: record, packed clone, outputs, metrics, log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from repo_architect.contracts import StageRecord
from repo_architect.errors import RepoArchitectError
from repo_architect.kestra_task import failing, telling
from repo_architect.kestra_task.places import NOTEBOOKS, PARAMETERS, RUN
from repo_architect.run import Run
from repo_architect.stage_session import (
    hash_of_artifacts,
    hash_of_library,
    hash_of_notebook,
    versions,
    write_record,
)
from repo_architect.stages import REPO, Stage

_READABLE = {"diagram.mmd": "diagram", "ci-generated.yml": "workflow", "summary.md": "summary"}
_READABLE_BYTES = 20_000


def end(stage: Stage, status: int) -> int:
    """Tell Kestra how the stage went; `status` is what papermill exited with. Returns what the task exits with: 0, or as the command line does."""
    record = Run(RUN).record(stage.name)
    if status == 0 and record is not None and record.state == "success":
        return _succeeded(stage, record)
    return _failed(stage, record, failing.cause(stage, status))


def _succeeded(stage: Stage, record: StageRecord) -> int:
    facts: dict[str, Any] = dict(record.facts)
    if REPO in stage.writes:
        facts["packed_bytes"] = _pack_clone()
    lines = _ten_lines(facts.pop("console", None))
    if lines:
        facts["text"] = "\n".join(lines)
        telling.log(facts["text"] + "\n\n" + _NEXT)
    else:
        telling.log(", ".join(f"{name} {value}" for name, value in facts.items()))
    counts = {
        name: value
        for name, value in facts.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    telling.outputs(
        {"state": "success", **facts, **_readable(stage)},
        {**counts, "artifacts": len(stage.writes)},
        record.seconds,
    )
    return 0


def refused(stage: Stage, error: RepoArchitectError) -> int:
    """Tell Kestra that the stage could not begin. Returns what the task exits with."""
    return _failed(stage, None, error)


def _failed(stage: Stage, record: StageRecord | None, error: RepoArchitectError) -> int:
    begun = record or StageRecord(
        stage=stage.name,
        state="failed",
        started_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        notebook=hash_of_notebook(NOTEBOOKS / stage.notebook),
        library=hash_of_library(stage),
        parameters=_asked(),
        inputs=hash_of_artifacts(RUN, stage.reads),
        versions=versions(),
    )
    write_record(RUN, begun.model_copy(update={"state": "failed", "error": error.message, "fix": error.fix}))
    telling.outputs({"state": "failed", "error": error.message, "fix": error.fix}, {}, None)
    telling.log(f"{stage.name} failed: {error}", "ERROR")
    return error.exit_code


def _ten_lines(console: Any) -> list[str]:
    """The report's lines without the next steps, which name folders of this machine."""
    lines = [str(line) for line in console or ()]
    return lines[: lines.index("")] if "" in lines else lines


def _pack_clone() -> int:
    from repo_architect.clone import packing

    return packing.pack(RUN / REPO, RUN / packing.NAME)


def _readable(stage: Stage) -> dict[str, str]:
    """Small texts, to be read in place in Kestra."""
    found = {}
    for name in stage.writes:
        path = RUN / name
        if name in _READABLE and path.is_file() and path.stat().st_size <= _READABLE_BYTES:
            found[_READABLE[name]] = path.read_text(encoding="utf-8")
    return found


def _asked() -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(PARAMETERS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: value for name, value in found.items() if name != "run"}


_NEXT = """Next steps
  1. Open the report: report.html among the outputs of this task
  2. Keep the artifacts: artifacts.tar.gz among the outputs of archive_results
  3. Propose it: with github_token the task open_pr opens a pull request, as a draft"""
