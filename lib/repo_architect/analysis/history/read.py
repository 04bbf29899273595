"""Read the history with git, within bounds."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from repo_architect.analysis.files.listing import GIT, git_environment
from repo_architect.contracts.repo_shape import History, Hotspot

MAX_COMMITS = 20_000
"""Churn is counted over the latest commits, at most this many."""
MAX_SECONDS = 60
HOTSPOTS = 20
SHALLOW = "the clone is shallow; clone with full history to know commits, contributors and hotspots"
NO_COMMITS = "there are no commits"
NOT_GIT = "not a git work tree"
PARTIAL = "the history was too long to read in time"
MISSING = "the clone lacks the contents of earlier commits, so that churn and hotspots are unknown"
LATEST = f"counted over the latest {MAX_COMMITS} commits"
_RECORD = "\x01"
_UNIT = "\x02"

Complexity = Callable[[str], int | None]


@dataclass
class _Log:
    commits: int = 0
    people: set[str] = field(default_factory=set)
    churn: Counter[str] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None


def read(root: Path, shallow: bool, complexity: Complexity | None = None) -> History:
    """The history of the work tree at `root`. Null fields, with the reason, where it cannot be known.

    `complexity` gives a file's branches plus one, None for what is no source. Hotspots are the files whose churn times
    complexity is largest; there are none without `complexity`, or where there is but one commit. Churn is lines added and removed; merges and
    binary files add none. A file that was renamed counts under the name it has now.
    """
    if not (root / ".git").exists():
        return _unknown(NOT_GIT)
    if shallow or (root / ".git" / "shallow").exists():
        return _unknown(SHALLOW)
    text = _log(root, "--numstat", "--find-renames")
    missing = text == ""
    text = _log(root) if missing else text
    if text is None:
        return _unknown(PARTIAL)
    log = _read(text)
    if not log.commits:
        return _unknown(NO_COMMITS)
    return History(
        commits=log.commits,
        contributors=len(log.people),
        hotspots=tuple(islice(_hotspots(root, log.churn, complexity), HOTSPOTS))
        if complexity and log.commits > 1
        else (),
        first_commit_at=log.first,
        last_commit_at=log.last,
        reason=MISSING if missing else LATEST if log.commits >= MAX_COMMITS else None,
    )


def _unknown(reason: str) -> History:
    return History(commits=None, contributors=None, reason=reason)


def _log(root: Path, *changes: str) -> str | None:
    """Commits, newest first, each with author, date and what `changes` asks for; empty where git fails, as it does
    where objects are missing, None where it takes too long.
    """
    command = [
        *GIT, "-C", str(root), "log", f"--max-count={MAX_COMMITS}", *changes, "-z", "--no-ext-diff", "--no-textconv",
        "--no-show-signature", "--use-mailmap", f"--format={_RECORD}%aE{_UNIT}%cI{_UNIT}",
    ]  # fmt: skip
    environment = git_environment(root)
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return "" if done.returncode else done.stdout.decode("utf-8", "replace")


def _read(text: str) -> _Log:
    log = _Log()
    now: dict[str, str] = {}
    for record in text.split(_RECORD)[1:]:
        email, date, changes = [*record.split(_UNIT, 2), "", ""][:3]
        log.commits += 1
        log.people.add(email.strip().lower())
        # git before 2.45 writes Z for +00:00
        log.first = date.strip().replace("Z", "+00:00")
        log.last = log.last or log.first
        for lines, old, path in _changes(changes):
            shown = now.get(path, path)
            log.churn[shown] += lines
            if old != path:
                now[old] = shown
    return log


def _changes(text: str) -> Iterator[tuple[int, str, str]]:
    """Changed lines, old path and path of each file of a commit. A rename's paths come as two fields of their own."""
    fields = iter(text.lstrip("\0\n").split("\0"))
    for entry in fields:
        added, _, rest = entry.lstrip("\n").partition("\t")
        removed, tab, path = rest.partition("\t")
        if not tab:
            continue
        old, path = (path, path) if path else (next(fields, ""), next(fields, ""))
        if added.isdigit() and removed.isdigit():
            yield int(added) + int(removed), old, path


def _hotspots(root: Path, churn: Counter[str], complexity: Complexity) -> Iterable[Hotspot]:
    """The files that are still there, worst first, read as far as they are asked for."""
    known = ((path, lines, complexity(path)) for path, lines in churn.items() if lines)
    ranked = sorted(
        (
            (lines * (branches or 0), path, lines, branches or 0)
            for path, lines, branches in known
            if branches
        ),
        key=_worst,
    )
    for _, path, lines, branches in ranked:
        if _is_there(root, path):
            yield Hotspot(path=path, churn=lines, complexity=branches)


def _worst(row: tuple[int, str, int, int]) -> tuple[int, str]:
    return -row[0], row[1]


def _is_there(root: Path, path: str) -> bool:
    try:
        return path.isprintable() and not (root / path).is_symlink() and (root / path).is_file()
    except (OSError, ValueError):
        return False
