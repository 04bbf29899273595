from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from repo_architect.run import Run
from support import forge as forges
from support import git
from support.pull_requests import clone_of, write_artifacts


@pytest.fixture
def run(tmp_path: Path) -> Run:
    folder = tmp_path / "runs" / "one"
    (folder / "stages").mkdir(parents=True)
    return Run(folder)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = git.make_repository(tmp_path_factory.mktemp("made") / "origin", {"app/main.py": "1\n2\n3\n"})
    git.commit(folder, {"more.py": "x\n"})
    git.bare(folder, folder.parent / "bare.git")
    return folder


@pytest.fixture
def origin(made_once: Path, tmp_path: Path) -> Path:
    """A repository with two commits."""
    return Path(shutil.copytree(made_once, tmp_path / "origin"))


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (
        "GH_HOST", "GITHUB_SERVER_URL", "GITHUB_API_URL", "REPO_ARCHITECT_GITEA_HOSTS", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL",
        "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setattr("repo_architect.pull_request.forges.client.pause", lambda seconds: None)


@pytest.fixture
def forge(
    request: pytest.FixtureRequest, tmp_path: Path, made_once: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> Iterator[forges.Forge]:
    """A forge with the repository ada/shop, a token in the environment, and a run on that repository."""
    monkeypatch.setenv("REPO_ARCHITECT_ALLOW_PROTOCOLS", "http")
    monkeypatch.setenv("GIT_TOKEN", forges.TOKEN)
    with forges.serve(tmp_path / "forge", getattr(request, "param", "github")) as forge:
        host = forge.server.url.removeprefix("http://")
        if forge.kind == "gitea":
            monkeypatch.setenv("REPO_ARCHITECT_GITEA_HOSTS", host)
        else:
            monkeypatch.setenv("GH_HOST", "127.0.0.1")
        bare = forge.add("ada/shop", made_once.parent / "bare.git")
        web = f"{forge.server.url}/ada/shop"
        clone = clone_of(
            bare, url=f"{web}.git", protocol="http", host="127.0.0.1", owner="ada", name="shop", web_url=web
        )
        write_artifacts(run, clone)
        yield forge
