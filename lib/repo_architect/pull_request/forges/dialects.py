"""How the forges differ, a row each; measured against GitHub's published API and Gitea 1.26."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from repo_architect.git_environment import github_hosts

GITEA_HOSTS_VARIABLE = "REPO_ARCHITECT_GITEA_HOSTS"


@dataclass(frozen=True)
class Dialect:
    """A forge: `api` is the base of its API, `scheme` goes before the token, `blobs` shows a file at a commit."""

    name: str
    api: str
    scheme: str
    blobs: str
    draft_by_title: bool = False
    filters_by_head: bool = True
    page_size: str = "per_page"


def dialect_for(web_url: str | None, environ: Mapping[str, str] | None = None) -> Dialect | None:
    """The forge that serves `web_url`, None for one that is not known to speak GitHub's or Gitea's API.

    GitHub: github.com, GITHUB_SERVER_URL's host, the hosts in GH_HOST. Gitea and Forgejo: codeberg.org and the hosts
    (with port) in REPO_ARCHITECT_GITEA_HOSTS.
    """
    environ = os.environ if environ is None else environ
    if not web_url:
        return None
    parts = urlsplit(web_url)
    base = f"{parts.scheme}://{parts.netloc}".lower()
    gitea = {host.lower() for host in re.split(r"[,\s]+", environ.get(GITEA_HOSTS_VARIABLE, "")) if host}
    if parts.netloc.lower() in gitea | {"codeberg.org"}:
        return _gitea(f"{base}/api/v1")
    if parts.hostname == "github.com":
        return _github("https://api.github.com")
    if parts.hostname in github_hosts(environ):
        ours = base == environ.get("GITHUB_SERVER_URL", "").rstrip("/").lower()
        return _github((ours and environ.get("GITHUB_API_URL", "").rstrip("/")) or f"{base}/api/v3")
    return None


def _github(api: str) -> Dialect:
    return Dialect("GitHub", api, "Bearer", "blob/{commit}/")


def _gitea(api: str) -> Dialect:
    return Dialect("Gitea", api, "token", "src/commit/{commit}/", True, False, "limit")
