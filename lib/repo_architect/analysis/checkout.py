"""What a folder on this machine is: the commit and branch of a checkout, or a plain folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from repo_architect.contracts import Clone
from repo_architect.errors import CloneError

UNVERSIONED = "unversioned"
# a checkout's own configuration could name programs to run; these leave it none
_SAFE = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.pager=cat",
    "-c",
    "core.attributesFile=/dev/null",
)


def identify(root: Path) -> Clone:
    """A `Clone` for a folder that is analysed where it stands. Raises CloneError when it is no folder."""
    if not root.is_dir():
        raise CloneError(
            f"{root} is no folder",
            fix="give the folder of a checkout; for an address: repo-architect run URL",
        )
    top = _git(root, "rev-parse", "--show-toplevel")
    commit = (
        _git(root, "rev-parse", "--verify", "-q", "HEAD") if top and Path(top) == root.resolve() else None
    )
    committed_at = _git(root, "log", "-1", "--format=%cI") if commit else None
    return Clone(
        url=str(root),
        protocol="path",
        host=None,
        owner=None,
        name=root.resolve().name or "root",
        ref=None,
        commit=commit or UNVERSIONED,
        branch=_git(root, "symbolic-ref", "-q", "--short", "HEAD") if commit else None,
        default_branch=None,
        committed_at=committed_at or "1970-01-01T00:00:00+00:00",
        shallow=_git(root, "rev-parse", "--is-shallow-repository") == "true" if commit else True,
        size_bytes=0,
        file_count=0,
    )


def _git(root: Path, *arguments: str) -> str | None:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *_SAFE, *arguments],
            cwd=root,
            env=environment,
            capture_output=True,
            timeout=30,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip() or None
