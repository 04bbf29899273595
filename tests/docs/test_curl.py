"""The calls of curl in docs/kestra.md, run by bash against a local server: method, path, credentials, body."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from support.documents import ROOT, Block, blocks

CALLS = [
    block for block in blocks(ROOT / "docs/kestra.md") if block.words[:1] == ("sh",) and "curl " in block.text
]
FLOW = "/api/v1/main/executions/repoarchitectagent"
KEY = "0123456789abcdef"
EXPECTED = {
    "/api/v1/main/flows": "application/x-yaml",
    f"{FLOW}/repo_architect_agent": "multipart/form-data",
    f"{FLOW}/repo_architect_fleet": "multipart/form-data",
    f"/api/v1/main/executions/webhook/repoarchitectagent/repo_architect_agent/{KEY}": "application/json",
}


@pytest.fixture
def asked(httpserver: HTTPServer) -> list[Request]:
    seen: list[Request] = []

    def answer(request: Request) -> Response:
        seen.append(request)
        request.form, request.get_data()
        return Response('{"id": "1"}', content_type="application/json")

    httpserver.expect_request("/", method="POST").respond_with_handler(answer)
    for path in EXPECTED:
        httpserver.expect_request(path, method="POST").respond_with_handler(answer)
    return seen


def run(block: Block, home: Path, server: HTTPServer) -> None:
    (home / ".kestra-curl").write_text('user = "admin@example.org:Pass w0rd"\n')
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "KESTRA_URL": f"http://localhost:{server.port}",
        "KESTRA_USERNAME": "admin@example.org", "KESTRA_PASSWORD": "Pass w0rd", "WEBHOOK_KEY": KEY,
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-euc", block.text],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", CALLS, ids=str)
def test_the_call_asks_what_it_says(
    block: Block, asked: list[Request], tmp_path: Path, httpserver: HTTPServer
) -> None:
    run(block, tmp_path, httpserver)
    [request] = asked
    assert request.mimetype == EXPECTED[request.path]
    credentials = request.authorization
    if "/webhook/" in request.path:
        assert credentials is None
    else:
        assert credentials
        assert (credentials.username, credentials.password) == ("admin@example.org", "Pass w0rd")
    if request.path.endswith("/flows"):
        assert request.get_data() == (ROOT / "kestra/blueprint_repo_analysis.yml").read_bytes()


def test_every_kind_of_call_is_there() -> None:
    assert len(CALLS) == len(EXPECTED)
