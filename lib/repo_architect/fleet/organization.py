"""The repositories of an organisation, through its forge's REST API."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from repo_architect.errors import CloneError, ForgeError, UsageError
from repo_architect.fleet.entries import Entry, entry
from repo_architect.git_environment import token_for

if TYPE_CHECKING:
    import httpx

MOST_PAGES = 100
_NAME = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[A-Za-z0-9][A-Za-z0-9.:-]*)/(?P<name>[A-Za-z0-9._/-]+?)/?"
)
_GITEA_HOSTS = "REPO_ARCHITECT_GITEA_HOSTS"


@dataclass(frozen=True)
class Api:
    """A forge's API: its base, where an organisation's repositories are (tried in order), and what its answers call things."""

    base: str
    paths: tuple[str, ...]
    address: str
    fork: Callable[[Mapping[str, Any]], bool] = lambda found: bool(found.get("fork"))


def repositories_of(
    organization: str,
    *,
    archived: bool = False,
    forks: bool = False,
    environ: Mapping[str, str] | None = None,
) -> list[Entry]:
    """The repositories of `github.com/NAME` (or GitLab's, Gitea's, an Enterprise Server's), by name.

    Archived ones and forks are left out unless asked for. The token is GITHUB_TOKEN (GIT_TOKEN for other hosts). Raises UsageError for
    a name or host that is not understood, ForgeError when the forge refuses.
    """
    environ = os.environ if environ is None else environ
    host, name, web = _parsed(organization)
    api = _api(host, web, environ)
    found = _all_pages(api, name, _headers(web, environ))
    entries = {}
    for repository in found:
        if (repository.get("archived") and not archived) or (api.fork(repository) and not forks):
            continue
        try:
            made = entry(str(repository.get(api.address) or ""))
        except CloneError as error:
            raise ForgeError(
                f"{host} names a repository that cannot be cloned: {error.message}", fix=error.fix
            ) from None
        entries[made.identity] = made
    if not entries:
        raise UsageError(
            f"{host}/{name} has no repository to run" + ("" if archived and forks else ", archived ones and forks left out"),
            fix="give a token that sees its repositories in GITHUB_TOKEN, or add --archived, --forks",
        )  # fmt: skip
    return sorted(entries.values(), key=lambda made: made.identity)


def _parsed(text: str) -> tuple[str, str, str]:
    """Host, name and the address of the host's pages."""
    match = _NAME.fullmatch(text.strip())
    if not match or ".." in match["name"]:
        raise UsageError(f"{text!r} is no organisation", fix="write host and name: github.com/pallets")
    host = match["host"].lower()
    return host, match["name"], f"{match['scheme'] or 'https'}://{host}"


def _api(host: str, web: str, environ: Mapping[str, str]) -> Api:
    given = environ.get("GITHUB_API_URL", "").rstrip("/")
    server = environ.get("GITHUB_SERVER_URL", "").rstrip("/").lower()
    if host == "github.com":
        return _github("https://api.github.com")
    if given and web == server:
        return _github(given)
    if host == environ.get("GH_HOST", "").lower():
        return _github(f"{web}/api/v3")
    gitea = {name.lower() for name in re.split(r"[,\s]+", environ.get(_GITEA_HOSTS, "")) if name}
    if host in gitea or host in ("codeberg.org", "gitea.com"):
        base = f"{web}/api/v1"
        return Api(base, ("/orgs/{name}/repos?limit=50", "/users/{name}/repos?limit=50"), "clone_url")
    if host == "gitlab.com" or host.startswith("gitlab."):
        return Api(
            f"{web}/api/v4",
            ("/groups/{name}/projects?per_page=100&include_subgroups=true", "/users/{name}/projects?per_page=100"),
            "http_url_to_repo",
            lambda found: "forked_from_project" in found,
        )  # fmt: skip
    raise UsageError(
        f"which API {host} speaks is not known",
        fix=f"name it in GH_HOST (GitHub Enterprise Server) or {_GITEA_HOSTS} (Gitea, Forgejo), or give a list of addresses",
    )


def _github(base: str) -> Api:
    return Api(
        base, ("/orgs/{name}/repos?per_page=100&type=all", "/users/{name}/repos?per_page=100"), "clone_url"
    )


def _headers(web: str, environ: Mapping[str, str]) -> dict[str, str]:
    token = token_for(f"{web}/", environ)
    sent = {"Accept": "application/json", "User-Agent": "repo-architect"}
    return sent | ({"Authorization": f"Bearer {token.value.rpartition(':')[2]}"} if token else {})


def _all_pages(api: Api, name: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    import httpx

    with httpx.Client(timeout=httpx.Timeout(30, connect=10), headers=headers) as client:
        for number, path in enumerate(api.paths, 1):
            url = api.base + path.format(name=quote(name, safe=""))
            first = _get(client, url)
            if first.status_code == 404 and number < len(api.paths):
                continue
            return [found for page in _pages(client, first) for found in page]
    return []


def _pages(client: httpx.Client, first: httpx.Response) -> Iterator[list[dict[str, Any]]]:
    """The answers from the first on, by their Link header; a link to another host is not followed."""
    answer: httpx.Response | None = first
    for _ in range(MOST_PAGES):
        if answer is None:
            return
        yield _understood(answer)
        after = str(answer.links.get("next", {}).get("url", ""))
        same = urlsplit(after)[:2] == (first.url.scheme, first.url.netloc.decode())
        answer = _get(client, after) if after and same else None
    raise ForgeError(f"the organisation has more than {MOST_PAGES} pages of repositories", fix="give a list")


def _get(client: httpx.Client, url: str) -> httpx.Response:
    import httpx

    try:
        return client.get(url)
    except httpx.HTTPError as error:
        raise ForgeError(
            f"{urlsplit(url).netloc} could not be reached: {type(error).__name__}", fix="look at the network, then try again"
        ) from None  # fmt: skip


def _understood(answer: httpx.Response) -> list[dict[str, Any]]:
    host = answer.url.host
    if answer.status_code in (401, 403, 429):
        limited = answer.headers.get("x-ratelimit-remaining") == "0" or answer.status_code == 429
        raise ForgeError(
            f"{host} refused to list the repositories ({answer.status_code}{', its rate limit is used up' if limited else ''})",
            fix="give a token in GITHUB_TOKEN (GIT_TOKEN for other hosts), or wait" if limited else "look at the token's rights",
        )  # fmt: skip
    if answer.status_code == 404:
        raise ForgeError(
            f"{host} knows no such organisation", fix="look at its name, and at the token's rights"
        )
    try:
        found = answer.json() if answer.status_code == 200 else None
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise ForgeError(
            f"{host} did not answer with a list of repositories ({answer.status_code})", fix="try again"
        )
    return [item for item in found if isinstance(item, dict)]
