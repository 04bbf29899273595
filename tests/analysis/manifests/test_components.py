"""Which folders are components, and what does not become one."""

from __future__ import annotations

from support.manifests import read, read_with_notes


def test_a_repository_without_manifests_is_one_component(tmp_path):
    report = read(tmp_path, {"main.c": "int main(void) {}"})
    assert [(c.id, c.path, c.manifest) for c in report.components] == [(".", ".", None)]


def test_vendored_code_and_fixtures_cost_a_note_and_are_no_components(tmp_path):
    report, notes = read_with_notes(tmp_path, {
        "package.json": '{"name": "shop"}',
        "node_modules/x/package.json": '{"name": "x", "dependencies": {"y": "1"}}',
        "tests/fixtures/a/package.json": '{"name": "a", "dependencies": {"z": "1"}}',
        "tests/deep/case/pyproject.toml": '[project]\nname = "c"\ndependencies = ["w"]',
        "examples/one/package.json": '{"name": "one", "dependencies": {"v": "1"}}',
    })  # fmt: skip
    assert {c.path: c.kind for c in report.components} == {".": "unknown", "examples/one": "example"}
    assert [d.name for d in report.dependencies] == ["v"]
    assert {(limit.reason, limit.count) for limit in notes.limits()} == {("vendored", 1), ("fixture", 2)}


def test_the_innermost_component_holds_a_path(tmp_path):
    report = read(tmp_path, {
        "pyproject.toml": '[project]\nname = "api"\n', "web/package.json": '{"name": "web"}', "web/src/x.ts": "", "webby/y.py": "",
    })  # fmt: skip
    assert report.component_of("web/src/x.ts") == "web"
    assert report.component_of("web") == "web"
    assert report.component_of("webby/y.py") == "."


def test_a_folder_with_requirements_and_code_is_a_service(tmp_path):
    report = read(tmp_path, {
        "src/mail/requirements.txt": "flask\n", "src/mail/app.py": "", "src/cart/go.mod": "module cart\n", "src/cart/main.go": "package main",
    })  # fmt: skip
    assert {c.path: (c.name, c.kind) for c in report.components} == {
        "src/mail": ("mail", "service"),
        "src/cart": ("cart", "application"),
    }


def test_malformed_manifests_cost_a_note(tmp_path):
    report, notes = read_with_notes(tmp_path, {
        "package.json": "{", "pyproject.toml": "[[", "setup.py": "def", "Cargo.toml": "\x00", "a/package.json": '{"dependencies": [1, {}], "name": 3}',
        "b/pyproject.toml": "project = 3\n[tool]\npoetry = [1]\n", "compose.yml": "services: [1]\n", "go.mod": "require\n",
    })  # fmt: skip
    assert report.dependencies == ()
    assert sum(limit.count for limit in notes.limits() if limit.reason == "malformed") == 4


def test_the_document_is_parsed_once_and_shared(tmp_path):
    report = read(tmp_path, {"package.json": '{"scripts": {\n"build": "x"}}', "bad/package.json": "{"})
    document = report.document("package.json")
    assert document is not None
    assert document.at("scripts", "build").line == 2
    assert report.document("package.json") is document
    assert report.document("bad/package.json") is None
    assert report.document("nothing.json") is None
