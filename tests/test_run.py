from __future__ import annotations

import errno
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from repo_architect import atomic, stage_session
from repo_architect import run as run_module
from repo_architect.contracts import Clone
from repo_architect.errors import ContractError, RunError, UsageError
from repo_architect.run import Run
from repo_architect.stages import STAGES, stage
from support.fake_stages import CLONE, write_artifacts


def test_automatic_ids_come_from_the_clock_and_never_collide(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: Run.start("new", tmp_path).id, range(24)))
    assert len(set(ids)) == 24
    assert all(len(name.split("-")[0]) == 8 for name in ids)
    assert any(name.endswith("-2") for name in ids)


def test_a_given_id_that_exists_is_an_error_that_names_resume(tmp_path: Path) -> None:
    Run.start("mine", tmp_path)
    with pytest.raises(RunError, match="repo-architect resume mine"):
        Run.start("mine", tmp_path)


@pytest.mark.parametrize(
    "name", ["..", "a..b", ".hidden", "-x", "a b", "a\nb", "", "latest", "sample", "é", "x" * 101]
)
def test_an_id_that_could_climb_or_confuse_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RunError, match="cannot be the id of a run"):
        Run.start(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_path_as_id_must_be_a_folder_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="there is no run folder"):
        Run.start(str(tmp_path / "../x"), tmp_path)


def test_latest_is_the_newest_run_that_has_a_clone(tmp_path: Path) -> None:
    for number, name in enumerate(("a", "b", "c")):
        made = Run.start(name, tmp_path)
        if name != "c":
            write_artifacts(made.folder, stage("clone_repo"))
        os.utime(made.folder / "stages", (number, number))
    assert Run.open("latest", tmp_path).id == "b"
    assert Run.open("latest", tmp_path, unfinished=True).id == "c"


def test_where_nothing_was_run_latest_is_the_sample(tmp_path: Path) -> None:
    opened = Run.open("latest", tmp_path / "none")
    assert opened.id == "sample"
    assert (opened.repo / ".git").is_dir()


def test_the_sample_repository_is_the_same_commit_on_every_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody")
    first = Run.open("sample", tmp_path / "1").repo
    second = Run.open("sample", tmp_path / "2").repo
    heads = {(repo / ".git/refs/heads/main").read_text() for repo in (first, second)}
    assert len(heads) == 1


def test_an_unknown_run_is_told_with_those_that_exist(tmp_path: Path) -> None:
    Run.start("known", tmp_path)
    with pytest.raises(RunError, match="choose one of known"):
        Run.open("unknown", tmp_path)


@pytest.mark.parametrize(("given", "variable", "expected"), [("given", "env", "given"), (None, "env", "env")])
def test_the_folder_of_runs_is_the_one_given_else_the_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str | None, variable: str, expected: str
) -> None:
    monkeypatch.setenv("REPO_ARCHITECT_RUNS", str(tmp_path / variable))
    assert run_module.find_runs_dir(tmp_path / given if given else None) == tmp_path / expected


def test_in_a_checkout_runs_are_in_the_projects_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPO_ARCHITECT_RUNS", raising=False)
    assert run_module.find_runs_dir() == Path(__file__).parents[1] / "runs"


def test_an_artifact_that_is_missing_names_the_stage_that_writes_it(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="run the stage generate_diagram first"):
        Run.start("r", tmp_path).read("diagram.mmd")


def test_a_malformed_artifact_is_told_by_file_and_field(tmp_path: Path) -> None:
    made = Run.start("r", tmp_path)
    (made.folder / "clone.json").write_text('{"url": 3}')
    with pytest.raises(
        ContractError, match=r"clone\.json does not hold what its contract says: .*url.*"
    ) as caught:
        made.read("clone.json")
    assert "run the stage clone_repo again" in caught.value.fix


def test_an_artifact_of_another_schema_version_is_refused(tmp_path: Path) -> None:
    made = Run.start("r", tmp_path)
    made.write("clone.json", Clone.model_validate({**CLONE, "schema_version": 1}))
    text = (made.folder / "clone.json").read_text().replace('"schema_version": 1', '"schema_version": 9')
    (made.folder / "clone.json").write_text(text)
    with pytest.raises(ContractError, match="schema version 9; this version reads 1"):
        made.read("clone.json")


def test_a_value_that_breaks_its_contract_is_not_written(tmp_path: Path) -> None:
    made = Run.start("r", tmp_path)
    with pytest.raises(ContractError, match="committed_at"):
        made.write("clone.json", {**CLONE, "committed_at": None})  # type: ignore[arg-type]
    assert not made.has("clone.json")


def test_only_artifacts_of_the_stages_can_be_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no artifact of a run"):
        Run.start("r", tmp_path).path("../../etc/passwd")


def test_writing_leaves_the_old_artifact_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Run.start("r", tmp_path)
    made.write("diagram.mmd", "old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic.os, "fchmod", full)
    with pytest.raises(RunError, match="the disk is full"):
        made.write("diagram.mmd", "new")
    assert made.read("diagram.mmd") == "old"
    assert [path.name for path in made.folder.iterdir() if path.name.startswith(".")] == []


def test_a_runs_folder_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot write"):
        Run.start("new", tmp_path / "file" / "runs")


def test_a_stage_that_ends_without_its_artifacts_is_an_error(tmp_path: Path) -> None:
    session = Run.start("r", tmp_path).begin("generate_ci")
    with pytest.raises(ContractError, match=r"without writing ci_plan\.json, ci-generated\.yml"):
        session.done()


def test_the_record_of_a_stage_hashes_what_it_read_and_wrote(tmp_path: Path) -> None:
    made = Run.start("r", tmp_path)
    for one in STAGES[:3]:
        write_artifacts(made.folder, one)
        made.begin(one.name).done()
    record = made.record("generate_diagram")
    assert record is not None
    assert record.state == "success"
    assert set(record.inputs) == {"repo_shape.json", "modules.json"}
    assert set(record.outputs) == {"diagram.mmd", "diagram.svg", "views.json"}
    analysed = made.record("analyze_repo")
    assert analysed is not None
    assert analysed.inputs["repo/"] == CLONE["commit"]


def test_an_unreadable_record_counts_as_none(tmp_path: Path) -> None:
    made = Run.start("r", tmp_path)
    (made.folder / "stages/open_pr.json").write_text("{")
    assert made.record("open_pr") is None


@pytest.mark.parametrize("changed", ["diagram/draw.py", "contracts/repo_shape.py", "git_command.py"])
def test_the_hash_of_the_library_follows_the_code_that_a_stage_rests_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    copy = tmp_path / "repo_architect"
    shutil.copytree(stage_session._PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(stage_session, "_PACKAGE", copy)
    plain = stage_session.hash_of_library.__wrapped__
    before = {name: plain(stage(name)) for name in ("generate_diagram", "generate_ci")}
    (copy / changed).write_text((copy / changed).read_text() + "\n")
    after = {name: plain(stage(name)) for name in before}
    assert before["generate_diagram"] != after["generate_diagram"]
    assert (before["generate_ci"] == after["generate_ci"]) == changed.startswith("diagram")
