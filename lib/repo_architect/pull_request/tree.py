"""The tree that a proposal is compared with, read from git's objects."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from repo_architect.git_command import Git

_LOOKED_AT = ("docs", ".github")


@dataclass(frozen=True)
class Tree:
    """What stands below docs and .github in `commit` of the repository at `folder` (a bare one, or a `.git`).

    With None for `commit` it is an empty tree.
    """

    git: Git
    folder: Path
    commit: str | None

    def id(self, path: str) -> str | None:
        """The blob id of a regular file, None where there is none."""
        kind, id_ = self._entries.get(path, ("", ""))
        return id_ if kind == "blob" else None

    def has(self, path: str) -> bool:
        """Whether anything stands at `path`: file, folder, link or submodule."""
        return path in self._entries

    def content(self, path: str) -> bytes | None:
        """The bytes of a regular file."""
        id_ = self.id(path)
        return None if id_ is None else self.git.run("cat-file", "blob", id_, folder=self.folder)

    def can_hold(self, path: str) -> bool:
        """Whether every part of the way to `path` is a folder or free: no file, link or submodule stands in it."""
        parts = path.split("/")
        ways = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
        return all(self._entries.get(way, ("tree", ""))[0] == "tree" for way in ways)

    def hash(self, content: bytes) -> str:
        """The blob id that git gives to `content` here."""
        name = "sha256" if self.commit and len(self.commit) == 64 else "sha1"
        return hashlib.new(name, b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest()

    @cached_property
    def _entries(self) -> dict[str, tuple[str, str]]:
        """Path to kind (blob, tree, link, commit) and id."""
        if self.commit is None:
            return {}
        wanted = [f":(literal){path}" for path in _LOOKED_AT]
        output = self.git.run(
            "ls-tree", "-r", "-t", "-z", "--full-tree", self.commit, "--", *wanted, folder=self.folder
        )
        found = {}
        for record in filter(None, output.split(b"\0")):
            facts, _, path = record.partition(b"\t")
            mode, kind, id_ = facts.decode().split()
            found[path.decode("utf-8", "backslashreplace")] = ("link" if mode == "120000" else kind, id_)
        return found
