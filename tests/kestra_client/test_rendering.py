from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from repo_architect.kestra_client import flow_files
from repo_architect.kestra_client.deploying import LABEL
from repo_architect.kestra_client.flow_files import Flow
from repo_architect.kestra_client.rendering import DOCKER, SCRIPTS, Variant, render

ROOT = Path(__file__).parents[2]
COMMITTED = [
    flow for path in sorted((ROOT / "kestra").glob("*.yml")) if (flow := flow_files.parse(path.read_text()))
]
HAND_MADE = """\
id: f
namespace: repoarchitectagent
variables:
  image: "mine:1"   # which image
tasks:
  - id: a
    # a comment inside
    type: io.kestra.plugin.scripts.shell.Commands   # why
    commands:
      - "echo {{ vars.image }}"
  - {id: b, type: io.kestra.plugin.scripts.shell.Commands, commands: [ls]}
  - id: both
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - type: "io.kestra.plugin.scripts.python.Script"
        id: c
        containerImage: old
        taskRunner: {type: io.kestra.plugin.core.runner.Process}
        script: |
          type: io.kestra.plugin.scripts.not.a.Task
      - id: s
        type: io.kestra.plugin.core.flow.Subflow
        namespace: repoarchitectagent
        flowId: g
errors:
  - id: last
    type: io.kestra.plugin.scripts.shell.Commands"""
PLAIN = Flow(
    "f", "repoarchitectagent", HAND_MADE.replace('variables:\n  image: "mine:1"   # which image\n', "")
)
FLOWS = [Flow("f", "repoarchitectagent", HAND_MADE), PLAIN, *COMMITTED]


def tasks(told: Any) -> list[dict[str, Any]]:
    """Every script task, wherever it stands."""
    if isinstance(told, dict):
        own = [told] if str(told.get("type", "")).startswith(SCRIPTS) and "id" in told else []
        return own + [one for value in told.values() for one in tasks(value)]
    return [one for value in told for one in tasks(value)] if isinstance(told, list) else []


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_the_docker_variant_differs_in_runner_and_image_and_nothing_else(flow: Flow) -> None:
    before, after = yaml.safe_load(flow.source), yaml.safe_load(render(flow, Variant("docker")).source)
    assert len(tasks(before)) == len(tasks(after))
    assert tasks(after) or flow.id == flow_files.ALERTS
    for task in tasks(after):
        assert task["taskRunner"]["type"] == DOCKER
        assert task["containerImage"]
    stripped = [deepcopy(before), deepcopy(after)]
    for told in stripped:
        for task in tasks(told):
            task.pop("taskRunner", None)
            task.pop("containerImage", None)
    assert stripped[0] == stripped[1]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_the_process_variant_is_the_flow_as_committed(flow: Flow) -> None:
    assert render(flow, Variant()).source == flow.source


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_comments_and_lines_stay(flow: Flow) -> None:
    lines = render(flow, Variant("docker")).source.splitlines()
    kept = [
        line
        for line in flow.source.splitlines()
        if "#" in line and "scripts" not in line and "containerImage" not in line
    ]
    assert [line for line in lines if line in kept] == kept


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_another_namespace_is_put_everywhere(flow: Flow) -> None:
    told = render(flow, Variant(namespace="team.repos"))
    assert told.namespace == "team.repos"
    assert "namespace: repoarchitectagent" not in told.source


def test_the_image_goes_into_the_variable_of_the_flow() -> None:
    told = yaml.safe_load(render(FLOWS[0], Variant("docker", 'r"x:2')).source)
    assert told["variables"]["image"] == 'r"x:2'
    assert {task["containerImage"] for task in tasks(told)} == {"{{ vars.image }}"}


def test_without_a_variable_the_image_is_written_into_the_tasks() -> None:
    told = yaml.safe_load(render(PLAIN, Variant("docker", "x:2")).source)
    assert {task["containerImage"] for task in tasks(told)} == {"x:2"}


def test_a_flow_that_starts_another_comes_after_it(flows: Path) -> None:
    assert [flow.id for flow in flow_files.flows(flows)] == ["repo_architect_agent", "repo_architect_fleet"]


def test_files_that_are_no_flow_are_left_out(tmp_path: Path) -> None:
    for name, text in {"a": "services: {}", "b": "- 1", "c": "{", "d": "id: x"}.items():
        (tmp_path / f"{name}.yml").write_text(text)
    assert [flow_files.parse(path.read_text()) for path in tmp_path.iterdir()] == [None] * 4


@pytest.mark.parametrize("flow", COMMITTED, ids=lambda flow: flow.id)
def test_committed_flows_carry_the_label_by_which_they_are_pruned(flow: Flow) -> None:
    assert LABEL in (yaml.safe_load(flow.source).get("labels") or {}).items()


def test_there_are_committed_flows() -> None:
    assert {flow.id for flow in COMMITTED} >= {"repo_architect_agent", "repo_architect_fleet"}
