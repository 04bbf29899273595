"""clone.json: which repository, at which commit, and what is known of it without reading it."""

from __future__ import annotations

from typing import ClassVar, Literal

from repo_architect.contracts.model import Artifact, Model, RepoPath


class Submodule(Model):
    """A submodule: reported, never followed."""

    path: RepoPath
    url: str | None
    commit: str


class ForgeFacts(Model):
    """What the forge's API says of the repository; `source` is the address that said so."""

    source: str
    description: str | None = None
    homepage: str | None = None
    default_branch: str | None = None
    topics: tuple[str, ...] = ()
    stars: int | None = None
    forks: int | None = None
    open_issues: int | None = None
    license: str | None = None
    archived: bool | None = None
    fork: bool | None = None
    private: bool | None = None
    created_at: str | None = None
    pushed_at: str | None = None


class Clone(Artifact):
    """The repository that was cloned into `repo/`.

    `url` never carries credentials; for a local path it is the path. `host` and `owner` are null for a local path. `committed_at` is ISO 8601 with the
    committer's offset. `size_bytes` and `file_count` count the tracked files of the commit.
    """

    file_name: ClassVar[str] = "clone.json"
    made_by: ClassVar[str] = "clone_repo"

    url: str
    protocol: Literal["https", "http", "ssh", "git", "file", "path", "sample"]
    host: str | None
    owner: str | None
    name: str
    ref: str | None
    commit: str
    branch: str | None
    default_branch: str | None
    committed_at: str
    shallow: bool
    size_bytes: int
    file_count: int
    submodules: tuple[Submodule, ...] = ()
    lfs_pointers: tuple[RepoPath, ...] = ()
    web_url: str | None = None
    forge: ForgeFacts | None = None
    notes: tuple[str, ...] = ()
