"""What docs/kestra.md says of the flows in figures and names is what the flows say."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from support.documents import ROOT

PAGE = (ROOT / "docs/kestra.md").read_text()
TASKS_AT_MOST = {"PT5M": "5 minutes", "PT2M": "2 minutes", "PT15M": "15 minutes"}
_CELL = re.compile(r"`([^`]+)`")


def flow(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / "kestra" / name).read_text())


AGENT, FLEET, CLEAN = flow("blueprint_repo_analysis.yml"), flow("fleet.yml"), flow("clean_runs.yml")


def section(title: str) -> str:
    return re.split(r"^#+ ", PAGE.split(f" {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(title: str) -> list[list[str]]:
    lines = [line for line in section(title).splitlines() if line.startswith("| ")][1:]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in lines
        if not line.startswith("|--")
    ]


def tasks(node: Any) -> list[dict[str, Any]]:
    """Every task of the flow that runs a notebook."""
    if isinstance(node, list):
        return [task for one in node for task in tasks(one)]
    found = [node] if str(node.get("type", "")).endswith("shell.Commands") else []
    return found + tasks(node.get("tasks", []))


@pytest.mark.parametrize("row", rows("Inputs"), ids=lambda row: row[0])
def test_an_input_has_the_type_and_default_it_is_said_to_have(row: list[str]) -> None:
    name, kind, default = row[0].strip("| `"), row[1], row[2].strip("` ")
    declared = next(one for one in AGENT["inputs"] if one["id"] == name)
    assert declared["type"] == kind
    if default in {"true", "false", "auto", "{}"}:
        assert str(declared["defaults"]).lower() == default


@pytest.mark.parametrize("task", tasks(AGENT["tasks"]), ids=lambda task: task["id"])
def test_a_task_has_the_limit_and_the_files_it_is_said_to_have(task: dict[str, Any]) -> None:
    said = TASKS_AT_MOST[task["timeout"]]
    named = next(
        (row for row in rows("Timeouts") if f"`{task['id']}`" in row[0]), ["every other task", "15 minutes"]
    )
    assert named[-1].startswith(said)
    listed = next(row for row in rows("Outputs") if f"`{task['id']}`" in row[0])
    artifacts = {file.removeprefix("run/") for file in task["outputFiles"]}
    kept = {name for name in artifacts if "/" not in name and name != "clone.tar.gz"}
    assert set(_CELL.findall(listed[-1])) == kept


def test_the_limits_of_flows_are_said() -> None:
    assert AGENT["sla"][0]["duration"] == "PT30M"
    assert AGENT["concurrency"]["limit"] == 4
    assert "Four executions run at once" in PAGE
    each = next(task for task in FLEET["tasks"] if task["id"] == "each")
    assert each["concurrencyLimit"] == 2
    assert "two at a time" in section("Many repositories")
    defaults = {one["id"]: one.get("defaults") for one in CLEAN["inputs"]}
    assert (defaults["older_than_days"], defaults["keep"], defaults["dry_run"]) == (30, 20, True)


def test_every_flow_output_is_named() -> None:
    assert {one["id"] for one in AGENT["outputs"]} <= set(_CELL.findall(section("Outputs")))


def test_every_flow_and_file_of_the_folder_is_in_the_first_table() -> None:
    table = PAGE.split("## Install")[0]
    for path in sorted((ROOT / "kestra").iterdir()):
        if path.suffix == ".yml" or path.name == "Dockerfile":
            assert f"`kestra/{path.name}`" in table, path.name
    assert all(f"`{one['id']}`" in table for one in (AGENT, FLEET, CLEAN, flow("alerts.yml")))


def test_retries_are_where_the_page_says() -> None:
    tried = {task["id"] for task in tasks(AGENT["tasks"]) if task.get("retry", {}).get("maxAttempts") == 3}
    assert tried == {"clone_repo", "generate_summary", "open_pr"}
    forgiven = {task["id"] for task in tasks(AGENT["tasks"]) if task.get("allowFailure")}
    assert forgiven == {"generate_summary", "open_pr"}
