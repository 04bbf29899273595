"""Which files there are: by git's index where the root is a work tree, else by walking the folders."""

from __future__ import annotations

import os
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from repo_architect.analysis.files.names import printable
from repo_architect.analysis.limits import Limits, Notes

GIT = (
    "git", "--no-pager", "--no-optional-locks",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "-c", "core.excludesFile=",
)  # fmt: skip
"""git that runs nothing the repository's own configuration names."""
GIT_TIMEOUT = 60
GITLINK_NOTE = "a submodule or nested repository, not followed"


@dataclass
class Listing:
    """What a root holds: regular files with size and mode, links with their targets. Paths are raw, relative."""

    files: dict[bytes, os.stat_result] = field(default_factory=dict)
    links: dict[bytes, bytes] = field(default_factory=dict)

    def add(self, root: bytes, path: bytes, info: os.stat_result, notes: Notes) -> None:
        """Take up a file or link; anything else that is no folder is noted."""
        if stat.S_ISREG(info.st_mode):
            self.files[path] = info
        elif stat.S_ISLNK(info.st_mode):
            self.links[path] = _target(root + b"/" + path)
        elif not stat.S_ISDIR(info.st_mode):
            notes.skip("special", "a pipe, socket or device, not read", printable(path))


def git_environment(root: Path) -> dict[str, str]:
    """The environment of a git that looks at `root` alone, asks nothing, and reads no system configuration."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_CEILING_DIRECTORIES": str(root.parent),
        "GIT_CONFIG_NOSYSTEM": "1",
        # a partial clone must not fetch what it lacks, least of all from where its configuration says
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def listing(root: Path, limits: Limits, notes: Notes) -> Listing:
    """The regular files and links below `root`, without `.git`, ignored files of a work tree left out."""
    known = _of_git(root) if (root / ".git").exists() else None
    return _walk(root, limits, notes) if known is None else _look_up(root, known, limits, notes)


def _of_git(root: Path) -> list[bytes] | None:
    """Tracked files, and those neither tracked nor ignored; None where git cannot say."""
    command = [
        *GIT,
        "-C",
        str(root),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--deduplicate",
    ]
    try:
        done = subprocess.run(
            command,
            env=git_environment(root),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=GIT_TIMEOUT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return [path for path in done.stdout.split(b"\0") if path]


def _look_up(root: Path, paths: list[bytes], limits: Limits, notes: Notes) -> Listing:
    found = Listing()
    base = os.fsencode(root)
    folders = {b"": True}
    for path in paths:
        if path.endswith(b"/"):
            notes.skip("submodule", GITLINK_NOTE, printable(path))
        elif path.count(b"/") > limits.max_depth:
            notes.skip("too_deep", f"below {limits.max_depth} folders", printable(path))
        elif _real_folder(base, path.rpartition(b"/")[0], folders):
            _look_at(found, base, path, notes)
    return found


def _look_at(found: Listing, base: bytes, path: bytes, notes: Notes) -> None:
    try:
        info = os.lstat(base + b"/" + path)
    except OSError:
        return
    if stat.S_ISDIR(info.st_mode):
        notes.skip("submodule", GITLINK_NOTE, printable(path))
    found.add(base, path, info, notes)


def _real_folder(base: bytes, folder: bytes, known: dict[bytes, bool]) -> bool:
    """Whether a folder is reached without a link. git's index may name a file behind one."""
    if folder not in known:
        try:
            real = stat.S_ISDIR(os.lstat(base + b"/" + folder).st_mode)
        except OSError:
            real = False
        known[folder] = real and _real_folder(base, folder.rpartition(b"/")[0], known)
    return known[folder]


def _walk(root: Path, limits: Limits, notes: Notes) -> Listing:
    """Level by level, so that what is nearest the root is had when there is too much of it."""
    found = Listing()
    base = os.fsencode(root)
    level = [b""]
    for depth in range(limits.max_depth + 1):
        below: list[bytes] = []
        for folder in level:
            below += _scan(found, base, folder, notes)
        level = below
        if not level:
            return found
        if len(found.files) > limits.max_files:
            notes.skip(
                "too_many",
                f"folders not entered, {limits.max_files} files are nearer the root",
                count=len(level),
            )
            return found
        if depth == limits.max_depth:
            notes.skip("too_deep", f"below {limits.max_depth} folders", printable(min(level)), len(level))
    return found


def _scan(found: Listing, base: bytes, folder: bytes, notes: Notes) -> list[bytes]:
    """Take up what a folder holds; the folders in it."""
    below: list[bytes] = []
    prefix = folder + b"/" if folder else b""
    try:
        with os.scandir(base + b"/" + folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != b".git":
                        below.append(prefix + entry.name)
                else:
                    found.add(base, prefix + entry.name, entry.stat(follow_symlinks=False), notes)
    except OSError as error:
        notes.skip("unreadable", error.strerror or "cannot be read", printable(folder) or ".")
    return sorted(below)


def _target(path: bytes) -> bytes:
    try:
        return os.readlink(path)  # noqa: PTH115 - pathlib takes no bytes
    except OSError:
        return b""
