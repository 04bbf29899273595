from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from repo_architect.errors import ForgeError, UsageError
from repo_architect.fleet import repositories_of


class Forge:
    """Answers by path; remembers paths and tokens."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any, dict[str, str]]] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.url = ""
        self.host = ""

    def github(self, **more: str) -> dict[str, str]:
        return {
            "GITHUB_SERVER_URL": self.url,
            "GITHUB_API_URL": f"{self.url}/api",
            "REPO_ARCHITECT_ALLOW_PROTOCOLS": "http",
            **more,
        }


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forge]:
    serving = Forge()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            serving.asked.append((self.path, self.headers.get("Authorization")))
            status, body, headers = serving.answers.get(self.path, (404, {"message": "Not Found"}, {}))
            content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.host = f"127.0.0.1:{server.server_port}"
    serving.url = f"http://{serving.host}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield serving
    server.shutdown()
    server.server_close()


def repo(name: str, **more: Any) -> dict[str, Any]:
    return {"clone_url": f"https://example.org/o/{name}.git", "archived": False, "fork": False, **more}


def names(forge: Forge, environ: dict[str, str], **options: bool) -> list[str]:
    return [entry.name for entry in repositories_of(f"{forge.url}/o", environ=environ, **options)]


FIRST = "/api/orgs/o/repos?per_page=100&type=all"


def test_all_pages_in_order_of_names_with_the_token(forge: Forge) -> None:
    forge.answers[FIRST] = (200, [repo("c"), repo("b")], {"Link": f'<{forge.url}/api/page2>; rel="next"'})
    forge.answers["/api/page2"] = (200, [repo("a"), repo("c")], {})
    assert names(forge, forge.github(GITHUB_TOKEN="t")) == ["a", "b", "c"]
    assert forge.asked == [(FIRST, "Bearer t"), ("/api/page2", "Bearer t")]


def test_archived_ones_and_forks_are_left_out_unless_asked_for(forge: Forge) -> None:
    forge.answers[FIRST] = (200, [repo("a"), repo("old", archived=True), repo("copy", fork=True)], {})
    assert names(forge, forge.github()) == ["a"]
    assert names(forge, forge.github(), archived=True) == ["a", "old"]
    assert names(forge, forge.github(), forks=True) == ["a", "copy"]


def test_a_user_is_tried_where_there_is_no_organisation(forge: Forge) -> None:
    forge.answers["/api/users/o/repos?per_page=100"] = (200, [repo("a")], {})
    assert names(forge, forge.github()) == ["a"]


def test_the_next_page_on_another_host_is_not_asked_for(forge: Forge) -> None:
    forge.answers[FIRST] = (200, [repo("a")], {"Link": '<https://elsewhere.example/x>; rel="next"'})
    assert names(forge, forge.github(GITHUB_TOKEN="t")) == ["a"]
    assert len(forge.asked) == 1


def test_gitea_is_known_by_the_variable(forge: Forge) -> None:
    forge.answers["/api/v1/orgs/o/repos?limit=50"] = (200, [repo("a")], {})
    assert names(forge, {"REPO_ARCHITECT_GITEA_HOSTS": forge.host, "GIT_TOKEN": "g"}) == ["a"]
    assert forge.asked[0][1] == "Bearer g"


@pytest.mark.parametrize(
    ("status", "body", "headers", "said"),
    [
        (403, {}, {"x-ratelimit-remaining": "0"}, "rate limit"),
        (403, {}, {}, "refused to list"),
        (401, {}, {}, "refused to list"),
        (500, "oops", {}, r"did not answer with a list of repositories \(500\)"),
        (200, "<html>", {}, "did not answer with a list"),
        (200, {"a": 1}, {}, "did not answer with a list"),
        (200, [{"clone_url": "ext::sh -c x"}], {}, "cannot be cloned"),
    ],
)  # fmt: skip
def test_what_the_forge_says_instead_is_an_error_with_a_fix(
    forge: Forge, status: int, body: Any, headers: dict[str, str], said: str
) -> None:
    forge.answers[FIRST] = (status, body, headers)
    with pytest.raises(ForgeError, match=said) as raised:
        names(forge, forge.github(GITHUB_TOKEN="sekret"))
    assert raised.value.fix and "sekret" not in str(raised.value)


def test_an_unknown_organisation_and_an_empty_one(forge: Forge) -> None:
    with pytest.raises(ForgeError, match="knows no such organisation"):
        names(forge, forge.github())
    forge.answers[FIRST] = (200, [repo("x", fork=True)], {})
    with pytest.raises(UsageError, match="no repository to run"):
        names(forge, forge.github())


def test_pages_without_end_are_cut(forge: Forge) -> None:
    forge.answers[FIRST] = (200, [repo("a")], {"Link": f'<{forge.url}{FIRST}>; rel="next"'})
    with pytest.raises(ForgeError, match="more than 100 pages"):
        names(forge, forge.github())


@pytest.mark.parametrize(
    "given", ["", "github.com", "github.com/../x", "ftp://github.com/x", "unknown.example/x"]
)
def test_what_is_no_organisation_is_refused(given: str) -> None:
    with pytest.raises(UsageError):
        repositories_of(given, environ={})
