from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from repo_architect.contracts import ARTIFACTS, Artifact, Clone, ImportEdge, Module, Modules
from support.fake_stages import CLONE

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.mark.parametrize("model", ARTIFACTS, ids=lambda model: model.file_name)
def test_every_artifact_has_a_json_schema_that_is_committed(model: type[Artifact]) -> None:
    name = f"{Path(model.file_name).stem.strip('<>')}.schema.json"
    committed = json.loads((SCHEMAS / name).read_text())
    Draft202012Validator.check_schema(committed)
    committed.pop("$schema")
    assert committed == model.model_json_schema(mode="serialization"), "run `make schemas`"


def test_a_written_artifact_holds_against_its_schema() -> None:
    written = json.loads(Clone.model_validate(CLONE).to_json())
    schema = json.loads((SCHEMAS / "clone.schema.json").read_text())
    assert list(Draft202012Validator(schema).iter_errors(written)) == []


def test_the_same_content_gives_the_same_bytes() -> None:
    first = Clone.model_validate(CLONE)
    second = Clone.model_validate(dict(reversed(CLONE.items())))
    assert first.to_json() == second.to_json()


def test_the_graph_of_modules_survives_writing_and_reading() -> None:
    modules = [Module("b.py", "Python", 3, "root"), Module("a.py", "Python", 5, "root")]
    imports = [ImportEdge("b.py", "a.py", "import", (2, 1, 2)), ImportEdge("a.py", "b.py", "type", (9,))]
    graph = Modules.from_json(Modules.build(modules, imports).to_json())
    assert list(graph.modules()) == sorted(modules)
    assert sorted(graph.imports()) == sorted([imports[1], imports[0]._replace(lines=(1, 2))])
    assert [str(found) for found in next(graph.imports()).evidence] == ["a.py:9"]


def test_the_graph_as_frames_has_a_row_each() -> None:
    graph = Modules.build([Module("a.py", "Python", 5, "root")], [ImportEdge("a.py", "a.py", "import", (1,))])
    nodes, edges = graph.frames()
    assert list(nodes["path"]) == ["a.py"]
    assert list(edges["kind"]) == ["import"]


def test_an_import_of_a_module_that_is_not_in_the_graph_is_refused() -> None:
    with pytest.raises(KeyError):
        Modules.build([Module("a.py", "Python", 5, "root")], [ImportEdge("a.py", "gone.py", "import", (1,))])
