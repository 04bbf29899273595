"""Test suites, and alerts with their fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from repo_architect import analysis
from repo_architect.analysis import stack
from support.shapes import shape
from support.stack_files import detect


@pytest.mark.parametrize(
    ("files", "suites"),
    [
        (
            {"pytest.ini": "[pytest]\n", "tests/test_a.py": "", "tests/test_b.py": "", "tests/helper.py": ""},
            [("pytest", 2)],
        ),
        (
            {"tests/test_a.py": "import unittest\n\nclass A(unittest.TestCase):\n    pass\n"},
            [("unittest", 1)],
        ),
        (
            {
                "package.json": '{"name": "x", "devDependencies": {"vitest": "1"}}',
                "src/a.test.ts": "",
                "src/b.ts": "",
            },
            [("Vitest", 1)],
        ),
        (
            {
                "package.json": '{"name": "x", "devDependencies": {"mocha": "1"}}',
                "test/a.js": "",
                "test/support/b.js": "",
            },
            [("Mocha", 1)],
        ),
        (
            {
                "package.json": '{"name": "x", "devDependencies": {"ava": "6"}}',
                "test/a.ts": "",
                "test/helpers/b.ts": "",
                "test/fixtures/c.ts": "",
                "test/_d.ts": "",
                "test/e.d.ts": "",
                "test.js": "",
            },
            [("AVA", 2)],
        ),
        (
            {"package.json": '{"name": "x", "devDependencies": {"jasmine": "5"}}', "spec/ASpec.js": ""},
            [("Jasmine", 1)],
        ),
        (
            {
                "tests/Shop.UnitTests/Orders.cs": "using Xunit;\nclass Orders {\n  [Fact]\n  public void A() {}\n}\n",
                "tests/Shop.UnitTests/Usings.cs": "global using Xunit;\n",
                "tests/Shop.UnitTests/Shop.UnitTests.csproj": '<Project><ItemGroup><PackageReference Include="xunit" Version="2.9.0" /></ItemGroup></Project>',
            },
            [("xUnit.net", 1)],
        ),
        ({"public/js/locale.cy.js": "", "package.json": '{"name": "x"}'}, []),
        ({"a_test.go": "package a\n", "a.go": "package a\n"}, [("go test", 1)]),
        ({"src/test/java/ATest.java": "import org.junit.jupiter.api.Test;\n"}, [("JUnit 5", 1)]),
        ({"spec/a_spec.rb": ""}, [("RSpec", 1)]),
        ({"lib/test_helpers.rb": "", "test/test_a.rb": ""}, [("Minitest", 1)]),
        ({"test/args-test.cc": '#include "gtest/gtest.h"\n'}, [("GoogleTest", 1)]),
        (
            {
                "Package.swift": "",
                "Tests/ATests.swift": "import XCTest\n",
                "Tests/BTests.swift": "import Testing\n",
            },
            [("Swift Testing", 1), ("XCTest", 1)],
        ),
        (
            {
                "node_modules/x/a.test.js": "",
                "tests/fixtures/test_x.py": "",
                "attest.py": "",
                "contest.js": "",
            },
            [],
        ),
    ],
)
def test_suites(tmp_path: Path, files: dict[str, str], suites: list[tuple[str, int]]) -> None:
    assert [(suite.tool, suite.files) for suite in detect(tmp_path, files).tests] == suites


@pytest.mark.parametrize(
    ("dockerfile", "titles"),
    [
        ("FROM python:3.12\nCMD python app.py\n", {"Containers run as root"}),
        ("FROM python:3.12\nUSER app\nCMD python app.py\n", set()),
        ("FROM python:3.12\nUSER app\nUSER root\nCMD python app.py\n", {"Containers run as root"}),
        ("FROM python:3.12 AS base\nUSER app\nFROM base\nCMD python app.py\n", set()),
        ("FROM python:3.12\nRUN make\n", set()),
        ('FROM gcr.io/distroless/static:nonroot\nCMD ["/app"]\n', set()),
        ("FROM python\nUSER app\nCMD python app.py\n", {"Container images without a fixed tag"}),
        ("FROM python:latest\nUSER app\nCMD python app.py\n", {"Container images without a fixed tag"}),
        ("FROM python@sha256:0123\nUSER app\nCMD python app.py\n", set()),
    ],
)
def test_alerts_of_images(tmp_path: Path, dockerfile: str, titles: set[str]) -> None:
    found = detect(tmp_path, {"Dockerfile": dockerfile})
    assert {alert.title for alert in found.warnings} == titles
    assert all(alert.fix and alert.evidence for alert in found.warnings)


def test_a_script_that_changes_the_user_is_seen(tmp_path: Path) -> None:
    files = {
        "Dockerfile": 'FROM python:3.12\nENTRYPOINT ["/entry.sh"]\n',
        "docker/entry.sh": '#!/bin/sh\nexec gosu app "$@"\n',
    }
    assert detect(tmp_path, files).warnings == ()


def test_what_the_deployment_settles_is_no_alert(tmp_path: Path) -> None:
    files = {
        "Dockerfile": "FROM python:3.12\nCMD python app.py\n",
        "k8s/app.yaml": "apiVersion: apps/v1\nkind: Deployment\nspec:\n  securityContext:\n    runAsNonRoot: true\n",
        "compose.yml": "services:\n  app:\n    build: .\n    image: my/app\n    ports: [80]\n  db:\n    image: postgres:17\n",
    }
    assert detect(tmp_path, files).warnings == ()


def test_a_bare_repository_is_told_what_it_lacks() -> None:
    bare = shape().model_copy(
        update={"ci_systems": (), "tests": (), "test_tools": (), "commands": (), "workflows": ()}
    )
    bare = bare.model_copy(
        update={"repository": bare.repository.model_copy(update={"license": None, "readme": None})}
    )
    titles = {alert.title for alert in stack.alerts(bare)}
    assert {"No licence", "No README", "No tests", "No CI"} <= titles
    assert all(alert.fix for alert in stack.alerts(bare))


@pytest.mark.parametrize("known", ["test_tools", "commands"])
def test_no_tests_is_not_said_where_a_tool_or_command_is_known(known: str) -> None:
    full = shape()
    bare = full.model_copy(update={"tests": (), "test_tools": (), "commands": ()})
    assert "No tests" in {alert.title for alert in stack.alerts(bare)}
    told = bare.model_copy(update={known: getattr(full, known)})
    assert "No tests" not in {alert.title for alert in stack.alerts(told)}


def test_keys_of_tests_are_told_apart_from_secrets() -> None:
    kind = "private key"
    both = shape(
        secrets=(
            {"kind": f"{kind}, in a test or example", "path": "tests/a.key", "line": 1},
            {"kind": kind, "path": "a.key", "line": 2},
        )
    )
    found = {alert.title: alert for alert in stack.alerts(both)}
    real, made = (
        found[title]
        for title in ("What looks like secrets in the tree", "Keys or passwords in tests or examples")
    )
    assert (real.level, [str(place) for place in real.evidence]) == ("error", ["a.key:2"])
    assert (made.level, [str(place) for place in made.evidence]) == ("info", ["tests/a.key:1"])


@pytest.mark.parametrize(
    ("gem", "told"),
    [
        ('gem "money"', True),
        ('gem "tzinfo-data", platforms: %i[windows jruby]', False),
        ("gem 'tzinfo-data', platforms: [:mingw, :mswin]", False),
        ("gem 'wdm', :platforms => :windows", False),
    ],
)
def test_a_gem_for_other_platforms_is_not_missing_from_the_lock(tmp_path: Path, gem: str, told: bool) -> None:
    lock = "GEM\n  remote: https://rubygems.org/\n  specs:\n    rails (8.0.1)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  rails\n"
    (tmp_path / "Gemfile").write_text(f'gem "rails"\n{gem}\n')
    (tmp_path / "Gemfile.lock").write_text(lock)
    found = analysis.analyze(tmp_path, analysis.identify(tmp_path)).shape

    behind = [alert for alert in found.alerts if "behind its manifest" in alert.title]
    assert [alert.detail for alert in behind] == (
        ["1 declared package is not in Gemfile.lock."] if told else []
    )
