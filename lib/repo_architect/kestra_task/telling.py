"""What Kestra reads on a task's standard output: `::{…}::` lines are outputs, metrics and log entries.

Text goes as JSON, so that what it quotes of a repository passes for nothing else, and its lines stay together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def outputs(values: Mapping[str, Any], counts: Mapping[str, float], seconds: float | None) -> None:
    """Send outputs, a counter for each of `counts`, and the timer `seconds`."""
    metrics: list[dict[str, Any]] = [
        {"name": name, "type": "counter", "value": value} for name, value in counts.items()
    ]
    if seconds is not None:
        metrics.append({"name": "seconds", "type": "timer", "value": seconds})
    _send({"outputs": dict(values), "metrics": metrics})


def log(text: str, level: str = "INFO") -> None:
    """One entry in the task's log, of one or more lines."""
    _send({"logs": [{"level": level, "message": text}]})


def _send(message: dict[str, Any]) -> None:
    print("::" + json.dumps(message) + "::", flush=True)  # noqa: T201
