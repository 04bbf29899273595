"""The client against Kestra's own engine: its validator, executions, logs, outputs and files, behind the local server's paths."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from repo_architect import manifest
from repo_architect.kestra_client import flow_files
from repo_architect.kestra_client.flow_files import Flow
from repo_architect.kestra_client.rendering import DOCKER, Variant, render
from repo_architect.run import Run
from repo_architect.stages import STAGES
from support.kestra_engine import Engine
from support.kestra_server import KestraServer, _json, execution, refused, task

pytestmark = pytest.mark.kestra
Command = Callable[..., Any]
NAMESPACE = "tests.client"
ROOT = Path(__file__).parents[2]
FLOW = """\
id: repo_architect_agent
namespace: repoarchitectagent
inputs:
  - {id: repo_url, type: STRING}
  - {id: open_pr, type: BOOL, defaults: true}
  - {id: github_token, type: SECRET, required: false}
tasks:
  - id: clone_repo
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {type: io.kestra.plugin.core.runner.Process}
    namespaceFiles: {enabled: true, include: ["notebooks/*"]}
    env: {URL: "{{ inputs.repo_url }}", PR: "{{ inputs.open_pr }}"}
    outputFiles: ["run/**"]
    commands:
      - mkdir -p run/notebooks && cp notebooks/01_clone_repo.ipynb run/notebooks/
      - printf '%s %s' "$URL" "$PR" > run/seen.txt
      - test "$URL" != https://example.org/o/broken || { echo "cannot clone it" >&2; exit 3; }
  - id: each
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: generate_ci
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner: {type: io.kestra.plugin.core.runner.Process}
        allowFailure: true
        commands: ['test "{{ taskrun.attemptsCount }}" = 1']
        retry: {type: constant, interval: PT0.1S, maxAttempts: 2}
outputs:
  - {id: seen, type: FILE, value: "{{ outputs.clone_repo.outputFiles['run/seen.txt'] }}"}
"""


class EngineServer(KestraServer):
    """The local server, with Kestra's engine behind it."""

    engine: Engine

    def validate(self, request: Request) -> Response:
        source, _ = self._source(request)
        return _json(self.engine.call("validate", source=source))

    def _keep(self, key: tuple[str, str], source: str) -> Response:
        self.engine.deploy(source)
        return super()._keep(key, source)

    def put_file(self, request: Request, namespace: str) -> Response:
        answer = super().put_file(request, namespace)
        path = request.args["path"]
        made = self.engine.data / Path(path).name
        made.write_bytes(self.files[namespace, path])
        self.engine.put_file(namespace, path, made)
        return answer

    def start(self, request: Request, namespace: str, name: str) -> Response:
        given = {
            key: yaml.safe_load(value) if value in ("true", "false") else value
            for key, value in request.form.items()
        }
        started = self.engine.start(namespace, name, given)
        return _json(self.engine.get(started).raw)

    def execution(self, request: Request, name: str) -> Response:
        return _json(self.engine.get(name).raw)

    def entries(self, name: str) -> list[dict[str, Any]]:
        return self.engine.logs(name)

    def flow_outputs(self, request: Request, name: str) -> Response:
        return _json(self.engine.get(name).outputs)

    def _runs(self, name: str) -> dict[str, Any]:
        found = self.engine.get(name)
        return {
            run.id: found.task_outputs[run.task] for run in found.tasks if found.task_outputs.get(run.task)
        }

    def outputs_information(self, request: Request, name: str) -> Response:
        return _json([{"taskRunId": run, "inline": True} for run in self._runs(name)])

    def outputs_of_run(self, request: Request, name: str, run: str) -> Response:
        return _json(self._runs(name)[run])

    def stored(self, request: Request, name: str) -> Response:
        file = self.engine.file(request.args["path"])
        return (
            Response(file.read_bytes(), content_type="application/octet-stream")
            if file.is_file()
            else refused(404, "Not Found")
        )


@pytest.fixture
def kestra(kestra: KestraServer, httpserver: HTTPServer, engine: Engine) -> Iterator[EngineServer]:
    httpserver.clear()
    server = EngineServer(httpserver)
    server.engine = engine
    yield server
    assert server.unknown == []


@pytest.fixture(autouse=True)
def _flows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/flow.yml").write_text(FLOW)
    monkeypatch.setattr(flow_files, "folder", lambda: tmp_path / "flows")


@pytest.fixture
def command(kestra: EngineServer, command: Command) -> Command:
    assert command("deploy", "--namespace", NAMESPACE, "--edited", "overwrite").code == 0

    def run(*words: str) -> Any:
        return command(*words)

    return run


def test_a_run_from_deployment_to_fetched_files(
    kestra: EngineServer, command: Command, tmp_path: Path
) -> None:
    ended = command(
        "run",
        "https://example.org/o/n",
        "--namespace",
        NAMESPACE,
        "--wait",
        "--output",
        str(tmp_path / "out"),
    )
    assert ended.code == 0, ended.err
    assert (tmp_path / "out/seen.txt").read_text() == "https://example.org/o/n false"
    assert (tmp_path / "out/notebooks/01_clone_repo.ipynb").read_bytes() == flow_files.notebooks()[
        "notebooks/01_clone_repo.ipynb"
    ]
    told = json.loads(command("show", ended.out.strip(), "--format", "json").out)
    assert told["files"] == ["run/notebooks/01_clone_repo.ipynb", "run/seen.txt"]
    assert told["outputs"]["seen"].startswith("kestra:///")
    assert {one["id"]: one["state"] for one in told["tasks"]}["clone_repo"] == "SUCCESS"
    assert {one["id"]: one["attempts"] for one in told["tasks"]}["generate_ci"] == 2
    assert all(one["seconds"] >= 0 for one in told["tasks"])


def test_a_failure_shows_what_the_task_said(kestra: EngineServer, command: Command) -> None:
    ended = command("run", "https://example.org/o/broken", "--namespace", NAMESPACE, "--wait")
    assert ended.code == 4
    assert "clone_repo failed:" in ended.err
    assert "cannot clone it" in ended.err
    assert "WorkerTaskProcessor" not in ended.err


def test_kestra_s_validator_refuses_a_flow_in_its_own_words(
    kestra: EngineServer, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "flows/flow.yml").write_text(
        FLOW.replace("io.kestra.plugin.core.flow.Parallel", "io.kestra.plugin.core.flow.Nothing")
    )
    before = dict(kestra.flows)
    ended = command("deploy", "--namespace", NAMESPACE)
    assert ended.code == 9
    assert "Invalid type: io.kestra.plugin.core.flow.Nothing" in ended.err
    assert kestra.flows == before


def test_the_imitation_has_the_shape_that_the_engine_writes(kestra: EngineServer, command: Command) -> None:
    started = command("run", "https://example.org/o/n", "--namespace", NAMESPACE, "--wait").out.strip()
    real = kestra.engine.get(started).raw
    assert set(execution("e", "SUCCESS")) <= set(real) | {"labels"}
    assert set(execution("e", "SUCCESS")["state"]) <= set(real["state"])
    assert set(execution("e", "SUCCESS")["state"]["histories"][0]) == set(real["state"]["histories"][0])
    assert set(task("t")) <= set(real["taskRunList"][0])
    logged = kestra.engine.logs(started)[0]
    assert {"namespace", "flowId", "executionId", "level", "timestamp", "message"} <= set(logged)


def test_the_committed_flow_runs_and_what_is_fetched_is_a_run_folder(
    kestra: EngineServer, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow_files, "folder", lambda: ROOT / "kestra")
    assert command("deploy", "--namespace", NAMESPACE, "--edited", "overwrite").code == 0
    ended = command("run", "sample", "--namespace", NAMESPACE, "--wait", "--output", str(tmp_path / "out"))
    assert ended.code == 0, ended.err
    run = Run.open(str(tmp_path / "out"))
    missing = [
        name
        for stage in STAGES
        if stage.name != "open_pr"
        for name in stage.writes
        if name != "repo/" and not run.has(name)
    ]
    assert missing == []
    assert all(
        (tmp_path / "out/notebooks" / stage.notebook).is_file() for stage in STAGES if stage.name != "open_pr"
    )
    assert {stage.stage: stage.state for stage in manifest.read(run).stages}["generate_report"] == "success"


@pytest.mark.parametrize("flow", flow_files.flows(ROOT / "kestra"), ids=lambda flow: flow.id)
def test_of_the_docker_variant_kestra_misses_nothing_but_the_plugin(flow: Flow, engine: Engine) -> None:
    slack = ["Validation error: Invalid type: io.kestra.plugin.slack.notifications.SlackExecution"]
    objections = engine.validate(render(flow, Variant("process", "image:1", NAMESPACE)).source)
    assert objections == (slack if flow.id == flow_files.ALERTS else [])
    for objection in engine.validate(render(flow, Variant("docker", "image:1", NAMESPACE)).source):
        assert objection in (f"Validation error: Invalid type: {DOCKER}", *slack)
