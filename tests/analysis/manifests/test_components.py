"""Which folders are components, and what does not become one."""

from __future__ import annotations

import pytest

from repo_architect.analysis import languages, manifests
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.limits import Limits, Notes
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


def test_a_locks_document_is_not_kept(tmp_path):
    report = read(tmp_path, {"Manifest.toml": 'manifest_format = "2.0"\n', "package-lock.json": "{}"})
    assert report.document("Manifest.toml") is None
    assert report.document("package-lock.json") is None


def test_projects_of_nx_are_components(tmp_path):
    report = read(tmp_path, {
        "package.json": '{"name": "shop", "private": true, "dependencies": {"react": "^18"}}',
        "apps/web/project.json": '{"name": "web", "projectType": "application", "targets": {"build": {}}}',
        "libs/ui/project.json": '{"name": "ui", "projectType": "library", "targets": {}}',
        "old/project.json": '{"dependencies": {"EntityFramework": "7.0"}}',
    })  # fmt: skip
    assert {c.path: (c.name, c.kind) for c in report.components} == {
        ".": ("shop", "unknown"), "apps/web": ("web", "application"), "libs/ui": ("ui", "library"),
    }  # fmt: skip
    assert {(d.ecosystem, d.name) for d in report.dependencies} == {
        ("npm", "react"),
        ("nuget", "EntityFramework"),
    }


def test_of_two_manifests_the_one_of_most_files_speaks(tmp_path):
    files = {
        "package.json": '{"name": "tooling"}',
        "go.mod": "module example.org/shop\n",
        "main.go": "package main",
        "x/a.go": "",
        "e.js": "",
    }
    assert [c.name for c in read(tmp_path, files).components] == ["example.org/shop"]


def test_test_projects_in_a_workspace_are_components_and_their_packages_for_tests(tmp_path):
    report = read(tmp_path, {
        "package.json": '{"name": "shop", "private": true, "workspaces": ["packages/*", "tests/apps/*"]}',
        "tests/apps/one/package.json": '{"name": "one", "dependencies": {"a": "1"}}',
        "tests/other/two/package.json": '{"name": "two", "dependencies": {"b": "1"}}',
        "tests/Unit/Unit.csproj": '<Project Sdk="x"><ItemGroup><PackageReference Include="xunit" Version="2" /></ItemGroup></Project>',
        "tests/Unit/ATests.cs": "class ATests {}",
        "tests/shown/xml/console.csproj": '<Project Sdk="x"><ItemGroup><PackageReference Include="y" Version="2" /></ItemGroup></Project>',
    })  # fmt: skip
    assert {c.path: c.kind for c in report.components} == {
        ".": "unknown",
        "tests/apps/one": "unknown",
        "tests/Unit": "unknown",
    }
    assert {(d.name, d.scope) for d in report.dependencies} == {("a", "test"), ("xunit", "test")}


def test_the_same_tree_gives_the_same_report(tmp_path):
    files = {
        f"p{n}/package.json": f'{{"name": "p{n}", "dependencies": {{"p{(n + 1) % 9}": "*", "x": "1"}}}}'
        for n in range(9)
    }
    first, second = read(tmp_path / "a", files), read(tmp_path / "b", dict(reversed(files.items())))
    assert (first.components, first.dependencies, first.lock_files) == (
        second.components,
        second.dependencies,
        second.lock_files,
    )
    assert len({c.id for c in first.components}) == 9


def test_what_is_said_of_vendored_code_decides_before_the_names_of_folders(tmp_path):
    files = {
        ".gitattributes": "copied/** linguist-vendored\nvendor/ours/** -linguist-vendored\n",
        "package.json": '{"name": "shop", "dependencies": {"a": "1"}}',
        "copied/package.json": '{"name": "theirs", "dependencies": {"b": "1"}}',
        "vendor/ours/package.json": '{"name": "ours", "dependencies": {"c": "1"}}',
        "vendor/x/package.json": '{"name": "x", "dependencies": {"d": "1"}}',
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    tree = read_tree(tmp_path, Limits(), Notes())
    languages.detect(tree)
    report = manifests.read(tree)
    assert {item.name for item in report.dependencies} == {"a", "c"}
    assert {(limit.reason, limit.path) for limit in tree.notes.limits()} >= {
        ("vendored", "copied/package.json")
    }


def test_the_requirements_of_a_syntax_test_are_no_dependencies(tmp_path):
    report = read(tmp_path, {"assets/syntax_test_requirements.txt": "x==1\n", "requirements.txt": "y==1\n"})
    assert [item.name for item in report.dependencies] == ["y"]


def test_a_list_of_requirements_speaks_for_the_folder_whose_files_are_of_it(tmp_path):
    files = {
        "package.json": '{"private": true, "scripts": {"build": "x"}}',
        "Gemfile": "source 'https://rubygems.org'\ngem 'rails'\n",
        "app/a.rb": "", "app/b.rb": "", "app/c.js": "",
    }  # fmt: skip
    (found,) = read(tmp_path, files).components
    assert (found.manifest, found.package_manager, found.kind) == ("Gemfile", "bundler", "service")


def test_a_module_that_only_reaches_a_server_library_is_no_service(tmp_path):
    files = {
        "remote/go.mod": "module a/remote\n\ngo 1.23\n\nrequire google.golang.org/grpc v1.0.0 // indirect\n",
        "client/go.mod": "module a/client\n\ngo 1.23\n\nrequire google.golang.org/grpc v1.0.0\n",
        "server/go.mod": "module a/server\n\ngo 1.23\n\nrequire google.golang.org/grpc v1.0.0\n",
        "server/main.go": "package main\n",
    }
    kinds = {found.path: found.kind for found in read(tmp_path, files).components}
    assert kinds == {"client": "library", "remote": "library", "server": "service"}


def test_a_crate_with_programs_is_an_application_and_a_workspace_without_a_package_is_none(tmp_path):
    files = {
        "Cargo.toml": "[workspace]\nmembers = ['cat']\n[workspace.dependencies]\nx = '1'\n",
        "cat/Cargo.toml": "[package]\nname = 'cat'\nversion = '1.0.0'\n",
        "cat/src/lib.rs": "",
        "cat/src/bin/cat/main.rs": "fn main() {}\n",
    }
    kinds = {found.path: found.kind for found in read(tmp_path, files).components}
    assert kinds == {".": "unknown", "cat": "application"}


def test_what_gradle_builds_for_others_is_a_library_whatever_they_serve_with(tmp_path):
    web = "implementation 'org.springframework.boot:spring-boot-starter-web:3.0.0'"
    files = {
        "settings.gradle": "include 'api', 'app'\n",
        "api/build.gradle": f"plugins {{\n  id 'java-library'\n}}\ndependencies {{ {web} }}\n",
        "app/build.gradle": f"plugins {{\n  id 'java'\n}}\ndependencies {{ {web} }}\n",
    }
    kinds = {found.path: found.kind for found in read(tmp_path, files).components}
    assert (kinds["api"], kinds["app"]) == ("library", "service")


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"app.go": "// what it is\npackage main\n\nfunc main() {}\n"}, "application"),
        ({"app.go": "package shop\n", "app_test.go": "package main\n"}, "library"),
        ({"shop.go": "package shop\n", "gen.go": "//go:build ignore\n\npackage main\n"}, "library"),
        ({"shop.go": "package shop\n", "tools/gen.go": "package main\n"}, "library"),
    ],
)
def test_a_go_module_is_a_program_by_its_package_whatever_the_file_is_called(tmp_path, files, kind):
    report = read(tmp_path, {"go.mod": "module example.com/shop\n", **files})

    assert {found.kind for found in report.components} == {kind}


def test_the_build_of_sbts_own_build_is_no_component(tmp_path):
    report = read(tmp_path, {
        "build.sbt": 'name := "shop"\n', "project/build.sbt": "libraryDependencies += compilerPlugin\n", "src/Main.scala": "",
        "project/plugins.sbt": 'addSbtPlugin("org.scalameta" % "sbt-scalafmt" % "2.6.2")\n',
    })  # fmt: skip

    assert [found.path for found in report.components] == ["."]
    assert [found.name for found in report.dependencies] == ["org.scalameta:sbt-scalafmt"]


@pytest.mark.parametrize(
    ("table", "kind"),
    [("  plugin:\n    platforms: {}\n", "library"), ("  uses-material-design: true\n", "application")],
)
def test_a_flutter_plugin_is_a_library(tmp_path, table, kind):
    report = read(tmp_path, {"pubspec.yaml": f"name: shop\nflutter:\n{table}"})

    assert [found.kind for found in report.components] == [kind]


def test_a_package_of_another_registry_is_no_generator_of_documentation(tmp_path):
    mix = 'def project do\n  [\n    app: :a\n  ]\n  end\n  defp deps do\n    [{:mint, "~> 1.6"}, {:phoenix, "~> 1.8"}]\n  end\n'
    report = read(tmp_path, {"mix.exs": mix, "lib/a.ex": ""})
    assert [found.kind for found in report.components] == ["service"]
