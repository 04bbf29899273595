"""Executions found by flow, state and repository, and their log lines."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.settings import FLOW
from repo_architect.kestra_client.views import Execution, execution

PAGE, MOST_PAGES = 100, 50
LAST_WORDS = 20
LOG_ATTEMPTS, LOG_PAUSE = 4, 0.5


def find(
    kestra: Kestra,
    namespace: str,
    *,
    states: Iterable[str] = (),
    repository: str = "",
    limit: int = 20,
    flow: str = FLOW,
) -> list[Execution]:
    """The newest executions of a flow, at most `limit`; `repository` is a part of the address that was analysed.

    Kestra cannot filter by an input, so for `repository` the newest 5,000 are read. Raises KestraError.
    """
    found = []
    for one in _newest(
        kestra, _filters(namespace, flow, list(states)), PAGE if repository else min(PAGE, limit)
    ):
        if repository.lower() in one.repository.lower():
            found.append(one)
        if len(found) == limit:
            break
    return found


def log_lines(
    kestra: Kestra, execution_id: str, *, task_run: str | None = None, level: str | None = None
) -> list[str]:
    """Lines of the log as `LEVEL task  message`, fit for a terminal. Raises KestraError."""
    with kestra.asked(f"read the log of {execution_id}"):
        entries = kestra.api.logs.list_logs_from_execution(
            execution_id, kestra.tenant, min_level=level, task_run_id=task_run
        )
        return [kestra.settings.plain(line) for entry in entries for line in _lines(entry)]


def last_words(kestra: Kestra, execution_id: str, task_run: str) -> list[str]:
    """The last lines that a failed task logged, without Kestra's own traces. Raises KestraError."""
    for _ in range(LOG_ATTEMPTS):
        found = log_lines(kestra, execution_id, task_run=task_run, level="INFO")
        if found:
            return found[-LAST_WORDS:]
        time.sleep(LOG_PAUSE)  # Kestra stores log lines behind the state of the task
    return []


def _lines(entry: Any) -> Iterator[str]:
    level = getattr(entry.level, "value", entry.level) or ""
    for line in str(entry.message or "").splitlines():
        yield f"{level:<5} {entry.task_id or '':<17} {line}"


def _filters(namespace: str, flow: str, states: list[str]) -> list[Any]:
    wanted: list[Any] = [
        {"field": "namespace", "operation": "EQUALS", "value": namespace},
        {"field": "flowId", "operation": "EQUALS", "value": flow},
    ]
    if states:
        wanted.append({"field": "state", "operation": "IN", "value": states})
    return wanted


def _newest(kestra: Kestra, filters: list[Any], size: int) -> Iterator[Execution]:
    seen = 0
    for page in range(1, MOST_PAGES + 1):
        with kestra.asked("list executions"):
            told = kestra.api.executions.search_executions(
                kestra.tenant, page=page, size=size, sort=["state.startDate:desc"], filters=filters
            )
            found = [execution(one) for one in told["results"]]
            total = int(told["total"])
        yield from found
        seen += len(found)
        if not found or seen >= total:
            return
