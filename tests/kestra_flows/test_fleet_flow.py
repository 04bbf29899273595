"""The fleet's flow on the engine: the committed flow for each repository, broken ones among them, and the comparison at its end."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet
import pytest
import yaml

from support import git
from support.kestra_engine import ROOT, Engine, EngineError, Execution

from .conftest import FILE, ID, NAMESPACE, Flow

# two whole runs side by side: a minute, and several on a machine that has other things to do
pytestmark = [pytest.mark.kestra, pytest.mark.timeout(900)]
FLEET = ROOT / "kestra" / "fleet.yml"
FLEET_ID = "repo_architect_fleet"
FILES = {
    "pyproject.toml": '[project]\nname = "{name}"\nrequires-python = ">=3.8"\ndependencies = ["fastapi>={version}"]\n',
    ".python-version": "3.8\n",
    "app.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
}


@dataclass
class Ran:
    engine: Engine
    execution: Execution

    def output(self, name: str) -> bytes:
        return self.engine.read(self.execution.outputs[name])

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        return {
            row["repository"]: row
            for row in csv.DictReader(io.StringIO(self.output("csv").decode(), newline=""))
        }


def start(engine: Engine, inputs: dict[str, object], seconds: float = 800) -> Ran:
    return Ran(engine, engine.run(NAMESPACE, FLEET_ID, inputs, seconds))


@pytest.fixture(scope="module")
def fleet(flow: Flow) -> Iterator[Flow]:
    """The fleet, with a child that tries once."""
    flow.engine.deploy(FILE.read_text().replace("maxAttempts: 3", "maxAttempts: 1"))
    flow.engine.deploy(FLEET)
    yield Flow(flow.engine, FLEET_ID)
    flow.engine.deploy(FILE)


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("origins")
    for name, version in (("one", "0.110"), ("two", "0.115")):
        git.make_repository(
            folder / name, {path: text.format(name=name, version=version) for path, text in FILES.items()}
        )
    git.git(folder / "two", "tag", "v1")
    return folder


@pytest.fixture(scope="module")
def ran(fleet: Flow, repositories: Path) -> Ran:
    one, two = f"file://{repositories}/one", f"file://{repositories}/two"
    listed = [
        one,
        f"{two} v1",
        f"file://{repositories}/gone",
        f"{one} no-such-branch",
    ]
    return start(
        fleet.engine, {"repositories": listed, "github_token": "token-of-the-test", "as_of": "2026-06-01"}
    )


def test_a_broken_repository_does_not_stop_the_others_and_costs_a_warning(ran: Ran) -> None:
    assert ran.execution.state == "WARNING"
    assert {title: row["state"] for title, row in ran.rows.items()} == {
        "one": "success", "two (v1)": "success", "gone": "failed", "one (no-such-branch)": "failed",
    }  # fmt: skip


def test_the_comparison_says_why_each_failed(ran: Ran) -> None:
    rows = ran.rows
    assert rows["gone"]["failed_stage"] == "clone_repo" and "gone" in rows["gone"]["reason"]
    assert "no-such-branch" in rows["one (no-such-branch)"]["reason"]
    assert b"no-such-branch" in ran.output("page")


def test_the_comparison_holds_what_the_children_found(ran: Ran) -> None:
    rows = ran.rows
    assert {rows[title]["frameworks"].split()[0] for title in ("one", "two (v1)")} == {"FastAPI"}
    assert rows["one"]["runtimes_out_of_support"] == "Python 3.8"
    page = ran.output("page").decode()
    assert "fastapi" in page and "0.110" in page and "pyproject.toml:4" in page


def test_the_bundle_has_the_report_of_each_child(ran: Ran) -> None:
    with zipfile.ZipFile(io.BytesIO(ran.output("bundle"))) as bundle:
        assert {"fleet.html", "one/report.html", "two/report.html"} <= {*bundle.namelist()}
        page = bundle.read("fleet.html").decode()
    assert 'href="one/report.html"' in page


def test_the_parquet_is_the_same_table(ran: Ran) -> None:
    found = pyarrow.parquet.read_table(io.BytesIO(ran.output("parquet"))).to_pylist()
    assert {row["repository"]: row["state"] for row in found} == {
        title: row["state"] for title, row in ran.rows.items()
    }


def test_the_token_is_in_no_log_and_no_output(ran: Ran) -> None:
    executions = [one["id"] for one in ran.engine.executions() if one["flow"] in (ID, FLEET_ID)]
    for execution in executions:
        got = ran.engine.get(execution)
        assert "token-of-the-test" not in ran.engine.log_text(execution)
        assert "token-of-the-test" not in json.dumps([got.task_outputs, got.outputs])


def test_a_bad_line_ends_the_flow_before_anything_is_run(fleet: Flow) -> None:
    done = start(
        fleet.engine, {"repositories": ["https://example.org/a/b", "what is this", "/etc"]}
    ).execution
    assert done.state == "FAILED" and not done.has_run("each")
    log = fleet.engine.log_text(done.id, "list")
    assert "item 2: 3 words" in log and "item 3: local paths are turned off" in log


@pytest.mark.parametrize(
    "listed", ["https://example.org/a/{{1+1}}", "https://example.org/a/b a..b~1", "https://example.org/a/b;c"]
)
def test_what_a_child_would_refuse_is_refused_with_the_list(fleet: Flow, listed: str) -> None:
    done = start(fleet.engine, {"repositories": ["https://example.org/a/b", listed]}).execution
    assert done.state == "FAILED" and not done.has_run("each")
    assert "is refused by what is to run it" in fleet.engine.log_text(done.id, "list")


def test_the_fleet_knows_what_its_child_accepts() -> None:
    child = {one["id"]: one.get("validator") for one in yaml.safe_load(FILE.read_text())["inputs"]}
    known = yaml.safe_load(FLEET.read_text())["variables"]
    assert (known["addresses"], known["revisions"]) == (child["repo_url"], child["ref"])


def test_a_shell_sees_no_input(fleet: Flow, tmp_path: Path) -> None:
    inputs = {"repositories": [f"https://example.org/a/$(touch {tmp_path}/x)`touch {tmp_path}/y`"]}
    start(fleet.engine, inputs)
    assert not list(tmp_path.iterdir())
    with pytest.raises(EngineError, match="organization"):
        fleet.start(organization=f"github.com/x;touch {tmp_path}/z")


def test_a_file_is_a_list_too(fleet: Flow, repositories: Path, tmp_path: Path) -> None:
    done = start(
        fleet.engine,
        {"file": stored(fleet.engine, tmp_path, f"- url: file://{repositories}/gone\n  ref: v1\n")},
    )
    assert list(done.rows) == ["gone (v1)"]


def stored(engine: Engine, folder: Path, text: str) -> str:
    """The address of a file in Kestra's storage."""
    (folder / "list.yml").write_text(text)
    engine.put_file(NAMESPACE, "lists/list.yml", folder / "list.yml")
    return f"kestra:///{NAMESPACE}/_files/lists/list.yml"
