"""Having the objects of one commit, or of the whole history, in an otherwise empty repository."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from repo_architect.clone.revision import Revision
from repo_architect.errors import CloneError
from repo_architect.git_command import Git, GitFailedError
from repo_architect.git_environment import Token

_EVERYTHING = ("+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
_NO_SHALLOW = re.compile(r"does not support shallow|dumb http transport", re.IGNORECASE)
_NO_SINGLE_COMMIT = re.compile(
    r"unadvertised object|not our ref|couldn't find remote ref|remote error: upload-pack|no such remote ref",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fetched:
    """`commit` is what to check out, `branch` the branch it is the tip of; `notes` say what went another way."""

    commit: str
    branch: str | None
    notes: tuple[str, ...] = ()


def follow_redirect(remote: str, token: Token | None) -> str:
    """The address that `remote` has moved to on the same host; with a token git itself follows none.

    Git would send the token along to whatever host it is led to. Raises CloneError when that is another host.
    """
    if token is None:
        return remote
    import httpx

    try:
        with httpx.Client(timeout=httpx.Timeout(20, connect=10), follow_redirects=False) as client:
            for _ in range(5):
                answer = client.get(
                    f"{remote}/info/refs",
                    params={"service": "git-upload-pack"},
                    headers={"Authorization": token.basic, "User-Agent": "git/2"},
                )
                if not answer.is_redirect:
                    return remote
                remote = _moved(remote, answer.headers["location"], token)
    except httpx.HTTPError:
        return remote  # git will meet the same, and say it better
    return remote


def fetch(git: Git, remote: str, repo: Path, wanted: Revision, *, full_history: bool) -> Fetched:
    """Make the repository `repo` and fetch `wanted` into it: one commit deep unless `full_history`."""
    if full_history:
        return _fetch_all(git, remote, repo, wanted)
    if wanted.ref is None and not wanted.is_full:
        wanted = _resolve_by_commits(git, remote, repo, wanted)
    _make(git, remote, repo)
    try:
        git.run(*_FETCH, "--depth=1", "origin", _refspec(wanted), folder=repo)
    except GitFailedError as error:
        if _NO_SHALLOW.search(error.message):
            note = "the server cannot give a single commit, so the whole history was fetched"
        elif wanted.ref is None and _NO_SINGLE_COMMIT.search(error.message):
            note = "the server gives no commit by its name, so the whole history was fetched"
        else:
            raise
        fetched = _fetch_all(git, remote, repo, wanted)
        return Fetched(fetched.commit, fetched.branch, (note,))
    return Fetched(_commit(git, repo, "FETCH_HEAD"), wanted.branch)


_FETCH = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--update-head-ok")


def _refspec(wanted: Revision) -> str:
    source = wanted.ref or wanted.sha or "HEAD"
    return f"+{source}:refs/remotes/origin/{wanted.branch}" if wanted.branch else source


def _fetch_all(git: Git, remote: str, repo: Path, wanted: Revision) -> Fetched:
    """Every branch and tag with all their history, and `wanted` if it is none of them."""
    _make(git, remote, repo)
    git.run(*_FETCH, "origin", *_EVERYTHING, folder=repo)
    target = wanted.sha or "HEAD"
    if wanted.ref and not wanted.ref.startswith(("refs/heads/", "refs/tags/")):
        git.run(*_FETCH, "origin", wanted.ref, folder=repo)
        target = "FETCH_HEAD"
    elif wanted.branch:
        target = f"refs/remotes/origin/{wanted.branch}"
    return Fetched(_commit(git, repo, target), wanted.branch)


def _resolve_by_commits(git: Git, remote: str, repo: Path, wanted: Revision) -> Revision:
    """The full commit of an abbreviated one, from the commits alone where the server can leave out the rest."""
    _make(git, remote, repo)
    git.run(*_FETCH, "--filter=tree:0", "origin", *_EVERYTHING, folder=repo)
    return Revision(wanted.name, sha=_commit(git, repo, wanted.sha or "HEAD"))


def _make(git: Git, remote: str, repo: Path) -> None:
    if repo.exists():
        shutil.rmtree(repo)
    git.run("init", "--quiet", str(repo), folder=repo.parent)
    git.run("config", "remote.origin.url", remote, folder=repo)
    git.run("config", "remote.origin.fetch", _EVERYTHING[0], folder=repo)


def _commit(git: Git, repo: Path, name: str) -> str:
    return git.text(
        "rev-parse",
        "--verify",
        "--quiet" if name == "FETCH_HEAD" else "--end-of-options",
        f"{name}^{{commit}}",
        folder=repo,
    )


def _moved(remote: str, location: str, token: Token) -> str:
    target = urljoin(f"{remote}/info/refs", location)
    parts = urlsplit(target)
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if origin != token.origin or not parts.path.endswith("/info/refs"):
        raise CloneError(
            f"{remote} leads to another host, {parts.hostname}, and the token in {token.variable} is not sent there",
            fix="give the repository's new address itself",
        )
    return f"{origin}{parts.path.removesuffix('/info/refs')}"
