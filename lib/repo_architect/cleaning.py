"""Which runs are old, and their deletion."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

from repo_architect.atomic import cannot_write
from repo_architect.errors import UsageError
from repo_architect.run import Run
from repo_architect.run_lock import locked

_AGE = re.compile(r"(\d+)\s*([hdw])")
_SECONDS = {"h": 3600, "d": 86400, "w": 604800}


def parse_age(text: str) -> float:
    """`30d`, `12h`, `2w` in seconds. Raises UsageError."""
    match = _AGE.fullmatch(text.strip())
    if not match:
        raise UsageError(f"{text!r} is no age", fix="write hours, days or weeks: 12h, 30d, 2w")
    return int(match[1]) * _SECONDS[match[2]]


def choose(runs_dir: Path, keep: int | None, older_than: float | None) -> list[Run]:
    """The runs to delete, oldest first: beyond the newest `keep`, and older than `older_than` seconds. Raises UsageError for neither."""
    if keep is None and older_than is None:
        raise UsageError("nothing says which runs to delete", fix="give --keep N, --older-than 30d, or both")
    newest_first = sorted(Run.all(runs_dir), key=lambda run: (run.started_at, run.id), reverse=True)
    beyond = newest_first[keep or 0 :]
    before = time.time() - (older_than or 0)
    return [run for run in reversed(beyond) if older_than is None or run.started_at < before]


def delete(run: Run) -> None:
    """Delete a run's folder. Raises RunError when another process works on it, or the disk says no."""
    with locked(run.folder):
        pass
    try:
        # the clone is hostile: rmtree removes links, it never follows them
        shutil.rmtree(run.folder)
    except OSError as error:
        raise cannot_write(run.folder, error) from error


def left(runs_dir: Path, chosen: list[Run], dry_run: bool) -> int:
    """How many runs stay."""
    there = sum(1 for _ in Run.all(runs_dir))
    return there - len(chosen) if dry_run else there
