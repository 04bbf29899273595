"""The base branch and the branch of the proposal, in a bare repository of our own beside the run's artifacts."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from repo_architect.git_command import Git, GitFailedError
from repo_architect.pull_request.files import Planned
from repo_architect.pull_request.tree import Tree

NAME = "RepoArchitectAgent"
EMAIL = "repo-architect@localhost.invalid"
_TRAILER = "Repo-Architect-Tree"
_SHALLOW = re.compile(
    r"shallow update not allowed|did not send all necessary objects|missing necessary objects", re.IGNORECASE
)

Changes = dict[str, tuple[str | None, str | None]]


@dataclass(frozen=True)
class Tip:
    """The commit that the proposal's branch stands at. `ours`: a run made it and nobody changed it since.

    `changes` maps a path to its blob before and after, None where there is none.
    """

    commit: str
    ours: bool
    author: str
    changes: Changes


class Workspace:
    """A bare repository that knows one commit of `remote`."""

    def __init__(self, git: Git, folder: Path, remote: str) -> None:
        self.git = git
        self.folder = folder
        self.remote = remote

    def fetch_base(self, branch: str) -> Tree:
        """The tree of a branch of the remote. Raises GitFailedError when there is none."""
        self.git.run("init", "--quiet", "--bare", str(self.folder), folder=self.folder.parent)
        self._fetch(self.remote, f"refs/heads/{branch}", "--depth=1")
        return Tree(self.git, self.folder, self._resolve("FETCH_HEAD"))

    def tip(self, remote: str, branch: str) -> Tip | None:
        """What the proposal's branch of `remote` stands at, None where there is no such branch."""
        ref = f"refs/heads/{branch}"
        listed = self.git.text("ls-remote", "--", remote, ref, folder=self.folder)
        if not any(line.endswith(f"\t{ref}") for line in listed.splitlines()):
            return None
        self._fetch(remote, ref, "--depth=2")
        commit = self._resolve("FETCH_HEAD")
        author, email, tree, trailer = self.git.text(
            "show",
            "--no-patch",
            f"--format=%cn%x00%ce%x00%T%x00%(trailers:key={_TRAILER},valueonly,separator=%x2C)",
            commit,
            "--",
            folder=self.folder,
        ).split("\0")
        return Tip(commit, email == EMAIL and trailer.strip() == tree, author, self._changes(commit))

    def commit(self, base: Tree, planned: tuple[Planned, ...], title: str) -> str:
        """A commit of `planned` on top of `base`."""
        index = {"GIT_INDEX_FILE": str(self.folder / "proposal.index")}
        git = Git({**self.git.environment, **index, **_identity()}, self.git.deadline, self.git.scrub)
        parents = ("-p", base.commit) if base.commit else ()
        git.run("read-tree", *((base.commit,) if base.commit else ("--empty",)), folder=self.folder)
        lines = (f"100644 {self._store(file.content)}\t{file.path}\0" for file in planned)
        git.run("update-index", "-z", "--index-info", folder=self.folder, data="".join(lines).encode())
        tree = git.text("write-tree", folder=self.folder)
        message = f"{title}\n\n{_TRAILER}: {tree}\n"
        made = git.run("commit-tree", tree, *parents, "-F", "-", folder=self.folder, data=message.encode())
        return made.decode().strip()

    def push(self, remote: str, branch: str, commit: str, expected: str | None) -> None:
        """Put `commit` on the branch, only if that still stands at `expected` (None: is not there).

        Raises GitFailedError. A remote that lacks the history that was not fetched is given it.
        """
        ref = f"refs/heads/{branch}"
        arguments = (
            "push",
            "--quiet",
            f"--force-with-lease={ref}:{expected or ''}",
            "--",
            remote,
            f"{commit}:{ref}",
        )
        try:
            self.git.run(*arguments, folder=self.folder)
        except GitFailedError as error:
            if not (_SHALLOW.search(error.message) and (self.folder / "shallow").exists()):
                raise
            self.git.run("fetch", "--quiet", "--no-tags", "--unshallow", self.remote, folder=self.folder)
            self.git.run(*arguments, folder=self.folder)

    def _changes(self, commit: str) -> Changes:
        """What a commit changed; nothing for one without parent here."""
        output = self.git.run(
            "diff-tree", "-r", "-z", "--no-renames", "--no-commit-id", commit, folder=self.folder
        )
        parts = output.decode("utf-8", "backslashreplace").split("\0")
        return {
            path: (_blob(facts.split()[2]), _blob(facts.split()[3]))
            for facts, path in zip(parts[::2], parts[1::2], strict=False)
            if facts
        }

    def _store(self, content: bytes) -> str:
        written = self.git.run("hash-object", "-w", "--stdin", folder=self.folder, data=content)
        return written.decode().strip()

    def _fetch(self, remote: str, ref: str, depth: str) -> None:
        self.git.run("fetch", "--quiet", "--no-tags", depth, "--", remote, ref, folder=self.folder)

    def _resolve(self, name: str) -> str:
        return self.git.text("rev-parse", "--verify", f"{name}^{{commit}}", folder=self.folder)


def _blob(id_: str) -> str | None:
    return None if set(id_) == {"0"} else id_


def _identity() -> dict[str, str]:
    """The committer is always the agent, which is how it knows its own commits; the author may be somebody."""
    return {
        "GIT_AUTHOR_NAME": os.environ.get("GIT_AUTHOR_NAME") or NAME,
        "GIT_AUTHOR_EMAIL": os.environ.get("GIT_AUTHOR_EMAIL") or EMAIL,
        "GIT_COMMITTER_NAME": NAME,
        "GIT_COMMITTER_EMAIL": EMAIL,
    }
