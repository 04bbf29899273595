"""A process that runs repositories one after the other: tasks come on its standard input, what happens goes out on its standard output.

papermill changes the folder of its process, so two runs never share one. When the input is closed, because the fleet ended or was
killed, a run that goes on is interrupted as by Ctrl-C: nothing is left behind.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from repo_architect import pipeline
from repo_architect.fleet.messages import Said, Task, failed
from repo_architect.run import Run

Say = Callable[[Said], None]


def main() -> int:
    """Serve tasks until there are no more. 130 when interrupted."""
    say = _private_output()
    tasks: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    try:
        while (line := tasks.get()) is not None:
            say(perform(Task.model_validate_json(line), say))
    except KeyboardInterrupt:
        return 130
    return 0


def perform(task: Task, say: Say) -> Said:
    """Run what the task asks for, telling each change of a stage; what comes back is how it ended."""
    begun = time.monotonic()
    stage: str | None = None

    def listen(event: pipeline.Event) -> None:
        nonlocal stage
        name = event.stage.name
        if event.error:
            stage = stage if event.stage.may_fail else name
            say(Said(**failed(name, event.error, event.seconds)))
        else:
            say(Said(stage=name, state=event.state, seconds=event.seconds))

    try:
        state = _go(task, listen)
    except Exception as error:
        return Said(**failed(stage, error, time.monotonic() - begun), ended=True)
    ended: Literal["success", "partial"] = "partial" if state == "partial" else "success"
    return Said(state=ended, seconds=time.monotonic() - begun, ended=True)


def _go(task: Task, listener: pipeline.Listener) -> str:
    plan = pipeline.Plan(task.parameters, task.timeouts, task.run_timeout, task.jobs)
    runs_dir = Path(task.runs_dir)
    if (runs_dir / task.folder).is_dir():
        return pipeline.resume(Run(runs_dir / task.folder), plan, listener).state
    return pipeline.start(Run.start(task.folder, runs_dir), plan, listener).state


def _private_output() -> Say:
    """Keep standard output for messages: whatever else prints goes where errors go."""
    kept = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(said: Said) -> None:
        kept.write(said.model_dump_json() + "\n")
        kept.flush()

    return say


def _listen(tasks: queue.SimpleQueue[str | None]) -> None:
    for line in sys.stdin:
        tasks.put(line)
    tasks.put(None)
    # a signal to this very thread, since a lock that it waits for is not left otherwise
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
