from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest

import repo_architect.sample
from repo_architect import analysis
from repo_architect.analysis.figures import FIGURES, MOST, figure
from repo_architect.analysis.tables import text
from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import Limit

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


def test_rows_are_filtered_by_values_and_by_text() -> None:
    frames = analysis.frames(SHAPE)
    wanted = [item for item in SHAPE.dependencies if item.scope in ("runtime", "development") and item.direct]
    assert len(frames.where("dependencies", scope=["runtime", "development"], direct=True)) == len(wanted)
    name = SHAPE.dependencies[0].name
    found = frames.where("dependencies", text=name.upper())
    assert 0 < len(found) < len(SHAPE.dependencies)
    assert name in set(found["name"])


def test_a_column_that_a_part_has_not_is_named_with_those_it_has() -> None:
    with pytest.raises(KeyError, match="no column colour; it has name"):
        analysis.frames(SHAPE).where("frameworks", colour="red")


@pytest.mark.parametrize("part", [*FIGURES])
def test_every_part_has_a_figure_that_counts_its_items(part: str) -> None:
    drawn = analysis.frames(SHAPE).figure(part)
    _, _, summed = FIGURES[part]
    frame = analysis.frames(SHAPE)[part]
    total = int(frame[summed].fillna(0).sum()) if summed else len(frame)
    assert sum(value for _, value in drawn.bars) == total
    assert fromstring(drawn.svg()).get("role") == "img"


def test_every_frame_has_a_figure() -> None:
    assert set(analysis.frames(SHAPE)) == set(FIGURES)


def test_a_figure_has_few_bars_and_escapes_what_repositories_are_called() -> None:
    many = [Limit(reason=f"<b>{number}</b>", detail="", count=number) for number in range(30)]
    drawn = figure("limits", many)
    assert len(drawn.bars) == MOST
    assert sum(value for _, value in drawn.bars) == sum(range(30))
    assert "<b>" not in drawn.svg()
    fromstring(drawn.svg())


def test_a_frame_as_text_is_aligned_cut_and_without_empty_columns() -> None:
    frame = pd.DataFrame(
        {"name": ["a", "b\x1b[31m"], "none": [None, None], "files": [5, 1234], "long": ["x" * 200, "y"]}
    )
    lines = text(frame, widest=20).splitlines()
    assert lines[0] == "name    files  long"
    assert lines[1] == f"a           5  {'x' * 19}…"
    assert lines[2] == "b?[31m   1234  y"
    assert text(frame.head(0)) == "nothing found"
