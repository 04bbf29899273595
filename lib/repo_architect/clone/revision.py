"""Which commit is meant: the refs that the server names, and the one that the user named."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from repo_architect.errors import CloneError
from repo_architect.git_command import Git

_SHA = re.compile(r"[0-9a-f]{7,64}")
_FULL_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NOT_IN_A_REF = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|\.lock$|\.$|/$|^/")


@dataclass(frozen=True)
class Refs:
    """What `git ls-remote` said: name to commit, and the branch that HEAD stands for."""

    commits: dict[str, str]
    default_branch: str | None

    def short_names(self) -> list[str]:
        """Branches and tags as people name them, sorted."""
        return sorted(
            name.split("/", 2)[2] for name in self.commits if name.startswith(("refs/heads/", "refs/tags/"))
        )


@dataclass(frozen=True)
class Revision:
    """What to fetch: a ref of the server by its full name, or a commit; `name` is what the user called it."""

    name: str | None
    ref: str | None = None
    sha: str | None = None

    @property
    def branch(self) -> str | None:
        return (
            self.ref.removeprefix("refs/heads/") if self.ref and self.ref.startswith("refs/heads/") else None
        )

    @property
    def is_full(self) -> bool:
        return bool(self.sha and _FULL_SHA.fullmatch(self.sha))


def check(ref: str) -> None:
    """Refuse what can be no branch, tag or commit. Raises CloneError."""
    if ref.startswith("-") or _NOT_IN_A_REF.search(ref):
        raise CloneError(
            f"{ref!r} can be no branch, tag or commit", fix="give a branch, a tag or a commit with --ref"
        )


def ask(git: Git, remote: str, folder: Path, names: tuple[str, ...] = ()) -> Refs:
    """The refs of `remote` that end in HEAD or one of `names`; all of them where there are no names."""
    patterns = ("HEAD", *(pattern for name in names for pattern in _patterns(name))) if names else ()
    output = git.text("ls-remote", "--symref", "--", remote, *patterns, folder=folder)
    return _read(output)


def choose(git: Git, remote: str, folder: Path, named: str | tuple[str, ...]) -> tuple[Revision, Refs]:
    """What to fetch for a revision, or for the first of several there is; HEAD where none is named. Raises CloneError."""
    wanted = (named,) if isinstance(named, str) and named else tuple(named)
    refs = ask(git, remote, folder, wanted or ("HEAD",))
    for name in wanted:
        found = _named(name, refs)
        if found:
            return found, refs
    if wanted:
        raise _unknown(wanted[-1] if len(wanted) > 1 else wanted[0], ask(git, remote, folder))
    if "HEAD" not in refs.commits:
        raise _no_head(ask(git, remote, folder))
    head = f"refs/heads/{refs.default_branch}" if refs.default_branch else None
    return Revision(None, ref=head or "HEAD", sha=refs.commits["HEAD"]), refs


def _patterns(name: str) -> tuple[str, ...]:
    if name.startswith("refs/"):
        return (name,)
    return (f"refs/heads/{name}", f"refs/tags/{name}", f"refs/tags/{name}^{{}}")


def _read(output: str) -> Refs:
    commits: dict[str, str] = {}
    default = None
    for line in output.splitlines():
        value, _, name = line.partition("\t")
        if value.startswith("ref: ") and name == "HEAD":
            default = value.removeprefix("ref: refs/heads/")
        elif name:
            commits[name] = value
    return Refs(commits, default)


def _named(name: str, refs: Refs) -> Revision | None:
    """A branch before a tag before a commit, as git itself does for a clone."""
    if name == "HEAD" and "HEAD" in refs.commits:
        return Revision(name, ref="HEAD", sha=refs.commits["HEAD"])
    for full in _patterns(name)[:2]:
        if full in refs.commits:
            return Revision(name, ref=full, sha=refs.commits.get(full + "^{}", refs.commits[full]))
    return Revision(name, sha=name.lower()) if _SHA.fullmatch(name.lower()) else None


def _unknown(name: str, refs: Refs) -> CloneError:
    known = refs.short_names()
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    branches = [
        ref.removeprefix("refs/heads/") for ref in sorted(refs.commits) if ref.startswith("refs/heads/")
    ]
    fix = (
        f"did you mean {' or '.join(near)}?"
        if near
        else f"its branches are {', '.join(branches[:8]) or 'none'}"
    )
    return CloneError(f"the repository has no branch, tag or commit {name!r}", fix=_printable(fix))


def _no_head(refs: Refs) -> CloneError:
    known = refs.short_names()
    if not known:
        return CloneError("the repository is empty: it has no commit", fix="push a commit to it first")
    return CloneError(
        "the default branch of the repository has no commit",
        fix=_printable(f"choose another with --ref: {', '.join(known[:8])}"),
    )


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)
