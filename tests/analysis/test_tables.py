from __future__ import annotations

from pathlib import Path

import pytest

import repo_architect.sample
from repo_architect import analysis
from repo_architect.contracts import RepoShape

SHAPE = RepoShape.from_json(
    (Path(repo_architect.sample.__file__).parent / "run/repo_shape.json").read_bytes()
)


def test_every_list_of_the_analysis_is_a_frame_with_a_row_an_item() -> None:
    frames = analysis.frames(SHAPE)
    lists = {name for name, value in SHAPE if isinstance(value, tuple)}
    assert lists <= set(frames)
    assert all(len(frames[name]) == len(getattr(SHAPE, name)) for name in lists)


def test_a_frame_has_its_columns_even_when_nothing_was_found() -> None:
    empty = SHAPE.model_copy(update={"endpoints": ()})
    assert {"method", "path", "framework", "evidence"} <= set(analysis.frames(empty)["endpoints"].columns)


def test_evidence_is_path_and_line_with_how_many_more() -> None:
    frame = analysis.frames(SHAPE)["architecture_edges"]
    first = SHAPE.architecture.edges[0]
    assert frame.loc[0, "evidence"] == str(first.evidence[0])
    assert frame.loc[0, "more"] == len(first.evidence) - 1


def test_the_overview_names_the_first_items_of_each_part() -> None:
    overview = analysis.frames(SHAPE).overview()
    assert overview.loc["frameworks", "items"] == len(SHAPE.frameworks)
    assert SHAPE.frameworks[0].name in overview.loc["frameworks", "first"]
    assert " → " in overview.loc["architecture_edges", "first"]
    assert not overview["first"].str.contains("Evidence").any()


def test_an_unknown_part_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        analysis.frames(SHAPE)["nothing"]


@pytest.mark.parametrize("name", ["Analysis", "analyze", "frames", "Frames", "identify", "Limits"])
def test_what_the_package_promises_is_there_whichever_is_asked_first(name: str) -> None:
    assert getattr(analysis, name).__name__ == name
