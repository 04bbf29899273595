"""Executions as this program shows them, made from kestrapy's models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

OVER = frozenset({"SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED"})
UNSUCCESSFUL = frozenset({"FAILED", "KILLED", "CANCELLED"})
SECRET_INPUTS = frozenset({"github_token", "git_token"})


@dataclass(frozen=True)
class TaskRun:
    """A task of an execution; `seconds` is None while it runs, `attempts` counts from 1."""

    id: str
    task: str
    state: str
    seconds: float | None
    attempts: int
    value: str | None = None
    parent: str | None = None


@dataclass(frozen=True)
class Execution:
    """An execution: its state, times and tasks in the order they began."""

    id: str
    namespace: str
    flow: str
    state: str
    started: datetime | None
    seconds: float | None
    inputs: dict[str, Any]
    tasks: tuple[TaskRun, ...]

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def failures(self) -> list[TaskRun]:
        """The tasks that failed, also those that may; not the groups that failed with them."""
        groups = {task.parent for task in self.tasks}
        return [task for task in self.tasks if task.state in ("FAILED", "WARNING") and task.id not in groups]

    @property
    def repository(self) -> str:
        return str(self.inputs.get("repo_url") or "")


def execution(model: Any) -> Execution:
    """A kestrapy Execution, or its JSON, as an Execution. Raises ValueError when it is none.

    Read field by field: kestrapy makes a model also of an answer that lacks fields it requires.
    """
    state = _of(model, "state")
    started, seconds = _times(state)
    runs = sorted(_of(model, "task_run_list") or (), key=lambda run: _began(_of(run, "state")))
    inputs = _of(model, "inputs") or {}
    return Execution(
        id=_text(model, "id"),
        namespace=_text(model, "namespace"),
        flow=_text(model, "flow_id"),
        state=_word(state),
        started=started,
        seconds=seconds,
        inputs={name: value for name, value in inputs.items() if name not in SECRET_INPUTS},
        tasks=tuple(_task(run) for run in runs),
    )


def _task(model: Any) -> TaskRun:
    state = _of(model, "state")
    value = _of(model, "value")
    return TaskRun(
        id=_text(model, "id"),
        task=_text(model, "task_id"),
        state=_word(state),
        seconds=_times(state)[1],
        attempts=max(1, len(_of(model, "attempts") or ())),
        value=None if value is None else str(value),
        parent=_of(model, "parent_task_run_id"),
    )


_JSON_NAMES = {
    "task_run_list": "taskRunList", "parent_task_run_id": "parentTaskRunId", "flow_id": "flowId", "task_id": "taskId",
    "start_date": "startDate", "end_date": "endDate", "var_date": "date",
}  # fmt: skip


def _of(thing: Any, name: str) -> Any:
    """A field of a model or of its JSON, None when it is not there."""
    if isinstance(thing, dict):
        return thing.get(_JSON_NAMES.get(name, name))
    return getattr(thing, name, None)


def _text(model: Any, name: str) -> str:
    found = _of(model, name)
    if not isinstance(found, str) or not found:
        raise ValueError(f"an execution without {name}")
    return found


def _word(state: Any) -> str:
    found = _of(state, "current")
    word = getattr(found, "value", found)
    if not isinstance(word, str):
        raise ValueError("a state without its name")  # noqa: TRY004
    return word


def _times(state: Any) -> tuple[datetime | None, float | None]:
    """When it began, and its seconds when it is over."""
    moments = list(_moments(state))
    if not moments:
        return None, None
    settled = _word(state) in OVER | {"SKIPPED"}
    return moments[0], (moments[-1] - moments[0]).total_seconds() if settled else None


def _moments(state: Any) -> Iterator[datetime]:
    """The moments of a state's changes, in order; of its start and end when it has no history."""
    changes = [_of(change, "var_date") for change in _of(state, "histories") or ()]
    for moment in changes or [_of(state, "start_date"), _of(state, "end_date")]:
        if isinstance(moment, str):
            yield _aware(datetime.fromisoformat(moment))
        elif isinstance(moment, datetime):
            yield _aware(moment)


def _began(state: Any) -> datetime:
    return next(_moments(state), datetime.max.replace(tzinfo=UTC))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
