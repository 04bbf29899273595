"""What the fleet and its workers say to each other: one JSON object a line."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import JsonValue

from repo_architect.contracts.model import Model


class Task(Model):
    """Run one repository in `folder`, below `runs_dir`: every stage, or what is left of them where it exists."""

    runs_dir: str
    folder: str
    parameters: dict[str, dict[str, JsonValue]]
    timeouts: dict[str, int]
    run_timeout: int
    jobs: int


class Said(Model):
    """A worker's line: a stage changed its state, or the run `ended` with `state`; of a failed one `stage` is where."""

    state: Literal["running", "success", "failed", "skipped", "fresh", "partial"]
    stage: str | None = None
    ended: bool = False
    seconds: float = 0.0
    error: str | None = None
    fix: str | None = None


def failed(stage: str | None, error: BaseException, seconds: float = 0.0) -> dict[str, Any]:
    """An error as fields of a `Said`."""
    message = getattr(error, "message", None) or f"{type(error).__name__}: {error}"
    fix = getattr(error, "fix", None) or "this is an error of our own: please report it"
    return {"stage": stage, "state": "failed", "seconds": seconds, "error": message, "fix": fix}
