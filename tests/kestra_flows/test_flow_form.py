"""The flow against the tables it must agree with: stages, notebooks, rules of the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from repo_architect import notebook_files
from repo_architect.stages import OPTIONAL, REPO, STAGES, Stage, writer_of

ROOT = Path(__file__).parents[2]
FLOWS = [path for path in sorted((ROOT / "kestra").glob("*.yml")) if "\ntasks:" in path.read_text()]
SOURCE = (ROOT / "kestra" / "blueprint_repo_analysis.yml").read_text()
FLOW = yaml.safe_load(SOURCE)
BY_STAGE = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
INPUTS = {declared["id"]: declared for declared in FLOW["inputs"]}
SECONDS = {"PT2M": 120, "PT5M": 300, "PT15M": 900}


def everything(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from everything(value)
    elif isinstance(node, list):
        for value in node:
            yield from everything(value)


TASKS = {one["id"]: one for one in everything(FLOW["tasks"]) if "commands" in one}


def in_task(name: str) -> str:
    return "run/clone.tar.gz" if name == REPO else f"run/{name}"


def test_the_stages_are_the_tasks_in_their_order() -> None:
    assert list(TASKS) == [stage.name for stage in STAGES]
    parallel = next(one for one in FLOW["tasks"] if one["id"] == "generate")
    assert [one["id"] for one in parallel["tasks"]] == ["generate_diagram", "generate_ci", "generate_summary"]


@BY_STAGE
def test_a_task_has_the_limits_of_its_stage(stage: Stage) -> None:
    task = TASKS[stage.name]
    assert SECONDS[task["timeout"]] == stage.timeout
    assert task.get("allowFailure", False) == stage.may_fail
    assert ("retry" in task) == (stage.name in ("clone_repo", "generate_summary", "open_pr"))
    inner = int(re.search(r"--execution-timeout (\d+)", task["commands"][0])[1])
    assert stage.timeout - 20 <= inner < stage.timeout, "papermill gives up first, and its notebook is kept"


@BY_STAGE
def test_a_task_is_given_what_its_stage_reads_and_hands_on_what_it_writes(stage: Stage) -> None:
    task = TASKS[stage.name]
    given = task.get("inputFiles", {})
    read = {in_task(name): writer_of(name).name for name in stage.reads}
    assert {name: given[name] for name in read} == {
        name: f"{{{{ outputs.{writer}.outputFiles['{name}']{_or_nothing(name)} }}}}"
        for name, writer in read.items()
    }
    records = {name for name in given if name.startswith("run/stages/")}
    assert set(given) - records == set(read)
    executed = [f"run/notebooks/{stage.notebook}", f"run/stages/{stage.name}.json"]
    assert task["outputFiles"] == [*map(in_task, stage.writes), *executed]


def _or_nothing(name: str) -> str:
    return " ?? ''" if name.removeprefix("run/") in OPTIONAL else ""


@BY_STAGE
def test_every_parameter_of_a_notebook_is_an_input_with_the_same_default(stage: Stage) -> None:
    given = {
        name.removeprefix("PARAMETER_").lower(): text
        for name, text in TASKS[stage.name]["env"].items()
        if name.startswith("PARAMETER_")
    }
    assert list(given) == list(notebook_files.defaults(stage))
    for name, default in notebook_files.defaults(stage).items():
        assert given[name] in (f"{{{{ inputs.{name} }}}}", f"{{{{ inputs.{name} ?? '' }}}}")
        if name not in ("repo_url", "open_pr"):
            assert INPUTS[name].get("defaults", "") == default


@BY_STAGE
def test_a_task_sees_the_tokens_only_where_its_stage_may(stage: Stage) -> None:
    tokens = {"GITHUB_TOKEN", "GIT_TOKEN"}
    assert tokens & TASKS[stage.name]["env"].keys() == tokens & set(stage.secrets)


def test_every_input_says_what_it_is_and_text_is_validated() -> None:
    for declared in FLOW["inputs"]:
        assert declared["description"]
        assert declared["type"] != "STRING" or "validator" in declared or declared["id"] == "none"


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.name)
def test_nothing_a_user_gives_is_pasted_into_a_command(path: Path) -> None:
    for task in everything(yaml.safe_load(path.read_text())):
        for key in ("commands", "beforeCommands", "script", "interpreter"):
            assert "{{" not in str(task.get(key, "")), (task["id"], key)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.name)
def test_a_flow_has_no_alias_and_hands_on_named_files_only(path: Path) -> None:
    assert not re.search(r"(?m):\s+[&*][A-Za-z]", path.read_text()), "the engine takes an alias for null"
    for task in everything(yaml.safe_load(path.read_text())):
        assert not any("*" in str(name) for name in task.get("outputFiles", ()))
