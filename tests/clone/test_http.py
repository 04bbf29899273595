"""Clones over http from git's own server: rights, tokens, redirects, what the forge says."""

from __future__ import annotations

import base64
import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from repo_architect.clone import clone_repo, facts_frame
from repo_architect.errors import CloneError
from repo_architect.run import Run
from support import git

CANARY = "canary-4f9a2c7e81"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[git.GitServer]:
    monkeypatch.setenv("REPO_ARCHITECT_ALLOW_PROTOCOLS", "http")
    origin = git.make_repository(tmp_path / "origin", {"a.txt": "a\n"})
    git.commit(origin, {"b.txt": "b\n"})
    git.bare(origin, tmp_path / "served" / "ada" / "shop.git")
    with git.serve(tmp_path / "served", tokens={CANARY: "read"}) as running:
        yield running


def test_a_public_repository_needs_no_token(run: Run, server: git.GitServer) -> None:
    clone = clone_repo(run, f"{server.url}/ada/shop.git")
    assert (clone.protocol, clone.host, clone.owner, clone.name) == ("http", "127.0.0.1", "ada", "shop")
    assert clone.shallow
    assert clone.web_url == f"{server.url}/ada/shop"
    assert all(authorization is None for _, _, authorization in server.requests)


def test_a_private_repository_without_a_token_says_which_to_set(run: Run, server: git.GitServer) -> None:
    server.private = True
    with pytest.raises(CloneError, match="private and no token") as caught:
        clone_repo(run, f"{server.url}/ada/shop.git")
    assert "GIT_TOKEN" in caught.value.fix


def test_a_private_repository_is_cloned_with_a_token(
    run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.private = True
    monkeypatch.setenv("GIT_TOKEN", CANARY)
    assert clone_repo(run, f"{server.url}/ada/shop.git").file_count == 2


def test_a_wrong_token_is_told_by_its_variable(
    run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.private = True
    monkeypatch.setenv("GIT_TOKEN", "wrong-canary")
    with pytest.raises(CloneError, match="did not accept the token in GIT_TOKEN") as caught:
        clone_repo(run, f"{server.url}/ada/shop.git")
    assert "wrong-canary" not in str(caught.value)


@pytest.mark.parametrize("status", [403, 404, 429, 500])
@pytest.mark.parametrize("token", ["", CANARY])
def test_a_status_is_told(
    run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch, status: int, token: str
) -> None:
    server.answers["/ada"] = status
    monkeypatch.setenv("GIT_TOKEN", token)
    expected = {
        403: "does not let the token" if token else "does not let you read",
        404: "may not read it" if token else "private and no token",
        429: "too many requests",
        500: "server error",
    }
    with pytest.raises(CloneError, match=expected[status]):
        clone_repo(run, f"{server.url}/ada/shop.git")


@pytest.mark.parametrize("variable", ["GITHUB_TOKEN", "GH_TOKEN"])
def test_a_github_token_goes_to_no_other_host(
    run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, CANARY)
    clone_repo(run, f"{server.url}/ada/shop.git")
    assert all(authorization is None for _, _, authorization in server.requests)


@pytest.mark.parametrize("name", ["GH_HOST", "GITHUB_SERVER_URL"])
def test_a_github_token_goes_to_the_github_that_is_named(
    run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    server.private = True
    monkeypatch.setenv("GITHUB_TOKEN", CANARY)
    monkeypatch.setenv(name, "127.0.0.1" if name == "GH_HOST" else server.url)
    assert clone_repo(run, f"{server.url}/ada/shop.git").file_count == 2


def test_a_token_is_not_sent_where_a_redirect_leads(
    run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_TOKEN", CANARY)
    with git.serve(tmp_path / "served") as elsewhere:
        server.answers["/ada"] = f"{elsewhere.url}/ada"
        with pytest.raises(CloneError, match="leads to another host") as caught:
            clone_repo(run, f"{server.url}/ada/shop.git")
        assert "new address" in caught.value.fix
        assert elsewhere.requests == []


@pytest.mark.parametrize("token", ["", CANARY])
def test_a_repository_that_moved_on_its_host_is_found(
    run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    server.private = bool(token)
    monkeypatch.setenv("GIT_TOKEN", token)
    server.answers["/old/name.git"] = f"{server.url}/ada/shop.git"
    assert clone_repo(run, f"{server.url}/old/name.git").file_count == 2


def test_the_token_stands_nowhere(
    run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    server.private = True
    monkeypatch.setenv("GIT_TOKEN", CANARY)
    for name in ("GIT_TRACE", "GIT_TRACE_CURL", "GIT_CURL_VERBOSE"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("GIT_TRACE_REDACT", "0")
    with watching_command_lines() as seen:
        clone = clone_repo(run, f"{server.url}/ada/shop.git")
        run.write("clone.json", clone)
    print(clone, facts_frame(clone))
    output = "".join(capfd.readouterr())
    in_files = [
        path for path in run.folder.rglob("*") if path.is_file() and holds_the_token(path.read_bytes())
    ]
    assert any(authorization and CANARY in decoded(authorization) for _, _, authorization in server.requests)
    assert any("fetch" in line for line in seen), "the watch saw no git at all"
    assert in_files == []
    assert not holds_the_token(output.encode())
    assert not any(holds_the_token(line.encode()) for line in seen)


def decoded(authorization: str) -> str:
    return base64.b64decode(authorization.removeprefix("Basic ")).decode()


def holds_the_token(data: bytes) -> bool:
    encoded = base64.b64encode(f"x-access-token:{CANARY}".encode())
    return CANARY.encode() in data or encoded in data


class watching_command_lines:  # noqa: N801 - reads as a statement
    """Collects the command line of every process on this machine, again and again."""

    def __enter__(self) -> set[str]:
        self.seen: set[str] = set()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self.seen

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.stop.is_set():
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                with contextlib.suppress(OSError):
                    self.seen.add(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
            time.sleep(0.001)


REPOSITORY = {
    "description": "A shop", "default_branch": "main", "topics": ["b", "a"], "stargazers_count": 3, "stars_count": 4, "forks_count": 1,
    "open_issues_count": 0, "license": {"spdx_id": "MIT"}, "licenses": ["Apache-2.0"], "archived": False, "fork": False, "private": True,
    "created_at": "2020-01-01T00:00:00Z", "pushed_at": "2021-01-01T00:00:00Z", "updated_at": "2022-01-01T00:00:00Z", "website": "https://shop.example",
}  # fmt: skip


@pytest.fixture
def forge(httpserver: HTTPServer, server: git.GitServer, monkeypatch: pytest.MonkeyPatch) -> HTTPServer:
    """A GitHub Enterprise whose API stands at another port than its repositories."""
    monkeypatch.setenv("REPO_ARCHITECT_FORGE_FACTS", "1")
    monkeypatch.setenv("GITHUB_SERVER_URL", server.url)
    monkeypatch.setenv("GITHUB_API_URL", httpserver.url_for("/api/v3"))
    return httpserver


def test_what_github_says_is_kept_with_its_source(run: Run, server: git.GitServer, forge: HTTPServer) -> None:
    forge.expect_request("/api/v3/repos/ada/shop").respond_with_json(REPOSITORY)
    clone = clone_repo(run, f"{server.url}/ada/shop.git")
    assert clone.forge is not None
    assert clone.forge.source == forge.url_for("/api/v3/repos/ada/shop")
    assert (clone.forge.description, clone.forge.stars, clone.forge.license) == ("A shop", 3, "MIT")
    assert clone.forge.topics == ("a", "b")
    assert "A shop" in set(facts_frame(clone)["value"])


def test_what_gitea_says_is_kept(run: Run, server: git.GitServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from repo_architect.clone import forge
    from repo_architect.clone.address import parse

    monkeypatch.setenv("REPO_ARCHITECT_FORGE_FACTS", "1")
    monkeypatch.setenv("REPO_ARCHITECT_GITEA_HOSTS", "git.example.com")
    asked: list[str] = []
    monkeypatch.setattr(forge, "_get", lambda url, _: (asked.append(url), (REPOSITORY, ""))[1])
    facts, notes = forge.facts(parse("https://git.example.com/ada/shop"))
    assert asked == ["https://git.example.com/api/v1/repos/ada/shop"]
    assert facts is not None
    assert (facts.stars, facts.homepage, facts.license, notes) == (
        4,
        "https://shop.example",
        "Apache-2.0",
        (),
    )


@pytest.mark.parametrize("body", ["[]", "no json", '{"topics": 3}', '{"stargazers_count": "many"}'])
@pytest.mark.parametrize("status", [200, 403, 404, 500])
def test_a_forge_that_says_nothing_useful_costs_a_note(
    run: Run, server: git.GitServer, forge: HTTPServer, status: int, body: str
) -> None:
    forge.expect_request("/api/v3/repos/ada/shop").respond_with_data(
        body, status, content_type="application/json"
    )
    clone = clone_repo(run, f"{server.url}/ada/shop.git")
    assert clone.forge is None
    assert any("forge's API" in note for note in clone.notes)


def test_a_forge_is_not_asked_when_that_is_turned_off(
    run: Run, server: git.GitServer, forge: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPO_ARCHITECT_FORGE_FACTS", "0")
    assert clone_repo(run, f"{server.url}/ada/shop.git").notes == ()
    assert forge.log == []


def test_a_server_that_gives_no_shallow_clone_costs_a_note(
    run: Run, server: git.GitServer, tmp_path: Path
) -> None:
    bare = tmp_path / "served" / "ada" / "shop.git"
    git.git(bare, "update-server-info")
    server.dumb = True
    clone = clone_repo(run, f"{server.url}/ada/shop.git")
    assert clone.file_count == 2
    assert any("whole history" in note for note in clone.notes)


@pytest.mark.parametrize("start", ["tree", "blob", "commits"])
def test_an_address_from_a_browser_gives_the_ref(
    run: Run, server: git.GitServer, tmp_path: Path, start: str
) -> None:
    bare = tmp_path / "served" / "ada" / "shop.git"
    git.git(bare, "branch", "feature/x", "main~1")
    git.git(tmp_path / "served" / "ada", "clone", "-q", "--bare", "shop.git", "shop")
    clone = clone_repo(run, f"{server.url}/ada/shop/{start}/feature/x/docs/a.md")
    assert (clone.branch, clone.ref) == ("feature/x", "feature/x")
    assert clone.url == f"{server.url}/ada/shop"
    assert clone_repo(run, f"{server.url}/ada/shop/{start}/feature/x", "main").branch == "main"
