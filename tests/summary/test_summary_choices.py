"""Which command, entry point and component a newcomer is shown."""

from __future__ import annotations

import pytest

from repo_architect.summary.aside import is_aside, main_components
from repo_architect.summary.commands import first_command
from repo_architect.summary.entries import main_entries
from repo_architect.summary.onboarding import run_or_test
from repo_architect.summary.sentences import how_it_is_run
from repo_architect.summary.technologies import main_frameworks
from support import shapes


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py",
        "src/test_a.py",
        "a/b.spec.ts",
        "examples/x/y.js",
        "integration-tests/x.py",
        "a/__tests__/b.ts",
        "docs/conf.py",
        "benchsuite/x",
        "src/ATests.cs",
    ],
)
def test_what_is_beside_the_product_is_told(path):
    assert is_aside(path)


@pytest.mark.parametrize(
    "path",
    [
        "src/latest/a.py",
        "contest/b.go",
        "src/attestation.rs",
        "lib/inspect.py",
        "src/spectrum/x.ts",
        "app.py",
        "src/testable.go",
    ],
)
def test_product_is_not_taken_for_tests(path):
    assert not is_aside(path)


def _command(command, directory=".", component=None, purpose="test"):
    return {
        "purpose": purpose,
        "command": command,
        "component": component,
        "directory": directory,
        "evidence": ({"path": "Makefile", "line": 1},),
    }


@pytest.mark.parametrize(
    ("commands", "chosen"),
    [
        ([_command("rm test.py"), _command("task py:test")], "task py:test"),
        ([_command("echo 1 > a && pytest"), _command("pytest")], "pytest"),
        ([_command("pytest integration-tests/"), _command("pytest tests")], "pytest tests"),
        ([_command("npm test", "examples/x"), _command("npm run test", "packages/x")], "npm run test"),
        ([_command("npm test", "web"), _command("make test")], "make test"),
        ([_command("yarn run test:ci"), _command("yarn run test")], "yarn run test"),
        ([_command("npm test", "examples/x")], None),
    ],
)
def test_command_is_the_plain_one_of_the_whole_product(commands, chosen):
    found = first_command(shapes.bare_shape(commands=tuple(commands)), "test")
    assert (found.command if found else None) == chosen


def test_install_command_of_another_ecosystem_is_not_the_setup():
    dependency = {**shapes._SHAPE["dependencies"][0], "component": "."}
    commands = (_command("npm ci", component=".", purpose="install"),)
    assert first_command(shapes.bare_shape(commands=commands, dependencies=(dependency,)), "install") is None
    assert first_command(shapes.bare_shape(commands=commands), "install")


def test_programs_come_before_guards_and_examples_are_left_out():
    entries = [
        {"kind": "guard", "name": "tool", "evidence": ({"path": "a/tool.py", "line": 9},)},
        {"kind": "bin", "name": "fuzz", "evidence": ({"path": "fuzz/Cargo.toml", "line": 2},)},
        {"kind": "bin", "name": "rg", "evidence": ({"path": "Cargo.toml", "line": 30},)},
    ]
    assert [entry.name for entry in main_entries(shapes.bare_shape(entry_points=tuple(entries)))] == [
        "rg",
        "tool",
    ]


def test_program_of_the_root_is_told_before_the_command_of_a_part():
    shape = shapes.bare_shape(
        commands=(_command("npm run dev", "ui", purpose="run"),),
        entry_points=(
            {
                "kind": "console_script",
                "name": "orchard",
                "evidence": ({"path": "pyproject.toml", "line": 9},),
            },
        ),
    )
    assert how_it_is_run(shape).text == "It starts at `orchard` and no tests were found."


def test_library_tells_its_import_paths():
    entries = [
        {"kind": "exports", "name": f"hull{tail}", "evidence": ({"path": "package.json", "line": 3},)}
        for tail in ("", "/a", "/b")
    ]
    assert (
        "it offers 3 import paths (`hull` and below)"
        in how_it_is_run(shapes.bare_shape(entry_points=tuple(entries))).text.lower()
    )


def test_frameworks_of_examples_and_the_projects_own_are_left_out():
    parts = [
        {"id": ".", "name": "Hull", "path": ".", "kind": "library", "manifest": None},
        {"id": "examples/a", "name": "a", "path": "examples/a", "kind": "example", "manifest": None},
    ]
    frameworks = [
        {"name": name, "category": "server", "component": part, "evidence": ({"path": "x", "line": 1},)}
        for name, part in (("Hull", "."), ("Express", "examples/a"), ("Koa", "."))
    ]
    shape = shapes.bare_shape(components=tuple(parts), frameworks=tuple(frameworks))
    assert [item.name for item in main_frameworks(shape)] == ["Koa"]
    assert [part.name for part in main_components(shape)] == ["Hull"]


def test_what_only_examples_or_tests_use_is_no_technology_of_the_product():
    frameworks = [
        {"name": name, "category": "server", "used_for": used_for, "evidence": ({"path": "x", "line": 1},)}
        for name, used_for in (("Express", "example"), ("Hono", "product"), ("Koa", "test"))
    ]
    assert [item.name for item in main_frameworks(shapes.bare_shape(frameworks=tuple(frameworks)))] == [
        "Hono"
    ]


def _suite(component, path, tool, files=1):
    return {"component": component, "tool": tool, "files": files, "evidence": ({"path": path, "line": 1},)}


_PYTEST, _VITEST = _suite("api", "api/tests/test_a.py", "pytest"), _suite("web", "web/a.test.ts", "Vitest", 4)
_TOOLS = tuple(
    {"name": name, "component": None, "evidence": ({"path": "x", "line": 1},)}
    for name in ("pytest", "Vitest")
)


@pytest.mark.parametrize(
    ("commands", "suites", "said", "step"),
    [
        ([_command("npm run test", "web", "web")], [_PYTEST], "It has 1 test file for pytest.",
         "Test `web` with `npm run test` in `web`; no command was found for the tests of `api` (pytest)."),
        ([_command("npm run test", "web", "web")], [_PYTEST, _VITEST], "4 of its 5 test files run with `npm run test` in `web`.",
         "Test `web` with `npm run test` in `web`."),
        ([_command("npm run test", "web", "web"), _command("pytest", "api", "api")], [_PYTEST], "Its 1 test file runs with `pytest` in `api`.",
         "Test it with `pytest` in `api`."),
        ([_command("make test")], [_PYTEST], "It has 1 test file, its test command is `make test`.", "Test it with `make test`."),
        ([_command("pytest", ".", "."), _command("vitest", "web", "web")], [_suite(".", "tests/test_a.py", "pytest"), _suite("web", "web/a.test.ts", "Vitest", 40)],
         "40 of its 41 test files run with `vitest` in `web`.", "Test `web` with `vitest` in `web`."),
        ([_command("vitest run", ".", ".")], [_suite(".", "tests/test_a.py", "pytest")], "It has 1 test file, its test command is `vitest run`.",
         "Test it with `vitest run`."),
    ],
)  # fmt: skip
def test_files_are_counted_only_with_the_command_that_runs_them(commands, suites, said, step):
    shape = shapes.bare_shape(commands=tuple(commands), tests=tuple(suites), test_tools=_TOOLS)
    assert how_it_is_run(shape).text == said
    assert run_or_test(shape).text == step
