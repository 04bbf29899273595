from __future__ import annotations

import pytest

from repo_architect import stages
from repo_architect.errors import UsageError


def test_every_artifact_that_is_read_is_written_by_an_earlier_stage() -> None:
    written: set[str] = set()
    for stage in stages.STAGES:
        assert set(stage.reads) <= written, stage.name
        written |= set(stage.writes)


def test_no_two_stages_write_the_same_artifact() -> None:
    names = [name for stage in stages.STAGES for name in stage.writes]
    assert len(names) == len(set(names))


def test_diagram_ci_and_summary_need_only_the_analysis() -> None:
    for name in ("generate_diagram", "generate_ci"):
        assert [before.name for before in stages.waits_for(stages.stage(name))] == ["analyze_repo"]
    assert {before.name for before in stages.waits_for(stages.stage("generate_summary"))} == {
        "clone_repo",
        "analyze_repo",
    }


def test_the_pull_request_comes_after_the_archive() -> None:
    assert "archive_results" in {before.name for before in stages.waits_for(stages.stage("open_pr"))}


@pytest.mark.parametrize("name", ["analyze_repo", "2", "02", "02_analyze_repo.ipynb"])
def test_a_stage_is_found_by_name_number_or_notebook(name: str) -> None:
    assert stages.stage(name).number == 2


def test_an_unknown_stage_is_told_with_those_that_exist() -> None:
    with pytest.raises(UsageError, match="clone_repo, analyze_repo"):
        stages.stage("analyse")


def test_only_the_stages_that_talk_to_the_world_are_given_secrets() -> None:
    assert {stage.name for stage in stages.STAGES if stage.secrets} == {
        "clone_repo",
        "generate_summary",
        "open_pr",
    }
