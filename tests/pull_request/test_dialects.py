"""Which host speaks what."""

from __future__ import annotations

import pytest

from repo_architect.pull_request.forges import dialect_for


@pytest.mark.parametrize(
    ("web", "environ", "name", "api"),
    [
        ("https://github.com/a/b", {}, "GitHub", "https://api.github.com"),
        ("https://codeberg.org/a/b", {}, "Gitea", "https://codeberg.org/api/v1"),
        ("https://git.example/a/b", {"REPO_ARCHITECT_GITEA_HOSTS": "x, git.example"}, "Gitea", "https://git.example/api/v1"),
        ("https://git.example:3000/a/b", {"REPO_ARCHITECT_GITEA_HOSTS": "git.example:3000"}, "Gitea", "https://git.example:3000/api/v1"),
        ("https://ghe.example/a/b", {"GH_HOST": "ghe.example"}, "GitHub", "https://ghe.example/api/v3"),
        ("https://ghe.example/a/b", {"GITHUB_SERVER_URL": "https://ghe.example", "GITHUB_API_URL": "https://ghe.example/api/v3/"}, "GitHub", "https://ghe.example/api/v3"),
        ("https://ghe.example/a/b", {"GITHUB_SERVER_URL": "https://other", "GITHUB_API_URL": "https://other/api", "GH_HOST": "ghe.example"}, "GitHub", "https://ghe.example/api/v3"),
        ("https://gitlab.com/a/b", {}, None, None),
        ("https://github.com.evil.example/a/b", {}, None, None),
        (None, {}, None, None),
    ],
)  # fmt: skip
def test_a_host_is_known_by_name(
    web: str | None, environ: dict[str, str], name: str | None, api: str | None
) -> None:
    found = dialect_for(web, environ)
    assert (found.name if found else None, found.api if found else None) == (name, api)
