"""Putting the sample in place: the tree becomes a repository whose commit is always the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from repo_architect.atomic import cannot_write
from repo_architect.errors import RunError

RUN_ID = "sample"
_HERE = Path(__file__).parent
_WHEN = "2026-01-01T12:00:00+00:00"
_WHO = {"NAME": "RepoArchitectAgent", "EMAIL": "maintainers@repoarchitectagent.invalid"}


def put_in_place(runs_dir: Path) -> Path:
    """Copy the sample run into `runs_dir`, unless it is there. Returns its folder. Raises RunError."""
    folder = runs_dir / RUN_ID
    if (folder / "repo").is_dir():
        return folder
    try:
        runs_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=runs_dir) as temporary:
            made = Path(temporary) / RUN_ID
            shutil.copytree(_HERE / "run", made)
            (made / "stages").mkdir(exist_ok=True)
            make_repository(made / "repo")
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    except OSError as error:
        if (folder / "repo").is_dir():
            return folder
        raise cannot_write(folder, error) from error
    return folder


def make_repository(folder: Path) -> Path:
    """Make the sample repository: one commit on `main`, the same on every machine. Raises RunError without git."""
    shutil.copytree(_HERE / "repo", folder, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    settings = ("-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in _WHO.items()},
        "GIT_AUTHOR_DATE": _WHEN,
        "GIT_COMMITTER_DATE": _WHEN,
    }
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A", "-f"],
        ["commit", "-q", "-m", "Corner Shop 1.4.0"],
    ):
        try:
            subprocess.run(
                ["git", *settings, *command],
                cwd=folder,
                env=environment,
                check=True,
                capture_output=True,
                timeout=60,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise RunError(
                "the sample repository could not be made: git failed", fix="install git 2.28 or later"
            ) from error
    return folder
