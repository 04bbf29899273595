"""CPU seconds of a command with every process it starts, also those whose parent ended before them."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Spent:
    """CPU and wall seconds, and the exit code."""

    cpu: float
    wall: float
    code: int


def spent(command: Sequence[str], env: Mapping[str, str] | None = None) -> Spent:
    """Run a command and count all its descendants: orphans are handed to this process, which waits for them."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, begun = _cpu(), time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    code = process.wait()
    wall = time.monotonic() - begun
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    return Spent(_cpu() - before, wall, code)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
