"""An execution followed to its end, through dropped connections.

Asked every few seconds, not by the event stream: a stream says nothing of a proxy that holds it back, and has to be asked after anyway.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from repo_architect.errors import KestraError
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.refusals import AbsentError, UnreachableError
from repo_architect.kestra_client.views import Execution, TaskRun, execution

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
PATIENCE = 300.0
"""Seconds for which a server may be away before following is given up."""
SETTLING = 15.0
"""Seconds for which a new execution may not be found yet: Kestra stores it behind its queue."""

Listener = Callable[[TaskRun], None]


def look(kestra: Kestra, execution_id: str) -> Execution:
    """The execution as it is now. Raises KestraError; AbsentError when there is none."""
    try:
        with kestra.asked(f"read the execution {execution_id}"):
            return execution(kestra.api.executions.execution(execution_id, kestra.tenant))
    except AbsentError:
        raise AbsentError(
            f"there is no execution {execution_id} in {kestra.settings.url}, tenant {kestra.tenant}",
            fix="choose one of `repo-architect kestra list`",
        ) from None


def follow(kestra: Kestra, execution_id: str, listener: Listener, timeout: float | None = None) -> Execution:
    """Ask until the execution is over, telling each change of a task's state.

    `timeout` is in seconds. Raises KestraError when it is reached or the server stays away; the execution goes on.
    """
    begun = heard = time.monotonic()
    told: dict[str, str] = {}
    pause = FIRST_PAUSE
    while True:
        try:
            now = look(kestra, execution_id)
            heard = time.monotonic()
            if _tell(now, told, listener):
                pause = FIRST_PAUSE
            if now.over:
                return now
        except (UnreachableError, AbsentError) as error:
            allowed = SETTLING if isinstance(error, AbsentError) else PATIENCE
            if time.monotonic() - heard > allowed:
                raise
        if timeout is not None and time.monotonic() - begun + pause > timeout:
            raise KestraError(
                f"the execution {execution_id} is not over after {timeout:g} s; it goes on in Kestra",
                fix=f"see how it does: repo-architect kestra show {execution_id}",
            )
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)


def _tell(now: Execution, told: dict[str, str], listener: Listener) -> bool:
    """Tell what changed; whether anything did."""
    changed = [task for task in now.tasks if told.get(task.id) != task.state]
    for task in changed:
        told[task.id] = task.state
        listener(task)
    return bool(changed)
