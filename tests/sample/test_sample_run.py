"""The run that ships with the package is what the stages make of the repository that ships with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.bare_stages import run_all

import repo_architect.sample
from repo_architect.contracts import RepoShape
from repo_architect.run import Run
from repo_architect.stages import STAGES

KEPT = Path(repo_architect.sample.__file__).parent / "run"
NAMES = [name for stage in STAGES for name in stage.writes if name not in ("repo/", "artifacts.tar.gz")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    run = Run.start("made", tmp_path_factory.mktemp("runs"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPO_ARCHITECT_FORGE_FACTS", "0")
        run_all(run, "sample")
    return run


@pytest.mark.parametrize("name", NAMES)
def test_every_artifact_that_ships_is_up_to_date(made: Run, name: str) -> None:
    assert made.path(name).read_text() == (KEPT / name).read_text(), "run `make sample`"


def test_the_sample_has_every_artifact_and_nothing_of_this_machine() -> None:
    assert sorted(path.name for path in KEPT.iterdir()) == sorted(NAMES)
    texts = {path.name: path.read_text() for path in KEPT.iterdir()}
    here = str(Path(__file__).parents[2])
    assert [name for name, text in texts.items() if here in text or "/tmp/" in text] == []


def test_the_sample_shows_something_of_every_part() -> None:
    shape = RepoShape.from_json((KEPT / "repo_shape.json").read_bytes())
    for part in (
        "components",
        "languages",
        "frameworks",
        "dependencies",
        "endpoints",
        "entry_points",
        "env_vars",
        "commands",
        "runtimes",
        "alerts",
    ):
        assert getattr(shape, part), part
    assert shape.architecture.edges
