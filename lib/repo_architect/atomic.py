"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from repo_architect.errors import RunError

_FIXES = {
    errno.ENOSPC: (
        "the disk is full",
        "free some room, or choose another place with --runs-dir; then resume the run",
    ),
    errno.EDQUOT: ("the disk quota is used up", "free some room, or choose another place with --runs-dir"),
    errno.EROFS: (
        "it is on a read-only file system",
        "choose another place with --runs-dir or REPO_ARCHITECT_RUNS",
    ),
    errno.EACCES: ("permission denied", "choose another place with --runs-dir or REPO_ARCHITECT_RUNS"),
    errno.EPERM: ("permission denied", "choose another place with --runs-dir or REPO_ARCHITECT_RUNS"),
    errno.ENOTDIR: ("a part of the path is not a folder", "choose another place with --runs-dir"),
}


def write(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, then move it there. Raises RunError when the disk says no; nothing is left behind."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            os.fchmod(stream.fileno(), 0o644)
        Path(temporary).replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> RunError:
    """The RunError that tells a user why a file or folder cannot be written."""
    why, fix = _FIXES.get(
        error.errno or 0, (error.strerror or str(error), "look at the folder, then try again")
    )
    return RunError(f"cannot write {path}: {why}", fix=fix)
