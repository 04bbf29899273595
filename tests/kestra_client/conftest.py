from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from repo_architect.cli import main as cli_main
from repo_architect.kestra_client import connection, finding, flow_files, following
from support.kestra_server import PASSWORD, TOKEN, USERNAME, KestraServer

FLOW = """\
# the flow, as a person wrote it
id: repo_architect_agent
namespace: repoarchitectagent

inputs:
  - id: repo_url  # validated
    type: STRING
  - id: ref
    type: STRING
    required: false
  - { id: open_pr, type: BOOL, defaults: true }
  - { id: github_token, type: SECRET, required: false }

tasks:
  - id: clone_repo
    type: io.kestra.plugin.scripts.shell.Commands  # Process
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    commands: [repo-architect stage clone_repo]
"""
FLEET = """\
id: repo_architect_fleet
namespace: repoarchitectagent
tasks:
  - id: one
    type: io.kestra.plugin.core.flow.Subflow
    namespace: repoarchitectagent
    flowId: repo_architect_agent
"""


@dataclass
class Ended:
    code: int | str | None
    out: str
    err: str


@pytest.fixture
def kestra(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[KestraServer]:
    server = KestraServer(httpserver)
    for name in ("KESTRA_URL", "KESTRA_API_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KESTRA_USERNAME", USERNAME)
    monkeypatch.setenv("KESTRA_PASSWORD", PASSWORD)
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    monkeypatch.setattr(connection, "BACKOFF", 0)
    monkeypatch.setattr(following, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(following, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(finding, "LOG_PAUSE", 0.1)
    yield server
    httpserver.check()
    assert server.unknown == []


@pytest.fixture
def command(
    kestra: KestraServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Run `repo-architect kestra …` at the server; no output may hold a secret."""

    def run(*words: str, url: str | None = None) -> Ended:
        monkeypatch.setattr(
            "sys.argv", ["repo-architect", "kestra", words[0], "--url", url or kestra.url, *words[1:]]
        )
        with pytest.raises(SystemExit) as caught:
            cli_main.main()
        told = capfd.readouterr()
        for secret in (PASSWORD, TOKEN):
            assert secret not in told.out + told.err
        assert "Traceback" not in told.err
        assert "Warning" not in told.err
        return Ended(caught.value.code or 0, told.out, told.err)

    return run


@pytest.fixture
def flows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of flows made by the test."""
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "blueprint.yml").write_text(FLOW)
    (folder / "a_fleet.yml").write_text(FLEET)
    (folder / "compose.yml").write_text("services: {kestra: {image: kestra/kestra}}\n")
    monkeypatch.setattr(flow_files, "folder", lambda: folder)
    return folder


@pytest.fixture
def deployed(kestra: KestraServer) -> KestraServer:
    kestra.flows["repoarchitectagent", "repo_architect_agent"] = FLOW
    return kestra
