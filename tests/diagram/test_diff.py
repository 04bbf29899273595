import json

import pytest

from repo_architect.diagram import diff
from support.graphs import modules_of, shape_of

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
    assert pairs(found.new_dependencies) == [("web", "store")]
    assert str(found.new_dependencies[0].evidence) == "web/a.py:5"
    assert "+ web -> store  (web/a.py:5)" in found.text()
    assert found.has("new-dependency")
    assert not found.has("new-cycle")


def test_a_removed_dependency():
    found = change(BEFORE, (*BEFORE[:2], "store/a.py -> store/b.py"))
    assert pairs(found.removed_dependencies) == [("store", "core")]


def test_a_new_cycle_names_its_components():
    found = change(BEFORE, (*BEFORE, "core/a.py -> web/a.py"))
    assert found.new_cycles == (("core", "web"),)
    assert found.has("new-cycle")


def test_components_that_come_and_go():
    found = change(BEFORE, (*BEFORE[:2], "mail/x.py -> core/a.py", "mail/y.py -> core/b.py"))
    assert (found.added, found.removed) == (("mail",), ("store",))


def test_a_component_that_moved_is_neither_new_nor_gone_and_keeps_its_dependencies():
    found = change(BEFORE, (*BEFORE[:2], "storage/a.py -> core/a.py", "storage/b.py -> core/b.py"))
    assert [(move.old, move.new) for move in found.moved] == [("store", "storage")]
    assert not (found.added or found.removed or found.new_dependencies or found.removed_dependencies)


def test_json_and_mermaid_say_the_same():
    found = change(BEFORE, (*BEFORE, 'web/a.py -> "odd]/a.py', 'web/b.py -> "odd]/b.py'))
    plain = json.loads(found.json())
    assert [(raw["source"], raw["target"], raw["evidence"]["line"]) for raw in plain["new_dependencies"]] == [
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
