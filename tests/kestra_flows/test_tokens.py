"""Tokens: the pull request they open, and that they show nowhere."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import forge as forges
from support.kestra_engine import Execution
from support.kestra_fixture import WEBHOOK_KEY

from .conftest import Flow

pytestmark = pytest.mark.kestra


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[forges.Forge]:
    with forges.serve(tmp_path_factory.mktemp("forge"), "github") as running:
        running.add("ada/shop", repository)
        running.server.private = True
        yield running


@pytest.fixture(scope="module")
def opened(flow: Flow, forge: forges.Forge) -> Execution:
    """Private repository: without the token there would be no clone."""
    return flow.run(repo_url=f"{forge.server.url}/ada/shop.git", github_token=forges.TOKEN)


def test_with_a_token_a_private_repository_is_cloned_and_a_draft_is_opened(
    flow: Flow, forge: forges.Forge, opened: Execution
) -> None:
    assert opened.state == "SUCCESS", flow.engine.log_text(opened.id)
    assert opened.task("open_pr").state == "SUCCESS"
    [pull] = forge.pulls
    assert pull["draft"] is True
    assert opened.outputs["pull_request_url"] == opened.task_outputs["open_pr"]["vars"]["url"]
    assert opened.outputs["pull_request_url"].startswith("http")


def test_the_token_is_in_no_log_no_output_no_file_and_no_execution(flow: Flow, opened: Execution) -> None:
    forms = [forges.TOKEN, base64.b64encode(f"x-access-token:{forges.TOKEN}".encode()).decode()]
    places = {
        "log": json.dumps(flow.engine.logs(opened.id)),
        "outputs": json.dumps([opened.task_outputs, opened.outputs]),
        "execution": json.dumps(opened.raw),
        **{
            str(path): text for path in flow.engine.data.rglob("*") if path.is_file() for text in _texts(path)
        },
    }
    assert len(places) > 20
    assert not [name for name, text in places.items() for form in (*forms, WEBHOOK_KEY) if form in text]


def _texts(path: Path) -> list[str]:
    data = path.read_bytes()
    unpacked = [gzip.decompress(data)] if data[:2] == b"\x1f\x8b" else []
    return [each.decode("utf-8", "replace") for each in (data, *unpacked)]


def test_the_canary_search_can_fail(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"..canary.."))
    assert any("canary" in text for text in _texts(tmp_path / "a.gz"))


def test_open_pr_false_shows_what_would_be_opened(flow: Flow, forge: forges.Forge) -> None:
    before = len(forge.pulls)
    done = flow.run(repo_url=f"{forge.server.url}/ada/shop.git", github_token=forges.TOKEN, open_pr=False)
    assert done.task("open_pr").state == "SUCCESS"
    assert len(forge.pulls) == before
    info = json.loads(flow.engine.read(done.task_outputs["open_pr"]["outputFiles"]["run/pr_info.json"]))
    assert info["state"] == "dry_run"
