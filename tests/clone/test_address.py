"""Addresses as people give them."""

from __future__ import annotations

import pytest

from repo_architect.clone.address import parse
from repo_architect.errors import CloneError

WEB = "https://github.com/pallets/flask"

UNDERSTOOD = [
    (WEB, WEB, "github.com", "pallets", "flask", WEB, ()),
    (f"  {WEB}/ ", WEB, "github.com", "pallets", "flask", WEB, ()),
    (f"{WEB}.git", f"{WEB}.git", "github.com", "pallets", "flask", WEB, ()),
    ("HTTPS://GitHub.com/pallets/flask", WEB, "github.com", "pallets", "flask", WEB, ()),
    (f"{WEB}?tab=readme#start", WEB, "github.com", "pallets", "flask", WEB, ()),
    (f"{WEB}/tree/main", WEB, "github.com", "pallets", "flask", WEB, ("main",)),
    (f"{WEB}/tree/feature/x/docs", WEB, "github.com", "pallets", "flask", WEB, ("feature/x/docs", "feature/x", "feature")),
    (f"{WEB}/blob/3.0.x/README.md#L3", WEB, "github.com", "pallets", "flask", WEB, ("3.0.x/README.md", "3.0.x")),
    (f"{WEB}/commit/0123456789abcdef", WEB, "github.com", "pallets", "flask", WEB, ("0123456789abcdef",)),
    (f"{WEB}/releases/tag/3.0.0", WEB, "github.com", "pallets", "flask", WEB, ("3.0.0",)),
    (f"{WEB}/issues/5", WEB, "github.com", "pallets", "flask", WEB, ()),
    (f"{WEB}/actions", WEB, "github.com", "pallets", "flask", WEB, ()),
    ("https://gitlab.com/a/b/c", "https://gitlab.com/a/b/c", "gitlab.com", "a/b", "c", "https://gitlab.com/a/b/c", ()),
    ("https://gitlab.com/a/b/c/-/tree/main/x", "https://gitlab.com/a/b/c", "gitlab.com", "a/b", "c", "https://gitlab.com/a/b/c", ("main/x", "main")),
    ("https://gitlab.com/a/b/-/issues", "https://gitlab.com/a/b", "gitlab.com", "a", "b", "https://gitlab.com/a/b", ()),
    ("https://codeberg.org/a/b/src/branch/main/x", "https://codeberg.org/a/b", "codeberg.org", "a", "b", "https://codeberg.org/a/b", ("main/x", "main")),
    ("https://git.example.com:8443/a/b.git", "https://git.example.com:8443/a/b.git", "git.example.com", "a", "b", "https://git.example.com:8443/a/b", ()),
    ("https://git.example.com/solo", "https://git.example.com/solo", "git.example.com", None, "solo", "https://git.example.com/solo", ()),
    ("https://bitbucket.org/a/b/src/main/", "https://bitbucket.org/a/b", "bitbucket.org", "a", "b", "https://bitbucket.org/a/b", ("main",)),
    ("https://[::1]:3000/a/b", "https://[::1]:3000/a/b", "::1", "a", "b", "https://[::1]:3000/a/b", ()),
    ("git@github.com:pallets/flask.git", "git@github.com:pallets/flask.git", "github.com", "pallets", "flask", WEB, ()),
    ("github.com:pallets/flask", "github.com:pallets/flask", "github.com", "pallets", "flask", WEB, ()),
    ("work:pallets/flask", "work:pallets/flask", "work", "pallets", "flask", None, ()),
    ("ssh://git@github.com/pallets/flask.git", "ssh://git@github.com/pallets/flask.git", "github.com", "pallets", "flask", WEB, ()),
    ("ssh://git@git.example.com:2222/a/b", "ssh://git@git.example.com:2222/a/b", "git.example.com", "a", "b", "https://git.example.com/a/b", ()),
    ("ssh://me@example.com/~/code/b", "ssh://me@example.com/~/code/b", "example.com", "code", "b", None, ()),
]  # fmt: skip


@pytest.mark.parametrize("row", UNDERSTOOD, ids=lambda row: row[0])
def test_an_address_is_understood(row: tuple[object, ...]) -> None:
    found = parse(str(row[0]), {})
    assert (found.url, found.host, found.owner, found.name, found.web_url, found.refs) == row[1:]
    assert found.remote == found.url


@pytest.mark.parametrize(
    ("variable", "allowed", "refused"),
    [
        ("http", ["http", "https", "ssh"], ["git", "file"]),
        ("http,git", ["http", "git"], ["file"]),
        ("http:git:file", ["http", "git", "file"], []),
        ("ext, fd, HTTP", ["http"], ["git", "ext", "fd"]),
        ("", ["https", "ssh"], ["http", "git", "file"]),
    ],
)
def test_other_protocols_are_used_when_they_are_named(
    variable: str, allowed: list[str], refused: list[str]
) -> None:
    environ = {"REPO_ARCHITECT_ALLOW_PROTOCOLS": variable}
    for protocol in allowed:
        assert parse(f"{protocol}://host/a/b", environ).protocol == protocol
    for protocol in refused:
        with pytest.raises(CloneError):
            parse(f"{protocol}://host/a/b", environ)


@pytest.mark.parametrize("variable", ["ext", "ext:fd", "http,ext"])
def test_a_program_is_never_a_transport(variable: str) -> None:
    with pytest.raises(CloneError, match="run a program"):
        parse("ext::sh -c id", {"REPO_ARCHITECT_ALLOW_PROTOCOLS": variable})
