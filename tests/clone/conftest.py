from __future__ import annotations

from pathlib import Path

import pytest

from repo_architect.run import Run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    folder = tmp_path / "runs" / "one"
    (folder / "stages").mkdir(parents=True)
    return Run(folder)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (
        "GITHUB_TOKEN", "GIT_TOKEN", "GH_HOST", "GITHUB_SERVER_URL", "GITHUB_API_URL", "GIT_SSH_COMMAND", "GIT_SSH",
        "REPO_ARCHITECT_ALLOW_PROTOCOLS", "REPO_ARCHITECT_LOCAL_PATHS", "REPO_ARCHITECT_FORGE_FACTS",
        "REPO_ARCHITECT_GITEA_HOSTS", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
