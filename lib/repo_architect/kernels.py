"""The kernels of the stages: their environment, and stopping those that still run."""

from __future__ import annotations

import itertools
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_numbers = itertools.count()
_alive: dict[int, Any] = {}
_lock = threading.Lock()
# KESTRA_CONFIGURATION holds the passwords of a Kestra server in one variable
_SENSITIVE = re.compile(
    r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_KEY|(_KEY|_PAT)$|^KESTRA_", re.IGNORECASE
)


def environment_for(secrets: tuple[str, ...], extra: dict[str, str]) -> dict[str, str]:
    """The environment of a stage's kernel: this one, less every variable that looks like a secret and is not in `secrets`."""
    kept = {
        name: value for name, value in os.environ.items() if name in secrets or not _SENSITIVE.search(name)
    }
    # numeric libraries start a thread a core at import; eight kernels need none
    return {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", **kept, **extra}


def stop_all(signal_number: int) -> None:
    """Send a signal to the process group of every kernel that still runs."""
    with _lock:
        managers = list(_alive.values())
    for manager in managers:
        pid = getattr(manager.provisioner, "pid", None)
        if pid:
            try:
                os.killpg(os.getpgid(pid), signal_number)
            except (ProcessLookupError, PermissionError):
                continue


@contextmanager
def known(manager: Any) -> Iterator[None]:
    """While inside, `stop_all` reaches the kernel of this manager."""
    number = next(_numbers)
    with _lock:
        _alive[number] = manager
    try:
        yield
    finally:
        with _lock:
            _alive.pop(number, None)
