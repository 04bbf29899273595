"""What the forge's API says of a repository: asked for once, shortly; when it does not answer, a note says so."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from repo_architect.clone.address import Address
from repo_architect.contracts.clone import ForgeFacts
from repo_architect.git_environment import token_for

VARIABLE = "REPO_ARCHITECT_FORGE_FACTS"
GITEA_HOSTS_VARIABLE = "REPO_ARCHITECT_GITEA_HOSTS"
_MOST_BYTES = 1_000_000


def facts(
    address: Address, environ: Mapping[str, str] | None = None
) -> tuple[ForgeFacts | None, tuple[str, ...]]:
    """The facts, or None with a note where the forge was asked and did not answer. Never raises for the network."""
    environ = os.environ if environ is None else environ
    asked = _question(address, environ)
    if asked is None or environ.get(VARIABLE, "1").strip().lower() in ("0", "false", "no"):
        return None, ()
    url, read = asked
    answer, problem = _get(url, environ)
    if answer is None:
        return None, (f"the forge's API told nothing of the repository: {problem}",)
    try:
        return ForgeFacts(source=url, **read(answer)), ()
    except (ValueError, TypeError, AttributeError):
        return None, ("the forge's API answered something that is not understood",)


def _question(
    address: Address, environ: Mapping[str, str]
) -> tuple[str, Callable[[dict[str, Any]], dict[str, Any]]] | None:
    """The API's address of the repository and how to read its answer; None for a host not known to have an API."""
    if not (address.host and address.owner and address.web_url):
        return None
    web = urlsplit(address.web_url)
    base = f"{web.scheme}://{web.netloc}"
    path = f"{quote(address.owner)}/{quote(address.name)}"
    api = environ.get("GITHUB_API_URL", "").rstrip("/")
    if address.host == "github.com":
        return f"{api if _is_public(api) else 'https://api.github.com'}/repos/{path}", _github
    if api and base.lower() == environ.get("GITHUB_SERVER_URL", "").rstrip("/").lower():
        return f"{api}/repos/{path}", _github
    if address.host == "codeberg.org" or web.netloc.lower() in _hosts(environ, GITEA_HOSTS_VARIABLE):
        return f"{base}/api/v1/repos/{path}", _gitea
    if address.host == "gitlab.com":
        return f"{base}/api/v4/projects/{quote(f'{address.owner}/{address.name}', safe='')}", _gitlab
    return None


def _is_public(api: str) -> bool:
    return urlsplit(api).hostname == "api.github.com"


def _hosts(environ: Mapping[str, str], variable: str) -> set[str]:
    return {host.lower() for host in re.split(r"[,\s]+", environ.get(variable, "")) if host}


def _get(url: str, environ: Mapping[str, str]) -> tuple[dict[str, Any] | None, str]:
    import httpx

    headers = {"Accept": "application/json", "User-Agent": "repo-architect", **_authorization(url, environ)}
    try:
        with httpx.Client(timeout=httpx.Timeout(5, connect=2), headers=headers) as client:
            answer = client.get(url)
            target = answer.headers.get("location", "")
            if answer.is_redirect and urlsplit(target).netloc in ("", urlsplit(url).netloc):
                answer = client.get(httpx.URL(url).join(target))
        if answer.status_code != 200 or len(answer.content) > _MOST_BYTES:
            return None, f"it answered {answer.status_code}"
        found = answer.json()
    except httpx.HTTPError:
        return None, "it could not be reached"
    except ValueError:
        return None, "its answer is not JSON"
    return (found, "") if isinstance(found, dict) else (None, "its answer is not an object")


def _authorization(url: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The token that may go to the API's host; api.github.com belongs to github.com."""
    host = url.replace("https://api.github.com/", "https://github.com/")
    token = token_for(host, environ)
    return {"Authorization": f"Bearer {token.value.rpartition(':')[2]}"} if token else {}


def _github(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": _text(answer, "description"),
        "homepage": _text(answer, "homepage"),
        "default_branch": _text(answer, "default_branch"),
        "topics": _topics(answer),
        "stars": answer.get("stargazers_count"),
        "forks": answer.get("forks_count"),
        "open_issues": answer.get("open_issues_count"),
        "license": _text(answer.get("license") or {}, "spdx_id"),
        "archived": answer.get("archived"),
        "fork": answer.get("fork"),
        "private": answer.get("private"),
        "created_at": _text(answer, "created_at"),
        "pushed_at": _text(answer, "pushed_at"),
    }


def _gitea(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        **_github({**answer, "license": None}),
        "homepage": _text(answer, "website"),
        "stars": answer.get("stars_count"),
        "license": next(iter(answer.get("licenses") or ()), None),
        "pushed_at": _text(answer, "updated_at"),
    }


def _gitlab(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": _text(answer, "description"),
        "default_branch": _text(answer, "default_branch"),
        "topics": _topics(answer),
        "stars": answer.get("star_count"),
        "forks": answer.get("forks_count"),
        "open_issues": answer.get("open_issues_count"),
        "archived": answer.get("archived"),
        "fork": "forked_from_project" in answer,
        "created_at": _text(answer, "created_at"),
        "pushed_at": _text(answer, "last_activity_at"),
    }


def _text(answer: dict[str, Any], key: str) -> str | None:
    return str(answer[key])[:2000] if answer.get(key) else None


def _topics(answer: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(str(topic)[:100] for topic in answer.get("topics") or ()))[:50]
