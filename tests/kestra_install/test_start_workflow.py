"""The workflow that starts the flow: its script is run by bash against a local Kestra, with a curl that records its arguments."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

FILE = Path(__file__).parents[2] / "kestra/start_flow.github.yml"
TOKEN = "Basic Y2FuYXJ5LTQ3MTE6Y2FuYXJ5LTQ3MTE="
EXECUTIONS = "/api/v1/main/executions"


def step() -> dict[str, object]:
    return yaml.safe_load(FILE.read_text())["jobs"]["start"]["steps"][0]


@dataclass
class Done:
    code: int
    text: str
    arguments: str
    summary: str


def run(tmp_path: Path, server: HTTPServer, **environment: str) -> Done:
    """The step's script; curl goes to the local server and writes down how it was called."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    curl = binaries / "curl"
    curl.write_text(
        '#!/bin/bash\nprintf "%s\\n" "$@" >> "$CURL_ARGUMENTS"\nexec /usr/bin/curl '
        f'"${{@/https:\\/\\/kestra.example/http:\\/\\/localhost:{server.port}}}"\n'
    )
    (binaries / "sleep").write_text("#!/bin/sh\n")
    for one in binaries.iterdir():
        one.chmod(0o755)
    arguments, summary = tmp_path / "arguments", tmp_path / "summary"
    arguments.touch()
    summary.touch()
    values = {
        "PATH": f"{binaries}:{os.environ['PATH']}", "CURL_ARGUMENTS": str(arguments), "GITHUB_STEP_SUMMARY": str(summary), "TMPDIR": str(tmp_path),
        "KESTRA_URL": "https://kestra.example", "KESTRA_TENANT": "main", "KESTRA_AUTHORIZATION": TOKEN, "REPO_URL": "https://github.com/a/b",
        "REF": "", "OPEN_PR": "false", "WAIT": "true", **environment,
    }  # fmt: skip
    script = str(step()["run"])
    done = subprocess.run(
        ["bash", "-c", script], env=values, capture_output=True, text=True, timeout=60, check=False
    )
    return Done(done.returncode, done.stdout + done.stderr, arguments.read_text(), summary.read_text())


def kestra(server: HTTPServer, *states: str) -> list[Request]:
    """A Kestra that starts an execution and then has these states, one a question."""
    seen: list[Request] = []
    left = list(states)

    def start(request: Request) -> Response:
        request.form  # noqa: B018 - read while the request is open
        seen.append(request)
        return Response(json.dumps({"id": "5tXaBc"}), content_type="application/json")

    def get(request: Request) -> Response:
        seen.append(request)
        return Response(
            json.dumps({"id": "5tXaBc", "state": {"current": left.pop(0)}}), content_type="application/json"
        )

    server.expect_request(
        f"{EXECUTIONS}/repoarchitectagent/repo_architect_agent", method="POST"
    ).respond_with_handler(start)
    server.expect_request(f"{EXECUTIONS}/5tXaBc", method="GET").respond_with_handler(get)
    return seen


def test_it_starts_the_flow_and_waits_for_its_end(tmp_path: Path, httpserver: HTTPServer) -> None:
    seen = kestra(httpserver, "RUNNING", "RUNNING", "SUCCESS")
    done = run(tmp_path, httpserver, REF="v1", OPEN_PR="true")
    assert done.code == 0, done.text
    assert dict(seen[0].form) == {"repo_url": "https://github.com/a/b", "open_pr": "true", "ref": "v1"}
    assert len(seen) == 4
    assert "/ui/main/executions/repoarchitectagent/repo_architect_agent/5tXaBc" in done.summary


def test_the_token_goes_in_the_header_and_nowhere_else(tmp_path: Path, httpserver: HTTPServer) -> None:
    seen = kestra(httpserver, "SUCCESS")
    done = run(tmp_path, httpserver)
    assert {request.headers["Authorization"] for request in seen} == {TOKEN}
    assert TOKEN not in done.text + done.arguments + done.summary
    assert not list(tmp_path.glob("tmp.*")), "the file with the header is left behind"


@pytest.mark.parametrize(
    ("state", "code"), [("SUCCESS", 0), ("WARNING", 0), ("FAILED", 1), ("KILLED", 1), ("CANCELLED", 1)]
)
def test_the_job_ends_as_the_execution_does(
    tmp_path: Path, httpserver: HTTPServer, state: str, code: int
) -> None:
    kestra(httpserver, state)
    assert run(tmp_path, httpserver).code == code


def test_it_does_not_wait_when_told_so(tmp_path: Path, httpserver: HTTPServer) -> None:
    seen = kestra(httpserver)
    assert run(tmp_path, httpserver, WAIT="false").code == 0
    assert len(seen) == 1


def test_a_refusal_fails_with_what_kestra_said(tmp_path: Path, httpserver: HTTPServer) -> None:
    path = f"{EXECUTIONS}/repoarchitectagent/repo_architect_agent"
    httpserver.expect_request(path).respond_with_data("Missing required input", status=422)
    done = run(tmp_path, httpserver)
    assert done.code != 0
    assert TOKEN not in done.text


@pytest.mark.parametrize(
    "value",
    [
        "$(touch {0}/ran)",
        "`touch {0}/ran`",
        '"; touch {0}/ran; "',
        "@/etc/passwd",
        "x\n::set-output name=a::b",
    ],
)
def test_an_input_is_data_whatever_it_holds(tmp_path: Path, httpserver: HTTPServer, value: str) -> None:
    seen = kestra(httpserver, "SUCCESS")
    written = value.format(tmp_path)
    assert run(tmp_path, httpserver, REPO_URL=written).code == 0
    assert seen[0].form["repo_url"].replace("\r\n", "\n") == written
    assert not (tmp_path / "ran").exists()


def test_the_token_is_not_sent_without_tls(tmp_path: Path, httpserver: HTTPServer) -> None:
    done = run(tmp_path, httpserver, KESTRA_URL="http://kestra.example")
    assert done.code == 1
    assert not done.arguments


def test_no_expression_is_pasted_into_the_script_and_no_right_is_asked_for() -> None:
    assert "${{" not in str(step()["run"])
    read = yaml.safe_load(FILE.read_text())
    assert read["permissions"] == {}
    assert not re.search(r"\buses:", FILE.read_text())
