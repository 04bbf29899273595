"""What was cloned, as clone.json has it."""

from __future__ import annotations

from pathlib import Path

from repo_architect.clone import contents
from repo_architect.clone.address import Address
from repo_architect.clone.fetching import Fetched
from repo_architect.contracts import Clone
from repo_architect.git_command import Git

_SEEN_LOCALLY = "only what is committed is read: uncommitted changes in the folder are not seen"


def describe(git: Git, repo: Path, address: Address, fetched: Fetched) -> Clone:
    """The model of clone.json as far as the clone itself tells."""
    tracked = contents.entries(git, repo)
    modules, module_notes = contents.submodules(git, repo, tracked)
    return Clone(
        url=address.url,
        protocol=address.protocol,
        host=address.host,
        owner=address.owner,
        name=address.name,
        ref=None,
        commit=fetched.commit,
        branch=fetched.branch,
        default_branch=None,
        committed_at=_committed_at(git, repo, fetched.commit),
        shallow=(repo / ".git" / "shallow").exists(),
        size_bytes=sum(entry.size for entry in tracked),
        file_count=sum(entry.type == "blob" for entry in tracked),
        submodules=modules,
        lfs_pointers=contents.lfs_pointers(git, repo, tracked),
        web_url=address.web_url,
        notes=(*module_notes, *_about(address)),
    )


def _committed_at(git: Git, repo: Path, commit: str) -> str:
    # not in the work tree, where git reads .gitmodules and gives up when it is malformed
    written = git.text("show", "--no-patch", "--format=%cI", commit, "--", folder=repo / ".git")
    return written.removesuffix("Z") + "+00:00" if written.endswith("Z") else written


def _about(address: Address) -> tuple[str, ...]:
    return (_SEEN_LOCALLY,) if address.protocol == "path" else ()
