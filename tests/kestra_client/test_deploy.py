from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from repo_architect.stages import STAGES
from support.kestra_server import KestraServer, refused

Command = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("flows")
NAMESPACE = "repoarchitectagent"
KEY = (NAMESPACE, "repo_architect_agent")


def notebooks(kestra: KestraServer) -> set[str]:
    return {path for _, path in kestra.files if path.startswith("/notebooks/")}


def new_version(flows: Path) -> str:
    path = flows / "blueprint.yml"
    path.write_text(path.read_text().replace("a person wrote it", "somebody improved it"))
    return path.read_text()


def edit(kestra: KestraServer) -> str:
    kestra.flows[KEY] = kestra.flows[KEY].replace("required: false", "required: true")
    return kestra.flows[KEY]


def test_flows_and_notebooks_are_put_in_place(kestra: KestraServer, command: Command, flows: Path) -> None:
    ended = command("deploy")
    assert ended.code == 0, ended.err
    assert {name for _, name in kestra.flows} == {"repo_architect_agent", "repo_architect_fleet"}
    assert kestra.flows[NAMESPACE, "repo_architect_agent"] == (flows / "blueprint.yml").read_text()
    assert notebooks(kestra) == {f"/notebooks/{stage.notebook}" for stage in STAGES}
    assert f"{len(STAGES) + 2} of {len(STAGES) + 2} changed, 0 unchanged" in ended.out


def test_what_is_the_same_is_not_sent_again(kestra: KestraServer, command: Command) -> None:
    command("deploy")
    kestra.asked.clear()
    ended = command("deploy")
    assert kestra.writes == []
    assert "0 of 10 changed, 10 unchanged" in ended.out


def test_only_what_differs_is_sent_and_its_diff_is_shown(
    kestra: KestraServer, command: Command, flows: Path
) -> None:
    command("deploy")
    new_version(flows)
    kestra.asked.clear()
    ended = command("deploy")
    assert kestra.writes == [
        f"PUT /api/v1/main/flows/{NAMESPACE}/repo_architect_agent",
        f"POST /api/v1/main/namespaces/{NAMESPACE}/files",
    ]
    assert "-# the flow, as a person wrote it\n+# the flow, as somebody improved it" in ended.out
    assert "1 of 10 changed" in ended.out


def test_what_was_edited_in_kestra_is_not_replaced_unasked(
    kestra: KestraServer, command: Command, flows: Path
) -> None:
    command("deploy")
    edited = edit(kestra)
    new_version(flows)
    kestra.asked.clear()
    ended = command("deploy")
    assert (ended.code, kestra.writes, kestra.flows[KEY]) == (9, [], edited)
    assert "flow repo_architect_agent" in ended.err
    assert "--edited keep" in ended.err
    assert command("deploy", "--dry-run").code == 0


@pytest.mark.parametrize("path", ["/notebooks/01_clone_repo.ipynb", "/notebooks/08_open_pr.ipynb"])
def test_an_edited_notebook_is_kept_or_replaced_as_told(
    kestra: KestraServer, command: Command, path: str
) -> None:
    command("deploy")
    whole = kestra.files[NAMESPACE, path]
    kestra.files[NAMESPACE, path] = b"edited"
    kept = command("deploy", "--edited", "keep")
    assert kestra.files[NAMESPACE, path] == b"edited"
    assert f"file {path[1:]}: kept as edited in Kestra" in kept.out
    assert command("deploy").code == 9
    replaced = command("deploy", "--edited", "overwrite", "-q")
    assert kestra.files[NAMESPACE, path] == whole
    assert f"file {path[1:]}: updated (edited in Kestra)" in replaced.out
    assert command("deploy").code == 0


def test_a_flow_registered_by_hand_counts_as_edited(
    kestra: KestraServer, command: Command, flows: Path
) -> None:
    kestra.flows[KEY] = (flows / "blueprint.yml").read_text()
    new_version(flows)
    assert command("deploy").code == 9
    assert command("deploy", "--edited", "overwrite").code == 0


def test_the_same_flow_registered_by_hand_is_taken_over(
    kestra: KestraServer, command: Command, flows: Path
) -> None:
    kestra.flows[KEY] = (flows / "blueprint.yml").read_text()
    command("deploy")
    new_version(flows)
    assert command("deploy").code == 0


def test_an_unreadable_record_costs_a_question_only(
    kestra: KestraServer, command: Command, flows: Path
) -> None:
    command("deploy")
    kestra.files[NAMESPACE, "/repo_architect_deployed.json"] = b"[1"
    new_version(flows)
    assert command("deploy").code == 9
    assert command("deploy", "--edited", "overwrite").code == 0


def test_a_dry_run_changes_nothing_and_validates(kestra: KestraServer, command: Command) -> None:
    ended = command("deploy", "--dry-run")
    assert kestra.writes == []
    assert kestra.count("flows/validate") == 2
    assert "flow repo_architect_agent: would be created" in ended.out
    assert "10 of 10 would change" in ended.out


def test_what_kestra_does_not_accept_is_refused_before_anything_is_sent(
    kestra: KestraServer, command: Command
) -> None:
    kestra.validated = lambda source: (
        "tasks[0].type: Invalid type: io.kestra.x" if "fleet" in source else None
    )
    ended = command("deploy")
    assert ended.code == 9
    assert "repo_architect_fleet: tasks[0].type: Invalid type: io.kestra.x" in ended.err
    assert kestra.writes == []


@pytest.mark.parametrize(("status", "said"), [(409, "Illegal state"), (422, "Invalid entity")])
def test_a_refused_flow_tells_what_kestra_says(
    kestra: KestraServer, command: Command, status: int, said: str
) -> None:
    kestra.fault("POST .*/flows$", refused(status, said, "tasks: must not be empty"))
    ended = command("deploy")
    assert ended.code == 9
    assert f"Kestra says {status}: {said}; tasks: must not be empty" in ended.err


def test_a_deployment_that_broke_off_is_completed(kestra: KestraServer, command: Command) -> None:
    kestra.fault("POST .*/files$", refused(500, "disk"))
    assert command("deploy").code == 9
    assert command("deploy").code == 0
    assert kestra.files[NAMESPACE, "/repo_architect_deployed.json"].count(b'"file ') == len(STAGES)
    assert len(notebooks(kestra)) == len(STAGES)


def test_nothing_is_removed_without_prune(kestra: KestraServer, command: Command) -> None:
    kept = (NAMESPACE, "somebody_elses")
    old = (NAMESPACE, "repo_architect_old")
    kestra.flows[kept] = "id: x\nnamespace: y\nlabels: {app: theirs}\n"
    kestra.flows[old] = "id: x\nnamespace: y\nlabels: {app: repo-architect-agent, b: c}\n"
    kestra.files[NAMESPACE, "/notebooks/09_old.ipynb"] = kestra.files[NAMESPACE, "/notebooks/mine.md"] = b"{}"
    command("deploy")
    assert old in kestra.flows
    ended = command("deploy", "--prune")
    assert ended.code == 0
    assert old not in kestra.flows
    assert kept in kestra.flows
    assert (NAMESPACE, "/notebooks/09_old.ipynb") not in kestra.files
    assert (NAMESPACE, "/notebooks/mine.md") in kestra.files


def test_edited_notebooks_stay_when_asked(kestra: KestraServer, command: Command) -> None:
    edited = (NAMESPACE, "/notebooks/01_clone_repo.ipynb")
    kestra.files[edited] = b"edited"
    command("deploy", "--no-notebooks", "--prune")
    assert kestra.files[edited] == b"edited"
    assert notebooks(kestra) == {edited[1]}


def test_runner_image_and_namespace_reach_kestra(kestra: KestraServer, command: Command) -> None:
    ended = command(
        "deploy", "--runner", "docker", "--image", "registry.example.org/task:1", "--namespace", "team.repos"
    )
    assert ended.code == 0, ended.err
    task = yaml.safe_load(kestra.flows["team.repos", "repo_architect_agent"])["tasks"][0]
    assert task["containerImage"] == "registry.example.org/task:1"
    subflow = yaml.safe_load(kestra.flows["team.repos", "repo_architect_fleet"])["tasks"][0]
    assert subflow["namespace"] == "team.repos"
    assert {namespace for namespace, _ in kestra.files} == {"team.repos"}


def test_a_namespace_that_cannot_be_is_refused(command: Command, kestra: KestraServer) -> None:
    assert command("deploy", "--namespace", "../x").code == 2
    assert kestra.asked == []


def test_alerts_are_put_in_place_only_when_asked_and_never_pruned(
    kestra: KestraServer, command: Command, flows: Path
) -> None:
    (flows / "alerts.yml").write_text(
        "id: alerts\nnamespace: repoarchitectagent\nlabels: {app: repo-architect-agent}\ntasks: []\n"
    )
    command("deploy")
    assert (NAMESPACE, "alerts") not in kestra.flows
    command("deploy", "--alerts")
    assert (NAMESPACE, "alerts") in kestra.flows
    command("deploy", "--prune")
    assert (NAMESPACE, "alerts") in kestra.flows
