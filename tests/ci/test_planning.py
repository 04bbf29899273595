from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from packageurl import PackageURL

from repo_architect import ci
from repo_architect.ci import tables
from repo_architect.ci.safe import is_plain, is_plain_path
from repo_architect.ci.workflow import scalar
from repo_architect.contracts import CiPlan, RepoShape

ROOT = Path(__file__).parents[2]


def at(path: str, line: int = 1) -> dict[str, Any]:
    return {"path": path, "line": line}


def shape(**parts: Any) -> RepoShape:
    repository = {
        "name": "n", "owner": "o", "host": "github.com", "url": "https://github.com/o/n", "commit": "c" * 40, "branch": "main",
        "committed_at": "2026-01-01T00:00:00+00:00", "shallow": True, "size_bytes": 1, "file_count": 1,
    }  # fmt: skip
    return RepoShape.model_validate({"repository": repository, **parts})


def component(manifest: str, **more: Any) -> dict[str, Any]:
    folder = manifest.rpartition("/")[0] or "."
    return {
        "id": folder,
        "name": folder,
        "path": folder,
        "kind": "library",
        "manifest": manifest,
        "version": "1.0",
        **more,
    }


def dependency(
    name: str, manifest: str, ecosystem: str = "pypi", line: int = 7, **more: Any
) -> dict[str, Any]:
    return {
        "name": name, "ecosystem": ecosystem, "purl": PackageURL(ecosystem, None, name).to_string(), "requirement": None, "resolved": None,
        "scope": "runtime", "direct": True, "component": manifest.rpartition("/")[0] or ".", "manifest": manifest, "line": line, **more,
    }  # fmt: skip


def tool(name: str, path: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "component": path.rpartition("/")[0] or ".", "evidence": [at(path)], **more}


def command(purpose: str, text: str, path: str, line: int = 3) -> dict[str, Any]:
    folder = path.rpartition("/")[0] or "."
    return {
        "purpose": purpose,
        "command": text,
        "component": folder,
        "evidence": [at(path, line)],
        "directory": folder,
    }


def runtime(name: str, requirement: str | None, path: str, version: str | None = None) -> dict[str, Any]:
    return {
        "name": name, "requirement": requirement, "version": version, "component": path.rpartition("/")[0] or ".",
        "end_of_life": None, "evidence": [at(path, 5)],
    }  # fmt: skip


def runs(plan: CiPlan) -> list[str]:
    return [step.run for job in plan.jobs for step in job.steps if step.run]


PYTHON = shape(
    components=[component("pyproject.toml")],
    dependencies=[
        dependency("pytest", "pyproject.toml", group="extra:test", scope="test"),
        dependency("hatchling", "pyproject.toml", scope="build"),
    ],
    test_tools=[tool("pytest", "pyproject.toml")],
    runtimes=[runtime("python", ">=3.11", "pyproject.toml")],
)
NODE = shape(
    components=[component("package.json")],
    lock_files=[{"path": "package-lock.json", "ecosystem": "npm", "component": "."}],
    commands=[
        command("test", "npm run test", "package.json"),
        command("build", "npm run build", "package.json"),
    ],
    runtimes=[runtime("node", ">=20", "package.json")],
)


def test_python_is_installed_with_the_extra_that_its_tests_need() -> None:
    assert runs(ci.plan(PYTHON)) == ['python -m pip install -e ".[test]"', "python -m pytest"]


def test_python_runs_on_the_oldest_and_the_newest_version_that_the_repository_allows() -> None:
    newest = tables.runtimes()["python"].versions[-1]
    assert ci.plan(PYTHON).jobs[0].matrix == {"python": ("3.11", newest)}


def test_versions_of_the_existing_ci_come_before_the_requirement() -> None:
    workflow = {
        "system": "GitHub Actions", "path": ".github/workflows/x.yml",
        "jobs": [{"name": "lint", "runs_on": "ubuntu-latest", "line": 9, "versions": {"python": ["3.12", "3.13"]}}],
    }  # fmt: skip
    plan = ci.plan(PYTHON.model_validate({**PYTHON.model_dump(), "workflows": [workflow]}))
    assert plan.jobs[0].matrix == {"python": ("3.12", "3.13")}
    assert str(plan.decisions[0].evidence[0]) == ".github/workflows/x.yml:9"


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ("uv.lock", ["uv sync --all-extras --all-groups --locked", "uv run --no-sync pytest"]),
        (
            "poetry.lock",
            ["pipx install poetry", "poetry install --all-extras --all-groups", "poetry run pytest"],
        ),
        ("pdm.lock", ["pipx install pdm", "pdm install -G :all", "pdm run pytest"]),
    ],
)
def test_the_manager_whose_lock_file_is_there_installs(lock: str, expected: list[str]) -> None:
    locked = PYTHON.model_validate(
        {**PYTHON.model_dump(), "lock_files": [{"path": lock, "ecosystem": "pypi", "component": "."}]}
    )
    assert runs(ci.plan(locked)) == expected


def test_tox_is_preferred_to_a_bare_runner_and_runs_one_environment() -> None:
    with_tox = PYTHON.model_validate({**PYTHON.model_dump(), "commands": [command("test", "tox", "tox.ini")]})
    assert runs(ci.plan(with_tox)) == ["python -m pip install tox", "tox run -e py"]


def test_pytest_that_no_manifest_names_is_installed_beside() -> None:
    bare = shape(
        components=[component("setup.py")],
        dependencies=[dependency("six", "setup.py")],
        test_tools=[tool("pytest", "tests/test_a.py", component=".")],
    )
    assert "python -m pip install pytest" in runs(ci.plan(bare))


def test_a_version_read_from_tags_needs_the_whole_history() -> None:
    dynamic = PYTHON.model_validate(
        {
            **PYTHON.model_dump(),
            "dependencies": [
                *PYTHON.model_dump()["dependencies"],
                dependency("setuptools-scm", "pyproject.toml", scope="build"),
            ],
        }
    )
    assert ci.plan(dynamic).jobs[0].steps[0].inputs["fetch-depth"] == "0"
    assert "fetch-depth" not in ci.plan(PYTHON).jobs[0].steps[0].inputs


def test_node_installs_from_the_lock_file_and_runs_the_scripts_that_are_there() -> None:
    assert runs(ci.plan(NODE)) == ["npm ci", "npm run build", "npm run test"]


def test_without_a_lock_file_nothing_is_cached_and_nothing_is_frozen() -> None:
    plan = ci.plan(NODE.model_validate({**NODE.model_dump(), "lock_files": []}))
    assert runs(plan)[0] == "npm install"
    assert "cache" not in plan.jobs[0].steps[1].inputs


@pytest.mark.parametrize(
    ("lock", "version", "install"),
    [
        ("yarn.lock", "1.22.22", "yarn install --frozen-lockfile"),
        ("yarn.lock", "4.5.0", "yarn install --immutable"),
        ("pnpm-lock.yaml", "9.15.0", "pnpm install --frozen-lockfile"),
        ("bun.lock", None, "bun install --frozen-lockfile"),
    ],
)
def test_each_package_manager_installs_exactly_what_its_lock_file_names(
    lock: str, version: str | None, install: str
) -> None:
    name = re.split(r"[.-]", lock)[0]
    locked = NODE.model_validate(
        {
            **NODE.model_dump(),
            "lock_files": [{"path": lock, "ecosystem": "npm", "component": "."}],
            "package_managers": [tool(name, "package.json", version=version)],
        }
    )
    assert install in runs(ci.plan(locked))


@pytest.mark.parametrize(
    ("version", "expected"), [("1.12", {"go-version": "stable"}), ("1.25.0", {"go-version-file": "go.mod"})]
)
def test_an_old_go_line_is_a_floor_and_not_a_pin(version: str, expected: dict[str, str]) -> None:
    go = shape(components=[component("go.mod")], runtimes=[runtime("go", None, "go.mod", version)])
    assert expected.items() <= ci.plan(go).jobs[0].steps[1].inputs.items()


@pytest.mark.parametrize(
    ("manifest", "last"),
    [
        ("Cargo.toml", "cargo test --workspace"),
        ("pom.xml", "mvn --batch-mode --no-transfer-progress verify"),
        ("build.gradle.kts", "gradle build"),
        ("App.sln", "dotnet test --configuration Release --no-build"),
    ],
)
def test_other_ecosystems_are_built_and_tested(manifest: str, last: str) -> None:
    assert runs(ci.plan(shape(components=[component(manifest)])))[-1] == last


def test_members_of_a_workspace_are_tested_from_its_root() -> None:
    parts = NODE.model_dump()
    parts["components"] = [*parts["components"], component("packages/a/package.json", workspace=".")]
    assert [job.id for job in ci.plan(NODE.model_validate(parts)).jobs] == ["node"]


def test_a_member_of_a_python_workspace_is_tested_in_its_own_folder_with_the_lock_of_the_root() -> None:
    member = shape(
        components=[component("package.json"), component("backend/pyproject.toml", workspace=".")],
        lock_files=[{"path": "uv.lock", "ecosystem": "pypi", "component": "."}],
        test_tools=[tool("pytest", "backend/pyproject.toml")],
    )
    job = ci.plan(member).jobs[0]
    assert job.id == "python-backend"
    assert [(step.directory, step.run) for step in job.steps if step.run][-1] == (
        "backend",
        "uv run --no-sync pytest",
    )


@pytest.mark.parametrize("folder", ["examples/a", "fuzz", "docs", "testdata/x"])
def test_what_only_shows_or_measures_has_no_job(folder: str) -> None:
    assert ci.plan(shape(components=[component(f"{folder}/Cargo.toml")])).jobs == ()


def test_a_component_in_a_folder_gets_a_job_that_works_there() -> None:
    web = shape(
        components=[component("web/package.json")],
        commands=[command("test", "npm run test", "web/package.json")],
    )
    plan = ci.plan(web)
    assert plan.jobs[0].id == "node-web"
    assert {step.directory for step in plan.jobs[0].steps if step.run} == {"web"}


def existing(run: str) -> dict[str, Any]:
    steps = [{"run": run, "line": 12}]
    return {
        "system": "GitHub Actions",
        "path": ".github/workflows/ci.yml",
        "jobs": [{"name": "t", "runs_on": "u", "steps": steps}],
    }


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        ("pytest -q", "nothing_to_add"),
        ("tox -e py", "nothing_to_add"),
        ("mkdocs build", "improve"),
        ("${{ env.PYTEST }} -q", "nothing_to_add"),
        ("bash scripts/tests-start.sh", "nothing_to_add"),
        ("docker compose run app test", "nothing_to_add"),
        ("bash deploy.sh latest", "improve"),
    ],
)
def test_where_ci_exists_only_what_it_lacks_is_proposed(run: str, verdict: str) -> None:
    plan = ci.plan(PYTHON.model_validate({**PYTHON.model_dump(), "workflows": [existing(run)]}))
    assert plan.verdict == verdict
    assert bool(plan.missing) == (verdict == "improve")


def test_what_the_existing_ci_tests_is_not_tested_twice() -> None:
    both = shape(
        components=[component("pyproject.toml"), component("web/package.json")],
        test_tools=[tool("pytest", "pyproject.toml")],
        commands=[command("test", "npm run test", "web/package.json")],
        workflows=[existing("pytest -q")],
    )
    plan = ci.plan(both)
    assert [job.id for job in plan.jobs] == ["node-web"]
    left = next(found for found in plan.not_covered if found.subject == "Python in .")
    assert (left.reason, str(left.evidence[0])) == (
        "the CI that exists tests it",
        ".github/workflows/ci.yml:12",
    )


def test_a_repository_without_anything_to_test_says_so_and_is_still_a_workflow() -> None:
    text = ci.workflow(ci.plan(shape()))
    assert "nothing-to-test" in yaml.safe_load(text)["jobs"]


# -- what a hostile repository could put into a workflow ------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "npm run ${{ secrets.TOKEN }}", "npm test; rm -rf /", "npm test && curl x | sh", "npm test\nenv", "a`id`", "$(id)", "npm run a > /etc/x",
        "make deploy", "twine publish", "npm publish", "docker login", "sudo make test", "x" * 201, "", "-rf x", "echo $HOME",
    ],
)  # fmt: skip
def test_a_command_that_is_more_than_plain_words_is_never_emitted(text: str) -> None:
    assert not is_plain(text)
    hostile = NODE.model_validate({**NODE.model_dump(), "commands": [command("test", text, "package.json")]})
    assert text not in runs(ci.plan(hostile)) or text == ""


@pytest.mark.parametrize("path", ["a b;c", "../up", "a/../b", "-x", "a\nb", "${{ x }}"])
def test_a_component_whose_path_is_hostile_gets_no_job(path: str) -> None:
    assert not is_plain_path(path)
    plan = ci.plan(
        shape(
            components=[component(f"{path}/package.json")],
            commands=[command("test", "npm test", f"{path}/package.json")],
        )
    )
    assert plan.jobs == ()


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "null",
        "1.10",
        "a: b",
        "- a",
        "é",
        "a # b",
        'q"uo\\te',
        "line\nfeed",
        "\x07",
        "",
        " ",
        "{{",
        "*x",
        "&a",
        "!t",
        "%",
        "@",
    ],
)
def test_any_text_is_a_yaml_scalar_that_reads_back(text: str) -> None:
    assert yaml.safe_load(scalar(text)) == text


# -- the workflow ---------------------------------------------------------------------------------------------

ALL = [
    PYTHON,
    NODE,
    *(
        shape(components=[component(m)])
        for m in ("Cargo.toml", "pom.xml", "build.gradle", "App.sln", "go.mod")
    ),
    shape(),
]


@pytest.mark.parametrize("one", ALL)
def test_every_action_is_one_of_the_table_at_its_commit_with_its_tag(one: RepoShape) -> None:
    text = ci.workflow(ci.plan(one))
    uses = re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (\S+)$", text, re.MULTILINE)
    known = {(pin.action, pin.commit, pin.version) for pin in tables.pins().values()}
    assert len(uses) == text.count("uses:")
    assert set(uses) <= known


@pytest.mark.parametrize("one", ALL)
def test_every_job_has_a_time_limit_and_no_step_swallows_failure(one: RepoShape) -> None:
    text = ci.workflow(ci.plan(one))
    jobs = yaml.safe_load(text)["jobs"]
    assert all(job["timeout-minutes"] for job in jobs.values())
    assert "continue-on-error" not in text
    assert "|| true" not in text


def test_every_step_says_what_it_rests_on() -> None:
    for one in ALL:
        lines = ci.workflow(ci.plan(one)).splitlines()
        steps = [
            number
            for number, line in enumerate(lines)
            if line.startswith("      - name:") and "Say so" not in line
        ]
        assert all(lines[number - 1].startswith("      # ") for number in steps)


def test_the_plan_and_the_workflow_are_the_same_every_time() -> None:
    assert ci.plan(PYTHON).to_json() == ci.plan(PYTHON).to_json()
    assert json.loads(ci.plan(PYTHON).to_json())["verdict"] == "new"


@pytest.mark.parametrize("validator", ["actionlint", "zizmor", "schema"])
def test_workflows_are_clean_under_the_validators(validator: str, tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for number, one in enumerate(ALL):
        (folder / f"{number}.yml").write_text(ci.workflow(ci.plan(one)))
    files = [str(path) for path in sorted(folder.iterdir())]
    local = Path(sys.executable).parent
    lint = shutil.which("actionlint", path=f"{ROOT / '.cache/bin'}{os.pathsep}{os.environ['PATH']}")
    commands = {
        "actionlint": [lint or "", *files],
        "zizmor": [str(local / "zizmor"), "--offline", "--persona", "auditor", "--no-progress", *files],
        "schema": [str(local / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows", *files],
    }
    if not commands[validator][0] or not Path(commands[validator][0]).exists():
        pytest.skip(f"{validator} is not installed: make lint-workflows brings actionlint")
    done = subprocess.run(commands[validator], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
