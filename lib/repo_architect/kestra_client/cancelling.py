"""An execution stopped."""

from __future__ import annotations

from requests.exceptions import JSONDecodeError

from repo_architect.errors import KestraError
from repo_architect.kestra_client import following
from repo_architect.kestra_client.connection import Kestra


def cancel(kestra: Kestra, execution_id: str) -> None:
    """Ask Kestra to kill an execution and its subflows. Raises KestraError, also when it is over."""
    now = following.look(kestra, execution_id)
    if now.over:
        raise KestraError(
            f"the execution {execution_id} is over: {now.state}",
            fix=f"see it: repo-architect kestra show {execution_id}",
        )
    with kestra.asked(f"stop {execution_id}"):
        try:
            kestra.api.executions.kill_execution(execution_id, kestra.tenant, is_on_kill_cascade=True)
        except JSONDecodeError:
            return  # accepted, and said with an empty body
