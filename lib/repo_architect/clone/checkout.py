"""Writing the files of a commit; names that this file system cannot hold cost a note, not the clone."""

from __future__ import annotations

import re
from pathlib import Path

from repo_architect.clone.fetching import Fetched
from repo_architect.git_command import Git, GitFailedError

_UNWRITABLE = re.compile(
    r"^error: unable to create (?:file|symlink) (?P<path>.*): (?P<why>File name too long|Invalid argument|Illegal byte sequence)$",
    re.MULTILINE,
)


def check_out(git: Git, repo: Path, fetched: Fetched) -> tuple[str, ...]:
    """Check `fetched` out in `repo`, on its branch or detached. Returns notes on files that could not be written."""
    where = ("-B", fetched.branch, "--no-track") if fetched.branch else ("--detach",)
    try:
        git.run("checkout", "--quiet", "--force", *where, fetched.commit, "--", folder=repo)
    except GitFailedError as error:
        return _notes(error, git, repo, fetched)
    return ()


def _notes(error: GitFailedError, git: Git, repo: Path, fetched: Fetched) -> tuple[str, ...]:
    """One note for names that cannot be written, when that is all that went wrong. Raises the error otherwise."""
    unwritable = [match["why"] for match in _UNWRITABLE.finditer(error.message)]
    others = [
        line
        for line in _UNWRITABLE.sub("", error.message).splitlines()
        if line.startswith(("error:", "fatal:"))
    ]
    if not unwritable or others:
        raise error
    git.run("update-ref", "--no-deref", "HEAD", fetched.commit, folder=repo)
    return (
        f"{len(unwritable)} files have names that cannot be written here ({unwritable[0].lower()}) and are left out",
    )
