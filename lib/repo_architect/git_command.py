"""Git commands with an end: a time limit for all of them together, and no process left behind."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_A_DAY = 86_400
OLDEST = (2, 31)
"""The first git that reads configuration from GIT_CONFIG_COUNT."""


class GitFailedError(Exception):
    """A git command ended with `status`; `message` is what it wrote to standard error, scrubbed of secrets."""

    def __init__(self, command: str, status: int, message: str) -> None:
        super().__init__(command, status, message)
        self.command = command
        self.status = status
        self.message = message


class GitTimeoutError(Exception):
    """The time for all commands was used up."""


class GitMissingError(Exception):
    """There is no git, or one older than `OLDEST`; `found` is its version, None where there is none."""

    def __init__(self, found: str | None) -> None:
        super().__init__(found)
        self.found = found


@dataclass(frozen=True)
class Git:
    """Runs git with one environment until `deadline` (time.monotonic seconds). `scrub` takes secrets out of messages."""

    environment: Mapping[str, str]
    deadline: float
    scrub: Callable[[str], str] = str

    def run(self, *arguments: str, folder: Path, data: bytes | None = None) -> bytes:
        """Standard output of `git <arguments>` in `folder`, with `data` on standard input.

        Raises GitFailedError, GitTimeoutError, GitMissingError. Whatever happens, no child stays behind.
        """
        process = self._start(arguments, folder, data is not None)
        try:
            output, error = process.communicate(
                data, timeout=min(max(self.deadline - time.monotonic(), 0.01), _A_DAY)
            )
        except subprocess.TimeoutExpired:
            raise GitTimeoutError from None
        finally:
            _end(process)
        if process.returncode:
            message = self.scrub(error.decode("utf-8", "replace"))
            raise GitFailedError(arguments[0], process.returncode, message)
        return output

    def text(self, *arguments: str, folder: Path) -> str:
        """As `run`, as text without the line feed at its end."""
        return self.run(*arguments, folder=folder).decode("utf-8", "backslashreplace").rstrip("\n")

    def succeeds(self, *arguments: str, folder: Path) -> bool:
        """Whether `git <arguments>` ends with 0."""
        try:
            self.run(*arguments, folder=folder)
        except GitFailedError:
            return False
        return True

    def _start(self, arguments: tuple[str, ...], folder: Path, piped: bool) -> subprocess.Popen[bytes]:
        if shutil.which("git", path=self.environment.get("PATH")) is None:
            raise GitMissingError(None)
        import git

        started = git.Git(str(folder)).execute(
            [*self._without_others(), *_ends_with_parent(), "git", *arguments],
            as_process=True,
            istream=subprocess.PIPE if piped else None,
            env=self.environment,
            start_new_session=True,
        )
        process: subprocess.Popen[bytes] = started.proc  # type: ignore[union-attr, assignment]
        started.proc = None  # type: ignore[union-attr]
        return process

    def _without_others(self) -> list[str]:
        """GitPython hands on the parent's whole environment; what is not in ours (GIT_DIR, tokens) is taken out."""
        names = sorted(name for name in os.environ if name not in self.environment)
        return ["env", *(part for name in names for part in ("-u", name))] if names else []


@cache
def _ends_with_parent() -> tuple[str, ...]:
    """Where there is setpriv (Linux), git ends with this process, even when that is killed outright."""
    program = shutil.which("setpriv")
    if program is None:
        return ()
    prefix = (program, "--pdeathsig", "TERM")
    tried = subprocess.run([*prefix, "true"], check=False, stdin=subprocess.DEVNULL, capture_output=True)
    return () if tried.returncode else prefix


def check_version(git: Git, folder: Path) -> None:
    """Raise GitMissingError where git is missing or older than `OLDEST`."""
    version = git.text("version", folder=folder).removeprefix("git version ")
    match = re.match(r"(\d+)\.(\d+)", version)
    if match is None or (int(match[1]), int(match[2])) < OLDEST:
        raise GitMissingError(version)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process group: git's helpers (ssh, index-pack) outlive git itself."""
    alive = process.poll() is None
    for signal_ in (signal.SIGTERM, signal.SIGKILL) if alive else (signal.SIGKILL,):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal_)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=2)
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
