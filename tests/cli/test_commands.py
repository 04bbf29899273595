from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from repo_architect import notebook_files, stages
from repo_architect.cli import main as cli_main
from repo_architect.cli import options
from repo_architect.cli.main import COMMANDS, cli
from repo_architect.contracts import ARTIFACTS
from repo_architect.errors import RepoArchitectError, UsageError
from repo_architect.run import Run
from repo_architect.sample import make_repository
from support.fake_stages import write_artifacts


def invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), catch_exceptions=True)


def exit_code(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["repo-architect", *words])
    with pytest.raises(SystemExit) as caught:
        cli_main.main()
    return caught.value.code


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_of_its_words(name: str) -> None:
    result = invoke(name, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_the_help_names_every_command_and_every_exit_code() -> None:
    text = invoke("--help").output
    assert all(f"  {name} " in text for name in COMMANDS)
    codes = {error.exit_code for error in RepoArchitectError.__subclasses__()}
    assert all(f"\n    {code}  " in text for code in codes)


def test_stages_lists_every_parameter_with_its_meaning() -> None:
    text = invoke("stages").output
    for stage in stages.STAGES:
        assert f"{stage.number} {stage.name}" in text
        for found in notebook_files.parameters(notebook_files.path(stage)).values():
            assert found.name in notebook_files.RUN_PARAMETERS or f"-p {found.name}=" in text


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["run"], 2, "Missing argument"),
        (["run", "sample", "-p", "boxes=3"], 2, "no notebook has a parameter 'boxes'"),
        (["run", "sample", "-p", "max_files=many"], 2, "the parameter max_files takes int, not 'many'"),
        (["run", "sample", "-p", "max_files"], 2, "write NAME=VALUE"),
        (["run", "sample", "-p", "nowhere.max_files=1"], 2, "there is no stage 'nowhere'"),
        (["run", "sample", "--timeout", "clone_repo=soon"], 2, "is no time limit"),
        (["run", "sample", "--run-id", "../up"], 6, "cannot be the id of a run"),
        (["run", "sample", "--run-id", "a b"], 6, "cannot be the id of a run"),
        (["run", "not a url"], 3, "→"),
        (["run", "https://user:secret@example.org/o/n"], 3, "GITHUB_TOKEN"),
        (["show", "nothing"], 6, "there is no run nothing"),
        (["clean"], 2, "give --keep N, --older-than 30d, or both"),
        (["clean", "--older-than", "soon"], 2, "is no age"),
        (["rum"], 2, "The commands are run, resume"),
        (["analyze", "/nonexistent"], 2, "does not exist"),
    ],
)
def test_bad_input_is_told_with_what_to_do_and_an_exit_code(
    *,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.setenv("REPO_ARCHITECT_RUNS", str(tmp_path))
    assert exit_code(monkeypatch, *words) == code
    output = capfd.readouterr()
    assert message in output.err
    assert "Traceback" not in output.err
    assert "secret" not in output.err + output.out
    assert list(tmp_path.iterdir()) == []


def test_a_parameter_without_a_stage_goes_to_every_stage_that_has_it() -> None:
    assert options.parse_parameters(["max_nodes=9", "open_pr.branch=docs"]) == {
        "generate_diagram": {"max_nodes": 9},
        "open_pr": {"branch": "docs"},
    }


def test_where_the_run_is_cannot_be_given_as_a_parameter() -> None:
    with pytest.raises(UsageError, match="no notebook has a parameter"):
        options.parse_parameters(["runs_dir=/"])


@pytest.mark.parametrize(
    ("words", "by_stage", "whole"), [(["60"], {}, 60), (["2=9"], {"analyze_repo": 9}, 1800)]
)
def test_time_limits_are_for_a_stage_or_the_run(
    words: list[str], by_stage: dict[str, int], whole: int
) -> None:
    assert options.parse_timeouts(words) == (by_stage, whole)


@pytest.mark.parametrize("model", ARTIFACTS, ids=lambda model: model.file_name)
def test_the_schema_of_every_artifact_can_be_printed(model: type) -> None:
    assert json.loads(invoke("schema", model.file_name).output)["title"] == model.__name__


def _runs(folder: Path, ages_in_days: dict[str, float]) -> None:
    for name, age in ages_in_days.items():
        made = Run.start(name, folder)
        write_artifacts(made.folder, stages.STAGES[0])
        then = time.time() - age * 86400
        os.utime(made.folder / "stages", (then, then))


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["--keep", "1"], ["newest"]),
        (["--older-than", "30d"], ["middle", "newest"]),
        (["--keep", "2", "--older-than", "5d"], ["middle", "newest"]),
        (["--keep", "0"], []),
        (["--keep", "0", "--dry-run"], ["middle", "newest", "old"]),
    ],
)
def test_clean_deletes_what_is_beyond_number_and_age(
    tmp_path: Path, words: list[str], left: list[str]
) -> None:
    _runs(tmp_path, {"old": 40, "middle": 10, "newest": 0})
    result = invoke("clean", "--runs-dir", str(tmp_path), *words)
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def test_clean_removes_links_of_a_clone_and_never_what_they_point_to(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    _runs(tmp_path / "runs", {"old": 1})
    (tmp_path / "runs/old/repo/link").symlink_to(outside)
    assert invoke("clean", "--runs-dir", str(tmp_path / "runs"), "--keep", "0").exit_code == 0
    assert (outside / "kept").exists()


def test_clean_leaves_folders_that_are_no_runs(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    invoke("clean", "--runs-dir", str(tmp_path), "--keep", "0")
    assert (tmp_path / "thesis").is_dir()


def test_show_tells_the_state_of_each_stage(tmp_path: Path) -> None:
    _runs(tmp_path, {"mine": 0})
    text = invoke("show", "mine", "--runs-dir", str(tmp_path)).output
    assert all(stage.name in text for stage in stages.STAGES)
    told = json.loads(invoke("show", "mine", "--runs-dir", str(tmp_path), "--format", "json").output)
    assert told["state"] == "running"
    assert told["repository"] == "https://example.org/o/n"


def test_open_without_a_report_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _runs(tmp_path, {"mine": 0})
    assert exit_code(monkeypatch, "open", "mine", "--runs-dir", str(tmp_path)) == 5
    assert "repo-architect resume mine" in capsys.readouterr().err


def test_analyze_prints_exactly_the_artifact_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    repo = make_repository(tmp_path / "shop")
    first, second = (invoke("analyze", str(repo), "--format", "json") for _ in range(2))
    assert first.exit_code == 0, first.output
    assert first.stdout_bytes == second.stdout_bytes
    assert json.loads(first.stdout)["repository"]["name"] == "shop"
    assert not (repo / "runs").exists()


def test_analyze_takes_a_plain_folder_too(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import os\n")
    shape = json.loads(invoke("analyze", str(tmp_path), "--format", "json").stdout)
    assert shape["repository"]["commit"] == "unversioned"
    assert [language["name"] for language in shape["languages"]] == ["Python"]


def test_analyze_shows_a_table_and_every_item_of_one_part(tmp_path: Path) -> None:
    repo = make_repository(tmp_path / "shop")
    assert "dependencies" in invoke("analyze", str(repo)).output
    assert "psycopg" in invoke("analyze", str(repo), "--part", "dependencies").output
    assert "is none of" in invoke("analyze", str(repo), "--part", "x").output
