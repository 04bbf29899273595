"""The whole job by the command, in processes of its own, as a user runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from repo_architect.run import Run
from repo_architect.sample import make_repository
from repo_architect.stages import STAGES

COMMAND = str(Path(sys.executable).with_name("repo-architect"))
CANARY = "ghp_" + "c4n4ry" * 6


def repo_architect(*words: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words], cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def ran(runs: Path) -> subprocess.CompletedProcess[str]:
    """One run on the sample repository as a path, with canary tokens in the environment."""
    repo = make_repository(runs / "shop")
    return repo_architect(
        "run", str(repo), "--run-id", "one", "--runs-dir", str(runs / "all"), GITHUB_TOKEN=CANARY, GIT_TOKEN=CANARY, REPO_ARCHITECT_FORGE_FACTS="0"
    )  # fmt: skip


@pytest.fixture
def run(ran: subprocess.CompletedProcess[str], runs: Path) -> Run:
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return Run.open("one", runs / "all")


def test_every_stage_succeeds_and_every_artifact_is_there(run: Run) -> None:
    assert {stage.name: record.state for stage in STAGES if (record := run.record(stage.name))} == {
        stage.name: "success" for stage in STAGES
    }
    assert all(run.has(name) for stage in STAGES for name in stage.writes)
    assert sorted(path.name for path in (run.folder / "notebooks").iterdir()) == [
        stage.notebook for stage in STAGES
    ]


def test_every_artifact_with_a_contract_reads_back(run: Run) -> None:
    for name in (
        "clone.json",
        "repo_shape.json",
        "modules.json",
        "ci_plan.json",
        "summary.json",
        "pr_info.json",
    ):
        assert run.read(name).schema_version == 1


def test_progress_is_line_by_line_and_the_end_has_ten_lines_and_the_files(
    ran: subprocess.CompletedProcess[str],
) -> None:
    assert all(
        re.search(rf"^{stage.number} {stage.name} +done +[\d.]+ s$", ran.stderr, re.MULTILINE)
        for stage in STAGES
    )
    assert "report.html" in ran.stdout
    assert len(ran.stdout.splitlines()) >= 12
    assert "\x1b" not in ran.stdout + ran.stderr


def test_no_token_is_anywhere_in_the_run(ran: subprocess.CompletedProcess[str], run: Run) -> None:
    needle = CANARY.encode()
    assert CANARY not in ran.stdout + ran.stderr
    assert [path for path in run.folder.rglob("*") if path.is_file() and needle in path.read_bytes()] == []
    with tarfile.open(run.path("artifacts.tar.gz")) as archive:
        assert all(
            needle not in (archive.extractfile(member) or archive).read() for member in archive.getmembers()
        )  # type: ignore[union-attr]


def test_every_evidence_is_a_line_of_the_repository(run: Run) -> None:
    lengths = {
        str(p.relative_to(run.repo)): len(p.read_bytes().splitlines()) or 1
        for p in run.repo.rglob("*")
        if p.is_file() and ".git" not in p.parts
    }
    found = list(_evidence(json.loads(run.path("repo_shape.json").read_text())))
    found += list(_evidence(json.loads(run.path("ci_plan.json").read_text())))
    found += list(_evidence(json.loads(run.path("summary.json").read_text())))
    assert len(found) > 50
    assert [one for one in found if one[1] > lengths.get(one[0], 0)] == []


def _evidence(value: object) -> list[tuple[str, int]]:
    if isinstance(value, dict):
        here = [(value["path"], value["line"])] if set(value) == {"path", "line"} else []
        return here + [one for item in value.values() for one in _evidence(item)]
    if isinstance(value, list):
        return [one for item in value for one in _evidence(item)]
    return []


def test_artifacts_name_no_path_of_this_machine_but_the_address(run: Run) -> None:
    shape = run.read("repo_shape.json")
    for name in (
        "repo_shape.json",
        "modules.json",
        "diagram.mmd",
        "diagram.svg",
        "ci_plan.json",
        "ci-generated.yml",
        "summary.md",
        "report.html",
    ):
        text = run.path(name).read_text().replace(shape.repository.url, "")
        assert str(run.folder) not in text, name


def test_the_same_commit_gives_the_same_bytes(run: Run, runs: Path) -> None:
    again = repo_architect(
        "run",
        str(runs / "shop"),
        "--run-id",
        "two",
        "--runs-dir",
        str(runs / "all"),
        "--jobs",
        "1",
        "-q",
        REPO_ARCHITECT_FORGE_FACTS="0",
    )
    assert again.returncode == 0, again.stderr
    assert again.stdout == ""
    second = Run.open("two", runs / "all")
    for name in (
        "repo_shape.json",
        "modules.json",
        "diagram.mmd",
        "diagram.svg",
        "ci_plan.json",
        "ci-generated.yml",
        "summary.json",
        "summary.md",
    ):
        assert run.path(name).read_bytes() == second.path(name).read_bytes(), name


def test_resume_with_nothing_to_do_says_so_and_changes_nothing(run: Run, runs: Path) -> None:
    before = {
        path: path.stat().st_mtime_ns for path in run.folder.iterdir() if path.suffix in (".html", ".svg")
    }
    done = repo_architect("resume", "one", "--runs-dir", str(runs / "all"), REPO_ARCHITECT_FORGE_FACTS="0")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("unchanged") == len(STAGES)
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("stage", STAGES[1:], ids=lambda stage: stage.notebook)
def test_bare_papermill_runs_each_notebook_from_any_folder(
    stage, run: Run, runs: Path, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    notebook = Path(__file__).parents[2] / "notebooks" / stage.notebook
    papermill = str(Path(sys.executable).with_name("papermill"))
    done = subprocess.run(
        [papermill, str(notebook), "out.ipynb", "-r", "run", str(run.folder), "--engine", "repo-architect", "--no-progress-bar"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "REPO_ARCHITECT_FORGE_FACTS": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.ipynb").is_file()
    record = run.record(stage.name)
    assert record is not None
    assert record.state == "success"


def test_a_repository_that_is_not_there_ends_with_its_exit_code_and_keeps_the_run(runs: Path) -> None:
    done = repo_architect(
        "run", str(runs / "nothing-here"), "--run-id", "gone", "--runs-dir", str(runs / "all")
    )
    assert done.returncode == 3
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_runs_at_once_do_not_meet(tmp_path: Path) -> None:
    repo = make_repository(tmp_path / "shop")
    words = [COMMAND, "run", str(repo), "--runs-dir", str(tmp_path / "at-once"), "-q"]
    both = [subprocess.Popen(words, env={**os.environ, "REPO_ARCHITECT_FORGE_FACTS": "0"}) for _ in range(2)]
    assert [process.wait(180) for process in both] == [0, 0]
    assert len(list((tmp_path / "at-once").iterdir())) == 2
