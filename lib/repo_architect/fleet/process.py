"""The fleet's side of a worker: start it, give it a task, hear it, stop it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress

from pydantic import ValidationError

from repo_architect.errors import StageError
from repo_architect.fleet.messages import Said, Task

COMMAND = (sys.executable, "-m", "repo_architect.fleet.worker")
GRACE = 60
"""Seconds that a worker may take beyond the time limit of its run."""


class Worker:
    """A worker process, started when the first task comes and again when it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        # for the life of the worker: a pipe that nobody reads would fill, and stop it
        self._said = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115

    def perform(self, task: Task, hear: Callable[[Said], None]) -> Said:
        """Give the task, call `hear` for each line, and return the last. Raises StageError when the worker dies or hangs."""
        process = self._running()
        overdue = threading.Timer(task.run_timeout + GRACE, process.kill)
        overdue.daemon = True
        overdue.start()
        try:
            assert process.stdin is not None and process.stdout is not None  # noqa: S101 - both are pipes
            with suppress(BrokenPipeError):
                process.stdin.write(task.model_dump_json() + "\n")
                process.stdin.flush()
            for line in process.stdout:
                said = _understood(line)
                if said and said.ended:
                    return said
                if said:
                    hear(said)
        finally:
            overdue.cancel()
        raise self._died(process)

    def interrupt(self) -> None:
        """As Ctrl-C: the run that goes on stops its kernels and keeps its records."""
        if self._process and self._process.poll() is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """End the worker at once; its kernels see that they are alone, and end too."""
        if self._process:
            self._process.kill()

    def close(self, seconds: float = 10) -> None:
        """Let the worker end, and end it when it does not."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                text=True,
                encoding="utf-8",
                # Ctrl-C reaches the fleet alone, which then stops its workers in order
                start_new_session=True,
                env={**os.environ, "PYTHONSAFEPATH": "1"},
            )
        return self._process

    def _died(self, process: subprocess.Popen[str]) -> StageError:
        try:
            code = process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        self._said.seek(max(0, self._said.tell() - 2000))
        last = self._said.read().strip().splitlines()[-1:]
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        return StageError(
            f"the process of the run ended {how}" + (f": {last[0]}" if last else ""),
            fix="look at memory and time limits, then call the fleet again: it goes on",
        )


def _understood(line: str) -> Said | None:
    try:
        return Said.model_validate_json(line)
    except ValidationError:
        return None
