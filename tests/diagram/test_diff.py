import json
import re

import pytest

from repo_architect.diagram import diff
from support.graphs import modules_of, random_modules, shape_of

BEFORE = (
    "web/a.py -> core/a.py",
    "web/b.py -> core/b.py",
    "store/a.py -> core/a.py",
    "store/b.py -> core/b.py",
)


def change(old, new):
    return diff.compare(shape_of(), modules_of(*old), shape_of(), modules_of(*new))


def pairs(dependencies):
    return [(found.source, found.target) for found in dependencies]


def test_nothing_changed():
    found = change(BEFORE, BEFORE)
    assert found.empty
    assert not any(found.has(kind) for kind in diff.KINDS)


def test_a_new_dependency_comes_with_its_line():
    found = change(BEFORE, (*BEFORE, "web/a.py -> store/a.py"))
    assert pairs(found.new_edges) == [("web", "store")]
    assert str(found.new_edges[0].evidence) == "web/a.py:5"
    assert "+ web -> store  (web/a.py:5)" in found.text()
    assert found.has("new-edge")
    assert not found.has("new-cycle")


def test_a_removed_dependency():
    found = change(BEFORE, (*BEFORE[:2], "store/a.py -> store/b.py"))
    assert pairs(found.removed_edges) == [("store", "core")]


def test_a_new_cycle_names_its_components():
    found = change(BEFORE, (*BEFORE, "core/a.py -> web/a.py"))
    (cycle,) = found.new_cycles
    assert cycle.components == ("core", "web")
    assert [str(edge.evidence) for edge in cycle.closed_by] == ["core/a.py:5"]
    assert "closed by core -> web  (core/a.py:5)" in found.text()
    assert found.has("new-cycle")


def test_components_that_come_and_go():
    found = change(BEFORE, (*BEFORE[:2], "mail/x.py -> core/a.py", "mail/y.py -> core/b.py"))
    assert (found.added, found.removed) == (("mail",), ("store",))


def test_a_component_that_moved_is_neither_new_nor_gone_and_keeps_its_dependencies():
    found = change(BEFORE, (*BEFORE[:2], "storage/a.py -> core/a.py", "storage/b.py -> core/b.py"))
    assert [(move.old, move.new) for move in found.moved] == [("store", "storage")]
    assert not (found.added or found.removed or found.new_edges or found.removed_edges)


def test_json_and_mermaid_say_the_same():
    found = change(BEFORE, (*BEFORE, 'web/a.py -> "odd]/a.py', 'web/b.py -> "odd]/b.py'))
    plain = json.loads(found.json())
    assert [(raw["source"], raw["target"], raw["evidence"]["line"]) for raw in plain["new_edges"]] == [
        ("web", '"odd]', 5)
    ]
    assert found.mermaid().count("-->") == 1
    assert '"odd]' not in found.mermaid()


def test_an_unknown_kind_of_change_is_refused():
    with pytest.raises(KeyError):
        change(BEFORE, BEFORE).has("anything")


def test_from_nothing_and_to_nothing():
    assert change((), BEFORE).has("new-component")
    assert change(BEFORE, ()).has("removed-component")


def test_a_cycle_that_grows_is_new_and_one_that_shrinks_is_neither_new_nor_gone():
    small, large = (
        (*BEFORE, "core/a.py -> web/a.py"),
        (*BEFORE, "core/a.py -> web/a.py", "core/b.py -> store/b.py"),
    )
    grown, shrunk = change(small, large), change(large, small)
    assert [cycle.components for cycle in grown.new_cycles] == [("core", "store", "web")]
    assert not grown.removed_cycles
    assert not shrunk.new_cycles
    assert change(small, BEFORE).has("removed-cycle")


def test_a_move_inside_a_cycle_is_no_new_cycle():
    old = (*BEFORE, "core/a.py -> web/a.py")
    new = tuple(line.replace("web/", "front/") for line in old)
    assert change(old, new).kinds == ("moved-component",)


def architecture(*names, edges=()):
    line = [{"path": "compose.yml", "line": 3}]
    return {
        "nodes": [
            {"id": name, "name": name, "kind": kind, "technology": None, "path": None, "evidence": line}
            for name, kind in names
        ],
        "edges": [
            {"source": source, "target": target, "kind": "sql", "label": "SQL", "evidence": line}
            for source, target in edges
        ],
    }


def test_services_and_their_connections():
    old = shape_of(architecture=architecture(("web", "service")))
    new = shape_of(architecture=architecture(("web", "service"), ("db", "database"), edges=[("web", "db")]))
    found = diff.compare(old, modules_of(*BEFORE), new, modules_of(*BEFORE))
    assert found.kinds == ("new-service", "new-connection")
    assert "+ database db  (compose.yml:3)\n+ connection web -> db: SQL  (compose.yml:3)\n" in found.text()
    back = diff.compare(new, modules_of(*BEFORE), old, modules_of(*BEFORE))
    assert back.kinds == ("removed-service", "removed-connection")


@pytest.mark.parametrize("seed", range(6))
def test_a_drawing_of_changes_stays_within_bounds(seed):
    one, other = (
        random_modules(seed + n, [f'fold"er<{k}>_{n}' for k in range(4 + seed * 4)], 300, 600) for n in (0, 9)
    )
    drawn = diff.compare(shape_of(), one, shape_of(), other).mermaid()
    assert len(drawn) <= 2000
    assert len(re.findall(r"^n\d+\[", drawn, re.MULTILINE)) <= 25
    assert "more change" in drawn
    assert re.fullmatch(r'[A-Za-z0-9 .,_/#;()\[\]{}"|>=\n-]*', drawn)


def test_a_file_that_is_gone_from_a_flat_folder_is_a_component_as_its_neighbours_were():
    old = ("pkg/a.py -> pkg/b.py", "pkg/b.py -> pkg/gone.py")
    found = change(old, old[:1])
    assert found.removed == ("pkg/gone.py",)
    assert ("pkg/b.py", "pkg/gone.py") in pairs(found.removed_edges)


def test_a_folder_is_the_same_component_with_one_file_and_with_two():
    found = change(
        (*BEFORE, "one/x.py -> core/a.py"), (*BEFORE, "one/x.py -> core/a.py", "one/y.py -> core/a.py")
    )
    assert found.empty
