"""What a task does around its notebook, in a working folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from repo_architect.errors import ContractError, UsageError
from repo_architect.kestra_task import begin, end
from repo_architect.stages import STAGES, stage

CLONE = stage("clone_repo")
PAPERMILL = Path(sys.executable).parent / "papermill"


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(text: str) -> dict:
    """The outputs, metrics and log entries in a task's standard output."""
    merged: dict = {"outputs": {}, "metrics": [], "logs": []}
    for line in text.splitlines():
        message = json.loads(line.removeprefix("::").removesuffix("::"))
        merged["outputs"] |= message.get("outputs", {})
        merged["metrics"] += message.get("metrics", [])
        merged["logs"] += message.get("logs", [])
    return merged


def test_parameters_are_typed_and_the_empty_ones_are_left_to_the_notebook(working_folder: Path) -> None:
    begin(
        CLONE,
        {
            "PARAMETER_REPO_URL": "007",
            "PARAMETER_REF": "",
            "PARAMETER_FULL_HISTORY": "true",
            "PARAMETER_CLONE_TIMEOUT": "9",
        },
    )
    given = json.loads((working_folder / "parameters.json").read_text())
    assert given == {
        "repo_url": "007",
        "full_history": True,
        "clone_timeout": 9,
        "run": str(working_folder / "run"),
    }


def test_the_notebooks_of_the_namespace_stay_and_the_others_come_from_the_package(
    working_folder: Path,
) -> None:
    (working_folder / "notebooks").mkdir()
    own = working_folder / "notebooks" / CLONE.notebook
    own.write_text(json.dumps({"cells": [{"metadata": {"tags": ["parameters"]}, "source": "mine: int = 1"}]}))
    begin(CLONE, {"PARAMETERS": '{"clone_repo": {"mine": 2}}'})
    assert json.loads((working_folder / "parameters.json").read_text())["mine"] == 2
    assert sorted(path.name for path in own.parent.iterdir()) == [one.notebook for one in STAGES]


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PARAMETER_REPO": "x"}, "no parameter 'repo'"),
        ({"PARAMETER_CLONE_TIMEOUT": "soon"}, "takes int"),
        ({"PARAMETERS": "["}, "no JSON"),
        ({"PARAMETERS": "[]"}, "no mapping"),
        ({"PARAMETERS": '{"clone_repo": 1}'}, "no mapping"),
        ({"PARAMETERS": '{"clone_repo": {"full_history": 1}}'}, "takes bool"),
        ({"PARAMETERS": '{"clone_repo": {"clone_timeout": true}}'}, "takes int"),
        ({"PARAMETERS": '{"generate_ci": {"nothing": 1}}'}, "no parameter 'nothing'"),
        ({"PARAMETERS": '{"nowhere": {}}'}, "no stage"),
    ],
)
def test_an_unknown_or_mistyped_parameter_is_refused(environment: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        begin(CLONE, environment)


def test_an_artifact_that_did_not_come_is_named() -> None:
    with pytest.raises(ContractError, match=r"was given no repo_shape\.json"):
        begin(stage("generate_ci"), {})


def test_what_a_failed_stage_left_out_is_absent_again(working_folder: Path) -> None:
    report = stage("generate_report")
    (working_folder / "run" / "stages").mkdir(parents=True)
    for name in (*report.reads, "stages/generate_summary.json"):
        (working_folder / "run" / name).write_text("" if "summary" in name else "x")
    begin(report, {})
    assert not [path for path in (working_folder / "run").rglob("*summary*") if path.is_file()]
    assert (working_folder / "run" / "clone.json").exists()


def papermill(one: str, **environment: str) -> int:
    known = stage(one)
    command = [
        str(PAPERMILL),
        "--engine",
        "repo-architect",
        "--no-progress-bar",
        "--cwd",
        "run",
        "-f",
        "parameters.json",
    ]
    with Path("papermill.log").open("w") as log:
        return subprocess.run(
            [*command, f"notebooks/{known.notebook}", f"run/notebooks/{known.notebook}"],
            check=False, stdout=log, stderr=log, env={**os.environ, **environment},
        ).returncode  # fmt: skip


def test_a_stage_tells_outputs_metrics_and_its_log_in_lines_that_kestra_reads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin(CLONE, {"PARAMETER_REPO_URL": "sample"})
    assert end(CLONE, papermill("clone_repo")) == 0
    said = told(capsys.readouterr().out)
    assert said["outputs"]["state"] == "success"
    assert len(said["outputs"]["commit"]) == 40
    assert {"seconds", "files", "artifacts"} <= {one["name"] for one in said["metrics"]}
    assert [one["level"] for one in said["logs"]] == ["INFO"]
    assert Path("run/clone.tar.gz").is_file()


def test_a_stage_that_fails_leaves_its_record_and_exits_as_the_command_line_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin(CLONE, {"PARAMETER_REPO_URL": "file:///nowhere"})
    assert end(CLONE, papermill("clone_repo")) == 3
    record = json.loads(Path("run/stages/clone_repo.json").read_text())
    said = told(capsys.readouterr().out)
    assert (record["state"], record["parameters"]["repo_url"]) == ("failed", "file:///nowhere")
    assert said["outputs"] == {"state": "failed", "error": record["error"], "fix": record["fix"]}
    assert [one["level"] for one in said["logs"]] == ["ERROR"]


def test_a_kernel_under_plain_papermill_sees_the_secrets_of_its_stage_alone(working_folder: Path) -> None:
    secrets = {
        "SECRET_ANY": "canary", "GITHUB_TOKEN": "canary", "OPENAI_API_KEY": "canary", "KESTRA_CONFIGURATION": "password: canary",
        "DEPLOY_KEY": "canary", "SOME_PAT": "canary", "HARMLESS": "plain",
    }  # fmt: skip
    seen = {}
    for one in ("clone_repo", "analyze_repo", "generate_summary"):
        known = stage(one)
        begin_files(working_folder, known.notebook)
        assert papermill(one, **secrets) == 0, Path("papermill.log").read_text()
        notebook = json.loads((working_folder / "run" / "notebooks" / known.notebook).read_bytes())
        seen[one] = "".join(notebook["cells"][0]["outputs"][0]["text"]).split()
    assert seen == {
        "clone_repo": ["GITHUB_TOKEN", "HARMLESS"],
        "analyze_repo": ["HARMLESS"],
        "generate_summary": ["HARMLESS", "OPENAI_API_KEY"],
    }


def begin_files(folder: Path, notebook: str) -> None:
    import nbformat

    for place in ("notebooks", "run/notebooks"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    (folder / "parameters.json").write_text("{}")
    source = 'import os\nprint(*sorted(name for name, value in os.environ.items() if "canary" in value or name == "HARMLESS"))'
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, folder / "notebooks" / notebook)


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("nbclient.exceptions.CellTimeoutError: A cell timed out\nThe message was: Cell execution timed out.\n------\nx = 1\n------\n", "took too long"),
        ("nbclient.exceptions.DeadKernelError: Kernel died\n", "the kernel of clone_repo died"),
        ("ValueError: not a notebook\n", "ValueError: not a notebook"),
        ("sh: papermill: not found\n", "papermill: not found"),
        ("", "no word"),
    ],
)  # fmt: skip
def test_where_the_notebook_shows_no_error_papermill_s_log_says_why(
    log: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("papermill.log").write_text(log)
    assert end(CLONE, 1) == 4
    assert said in told(capsys.readouterr().out)["outputs"]["error"]
