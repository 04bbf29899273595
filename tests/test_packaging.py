"""What is declared, what is locked, and what conda users get are the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from repo_architect.stages import STAGES

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DECLARED = [
    Requirement(text)
    for text in (
        *PROJECT["dependencies"],
        *(one for extra in PROJECT["optional-dependencies"].values() for one in extra),
    )
]
LOCK = (ROOT / "constraints.txt").read_text()
LOCKED: dict[str, list[str]] = {}
for _line in LOCK.splitlines():
    _name, _, _rest = _line.partition("==")
    LOCKED.setdefault(canonicalize_name(_name), []).append(_rest.split(";")[0].strip())


@pytest.mark.parametrize("requirement", DECLARED, ids=str)
def test_everything_declared_is_locked_at_a_version_that_serves(requirement: Requirement) -> None:
    assert LOCKED[canonicalize_name(requirement.name)]
    assert all(
        requirement.specifier.contains(version, prereleases=True)
        for version in LOCKED[canonicalize_name(requirement.name)]
    )


def test_the_lock_names_no_index_and_pins_every_line() -> None:
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|@ ", LOCK)
    assert all(re.match(r"[A-Za-z0-9._-]+==\S+", line) for line in LOCK.splitlines() if line)


def test_papermill_runs_are_spared_the_grammar_that_newer_jsonschema_builds() -> None:
    assert all(tuple(map(int, version.split(".")[:2])) < (4, 25) for version in LOCKED["jsonschema"])
    assert "rfc3987-syntax" not in LOCKED


def test_the_packages_the_project_is_built_on_are_declared() -> None:
    names = {canonicalize_name(requirement.name) for requirement in DECLARED}
    assert {"jupyter", "papermill", "nbformat", "gitpython", "pandas", "jinja2", "openai", "pytest"} <= names


def test_environment_yml_has_what_pyproject_declares() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(entry["pip"] for entry in environment if isinstance(entry, dict))
    named = {re.split(r"[<>=!~\[]", entry)[0] for entry in (*environment, *pip) if isinstance(entry, str)}
    only_for_the_engine_tests = {Requirement(one).name for one in PROJECT["optional-dependencies"]["engine"]}
    declared = {requirement.name for requirement in DECLARED} - only_for_the_engine_tests
    assert declared <= named, "run `make lock`"
    stated = [
        Requirement(entry)
        for entry in (*environment, *pip)
        if isinstance(entry, str) and re.search(r"[<>=]", entry)
    ]
    wanted = {requirement.name: requirement for requirement in DECLARED}
    assert [one for one in stated if one.name in wanted and one != wanted[one.name]] == []


def test_a_wheel_carries_notebooks_tables_and_the_sample(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert {f"repo_architect/_notebooks/{stage.notebook}" for stage in STAGES} <= names
    assert {
        "repo_architect/py.typed",
        "repo_architect/ci/pins.toml",
        "repo_architect/sample/run/report.html",
    } <= names
    assert "repo_architect/sample/repo/api/orders/app.py" in names
    flows = {f"repo_architect/_kestra/{path.name}" for path in (ROOT / "kestra").glob("*.yml")}
    assert flows <= names
    program = "from repo_architect.kestra_client import flow_files; print(flow_files.folder())"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "installed")
    place = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
    )  # fmt: skip
    assert Path(place.stdout.strip()) == tmp_path / "installed/repo_architect/_kestra"
    source = {
        str(path.relative_to(ROOT / "lib"))
        for path in (ROOT / "lib/repo_architect").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert source <= names
