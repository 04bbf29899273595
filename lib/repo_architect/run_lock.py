"""One process at a time works on a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from repo_architect.atomic import cannot_write
from repo_architect.errors import RunError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the run's lock; the system lets it go when the process ends. Raises RunError when another holds it."""
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunError(
            f"the run {folder.name} is being worked on by another process",
            fix="wait until it ends, or start a run of its own: repo-architect run URL",
        ) from None
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        yield
    finally:
        lock.release()
