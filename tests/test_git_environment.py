"""Which token goes where, and what git is given to work with."""

from __future__ import annotations

import base64

import pytest

from repo_architect.git_environment import child_environment, token_for

BOTH = {"GITHUB_TOKEN": "hub", "GIT_TOKEN": "any"}


@pytest.mark.parametrize(
    ("url", "environ", "expected"),
    [
        ("https://github.com/a/b", BOTH, "hub"),
        ("https://GitHub.com/a/b", BOTH, "hub"),
        ("https://github.com/a/b", {"GIT_TOKEN": "any"}, "any"),
        ("https://gitlab.com/a/b", BOTH, "any"),
        ("https://gitlab.com/a/b", {"GITHUB_TOKEN": "hub"}, None),
        ("https://github.com.evil.example/a/b", {"GITHUB_TOKEN": "hub"}, None),
        ("https://evil.example/github.com/a", {"GITHUB_TOKEN": "hub"}, None),
        ("https://notgithub.com/a/b", {"GITHUB_TOKEN": "hub"}, None),
        ("https://ghe.example/a/b", {"GITHUB_TOKEN": "hub", "GH_HOST": "ghe.example"}, "hub"),
        (
            "https://ghe.example/a/b",
            {"GITHUB_TOKEN": "hub", "GITHUB_SERVER_URL": "https://ghe.example"},
            "hub",
        ),
        ("http://github.com/a/b", BOTH, None),
        ("http://git.example/a/b", BOTH, None),
        ("http://127.0.0.1:3000/a/b", BOTH, "any"),
        ("http://localhost/a/b", BOTH, "any"),
        ("http://127.0.0.1.evil.example/a/b", BOTH, None),
        ("ssh://git@github.com/a/b", BOTH, None),
        ("git@github.com:a/b", BOTH, None),
        ("git://github.com/a/b", BOTH, None),
        ("file:///a/b", BOTH, None),
        ("https://github.com/a/b", {"GITHUB_TOKEN": "  "}, None),
        ("https://github.com/a/b", {"GITHUB_TOKEN": "hub\n"}, "hub"),
    ],
)
def test_a_token_goes_only_where_it_belongs(url: str, environ: dict[str, str], expected: str | None) -> None:
    found = token_for(url, environ)
    assert (found.value if found else None) == expected


def test_a_tokens_value_is_in_no_representation() -> None:
    token = token_for("https://github.com/a/b", BOTH)
    assert "hub" not in repr(token).replace("github", "")


@pytest.mark.parametrize(
    ("host", "value", "sent"),
    [
        ("github.com", "t", "x-access-token:t"),
        ("gitlab.com", "t", "oauth2:t"),
        ("bitbucket.org", "t", "x-token-auth:t"),
        ("git.example", "deploy:t", "deploy:t"),
    ],
)
def test_a_token_is_sent_as_its_forge_wants_it(host: str, value: str, sent: str) -> None:
    token = token_for(f"https://{host}/a/b", {"GIT_TOKEN": value})
    assert token is not None
    assert base64.b64decode(token.basic.removeprefix("Basic ")).decode() == sent


def settings_of(environment: dict[str, str]) -> dict[str, str]:
    count = int(environment["GIT_CONFIG_COUNT"])
    return {environment[f"GIT_CONFIG_KEY_{n}"]: environment[f"GIT_CONFIG_VALUE_{n}"] for n in range(count)}


def test_the_header_is_bound_to_its_origin_and_no_redirect_is_followed() -> None:
    token = token_for("https://git.example:8443/a/b", {"GIT_TOKEN": "t"})
    settings = settings_of(child_environment(("https",), token))
    assert settings["http.https://git.example:8443/.extraheader"].startswith("Authorization: Basic ")
    assert settings["http.followRedirects"] == "false"
    assert settings["credential.helper"] == ""


def test_git_is_given_no_secret_no_prompt_and_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "GITHUB_TOKEN",
        "OPENAI_API_KEY",
        "AWS_SECRET_ACCESS_KEY",
        "GIT_TRACE_CURL",
        "GIT_DIR",
        "SSH_ASKPASS",
    ):
        monkeypatch.setenv(name, "canary")
    environment = child_environment(("https", "ssh"))
    assert "canary" not in environment.values()
    assert environment["GIT_TERMINAL_PROMPT"] == "0"
    assert environment["GIT_ALLOW_PROTOCOL"] == "https:ssh"


@pytest.mark.parametrize(
    ("environ", "configured", "expected"),
    [
        ({}, "", "ssh -oBatchMode=yes"),
        ({"GIT_SSH_COMMAND": "ssh -i key"}, "", "ssh -i key -oBatchMode=yes"),
        ({"GIT_SSH": "/opt/my ssh"}, "", "'/opt/my ssh' -oBatchMode=yes"),
        ({}, "ssh -i other", "ssh -i other -oBatchMode=yes"),
    ],
)
def test_ssh_is_the_users_own_and_never_asks(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], configured: str, expected: str
) -> None:
    for name in ("GIT_SSH_COMMAND", "GIT_SSH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    environment = child_environment(("ssh",), ssh_command=configured)
    assert environment["GIT_SSH_COMMAND"].startswith(expected)
    assert "GIT_SSH" not in environment
