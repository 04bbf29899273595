"""The form of the stage notebooks."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from repo_architect import notebook_files
from repo_architect.errors import UsageError
from repo_architect.stages import STAGES, Stage

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
each = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.notebook)


def cells(stage: Stage) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook_files.path(stage).read_text())["cells"]
    return found


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_there_is_one_notebook_a_stage_and_no_other() -> None:
    found = sorted(path.name for path in notebook_files.folder().glob("*.ipynb"))
    assert found == [stage.notebook for stage in STAGES]


@each
def test_a_notebook_is_valid_and_its_metadata_is_exact(stage: Stage) -> None:
    text = notebook_files.path(stage).read_text()
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert json.loads(text)["metadata"] == METADATA
    assert text.endswith("}\n")


@each
def test_a_notebook_carries_no_output_and_no_count(stage: Stage) -> None:
    code = [cell for cell in cells(stage) if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


@each
def test_cells_have_readable_ids_and_one_is_tagged_parameters(stage: Stage) -> None:
    found = cells(stage)
    assert all(re.fullmatch(r"[a-z][a-z-]+", cell["id"]) for cell in found)
    assert len({cell["id"] for cell in found}) == len(found)
    assert [cell["id"] for cell in found if cell["metadata"].get("tags")] == ["parameters"]


@each
def test_a_notebook_is_thin(stage: Stage) -> None:
    found = cells(stage)
    assert 6 <= len(found) <= 11
    for cell in found:
        if cell["cell_type"] == "code" and cell["id"] != "parameters":
            assert len(source(cell).splitlines()) <= 9, cell["id"]


@each
def test_a_notebook_ends_with_something_to_look_at(stage: Stage) -> None:
    last = ast.parse(source(cells(stage)[-1])).body[-1]
    assert isinstance(last, ast.Expr)


@each
def test_every_parameter_has_a_type_a_default_and_a_meaning(stage: Stage) -> None:
    for found in notebook_files.parameters(notebook_files.path(stage)).values():
        assert found.type in ("str", "int", "float", "bool"), found.name
        assert found.default is not None
        assert len(found.help) > 5, found.name


@each
def test_a_stage_is_asked_with_every_parameter_of_its_notebook(stage: Stage) -> None:
    """Otherwise a changed parameter would not make `resume` run it again."""
    text = "\n".join(source(cell) for cell in cells(stage) if cell["cell_type"] == "code")
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    begin = next(call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "begin")
    assert {word.arg for word in begin.keywords} == set(notebook_files.defaults(stage))
    assert isinstance(begin.args[0], ast.Constant)
    assert begin.args[0].value == stage.name


@each
def test_a_notebook_writes_what_its_stage_promises_and_says_done(stage: Stage) -> None:
    text = "\n".join(source(cell) for cell in cells(stage))
    for name in stage.writes:
        assert f'"{name}"' in text or name.endswith("/"), name
    assert "stage.done(" in text


@each
def test_papermill_shows_every_parameter_with_type_and_meaning(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    import papermill

    shown = papermill.inspect_notebook(str(notebook_files.path(stage)))
    declared = notebook_files.parameters(notebook_files.path(stage))
    assert set(shown) == set(declared)
    for name, found in declared.items():
        assert shown[name]["inferred_type_name"] == found.type
        assert shown[name]["help"] == found.help


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("1.10", "str", "1.10"),
        ("007", "str", "007"),
        ("1000", "int", 1000),
        ("1.5", "float", 1.5),
        ("yes", "bool", True),
    ],
)
def test_a_parameter_from_the_command_line_keeps_its_type(text: str, type_: str, value: object) -> None:
    assert notebook_files.Parameter("p", type_, None, "help").parse(text) == value


@pytest.mark.parametrize(("text", "type_"), [("many", "int"), ("maybe", "bool"), ("1e", "float")])
def test_a_value_of_the_wrong_type_is_refused(text: str, type_: str) -> None:
    with pytest.raises(UsageError, match=f"takes {type_}, not '{text}'"):
        notebook_files.Parameter("p", type_, None, "help").parse(text)


def test_notebooks_are_found_inside_an_installed_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "site-packages" / "repo_architect"
    monkeypatch.setattr(notebook_files, "_PACKAGE", package)
    assert notebook_files.folder() == package / "_notebooks"
