"""CI that exists: jobs, steps with lines, and the versions of runtimes they run on."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.stack_files import detect

GITHUB = """\
name: Tests
on:
  push:
  pull_request:
    branches: [main]
env:
  NODE: "20"
jobs:
  test:
    runs-on: ${{ matrix.os }}
    strategy:
      matrix:
        os: [ubuntu-latest, windows-latest]
        python-version: ["3.9", "3.10"]
        include:
          - {os: macos-latest, python-version: "3.13"}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: ${{ matrix.python-version }}
      - uses: actions/setup-node@v4
        with:
          node-version: ${{ env.NODE }}
      - name: Run
        run: pytest
  rust:
    runs-on: [self-hosted, linux]
    steps:
      - uses: dtolnay/rust-toolchain@1.75
      - uses: ./.github/actions/go
        with: {version: "1.23"}
  called:
    uses: ./.github/workflows/other.yml
"""
ACTION = """\
inputs:
  version: {default: "1.20"}
runs:
  using: composite
  steps:
    - uses: actions/setup-go@v5
      with:
        go-version: ${{ inputs.version }}
"""


def test_github_actions_in_full(tmp_path: Path) -> None:
    found = detect(tmp_path, {".github/workflows/ci.yml": GITHUB, ".github/actions/go/action.yml": ACTION})
    (workflow,) = found.workflows
    test, rust, called = workflow.jobs

    assert (workflow.name, workflow.triggers) == ("Tests", ("pull_request", "push"))
    assert (test.name, test.line, test.runs_on) == ("test", 9, "ubuntu-latest, windows-latest, macos-latest")
    assert test.versions == {"node": ("20",), "python": ("3.9", "3.10", "3.13")}
    assert [(step.uses or step.run, step.line) for step in test.steps][::3] == [
        ("actions/checkout@v4", 18),
        ("pytest", 26),
    ]
    assert rust.versions == {"go": ("1.23",), "rust": ("1.75",)}
    assert rust.runs_on == "self-hosted, linux"
    assert called.steps[0].uses == "./.github/workflows/other.yml"


@pytest.mark.parametrize(
    ("path", "text", "system", "versions"),
    [
        (".gitlab-ci.yml", "stages: [test]\nunit:\n  image: python:3.12-slim\n  script:\n    - pytest\n", "GitLab CI", {"python": ("3.12",)}),
        (".circleci/config.yml", "jobs:\n  t:\n    docker:\n      - image: cimg/node:20.1\n    steps:\n      - run: npm test\n", "CircleCI", {"node": ("20.1",)}),
        (".travis.yml", "language: python\npython:\n  - 3.10\n  - '3.11'\nscript: pytest\n", "Travis CI", {"python": ("3.10", "3.11")}),
        (".drone.yml", "kind: pipeline\nsteps:\n- name: t\n  image: golang:1.22\n  commands:\n  - go test ./...\n", "Drone", {"go": ("1.22",)}),
        ("azure-pipelines.yml", "pool: {vmImage: ubuntu-latest}\nsteps:\n- script: npm test\n", "Azure Pipelines", {}),
        ("bitbucket-pipelines.yml", "image: node:18\npipelines:\n  default:\n    - step:\n        script:\n          - npm test\n", "Bitbucket Pipelines", {"node": ("18",)}),
        (".cirrus.yml", "t_task:\n  container: {image: 'rust:1.70'}\n  test_script: cargo test\n", "Cirrus CI", {"rust": ("1.70",)}),
    ],
)  # fmt: skip
def test_other_systems(
    tmp_path: Path, path: str, text: str, system: str, versions: dict[str, tuple[str, ...]]
) -> None:
    found = detect(tmp_path, {path: text})
    (workflow,) = found.workflows
    assert (workflow.system, workflow.jobs[0].versions) == (system, versions)
    assert any(step.run for step in workflow.jobs[0].steps)
    assert [(item.name, item.component) for item in found.ci_systems] == [(system, None)]
    assert [command.purpose for command in found.commands] == ["test"]


def test_a_jenkinsfile_is_named(tmp_path: Path) -> None:
    found = detect(tmp_path, {"Jenkinsfile": "pipeline { agent any }\n"})
    assert [(workflow.system, workflow.jobs) for workflow in found.workflows] == [("Jenkins", ())]


def test_a_tool_chain_that_only_the_run_knows_hides_no_command(tmp_path):
    steps = "".join(
        f"      - run: cargo +${{{{ steps.chain.outputs.name }}}} {task}\n"
        for task in ("test --workspace", "clippy", "fmt --check")
    )
    found = detect(tmp_path, {
        "Cargo.toml": '[package]\nname = "shop"\n', "src/lib.rs": "",
        ".github/workflows/ci.yml": f"on: push\njobs:\n  t:\n    runs-on: ubuntu-latest\n    steps:\n{steps}",
    })  # fmt: skip

    assert {(c.purpose, c.command) for c in found.commands} >= {
        ("test", "cargo test --workspace"),
        ("lint", "cargo clippy"),
        ("lint", "cargo fmt --check"),
    }
    assert {item.name for item in found.linters} >= {"Clippy", "rustfmt"}
