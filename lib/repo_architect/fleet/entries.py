"""One repository of a list: its address, understood, and the revision asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from repo_architect.clone.address import LOCAL_PATHS_VARIABLE, parse
from repo_architect.errors import CloneError, UsageError

_SHOWN = 20
_PATH_STARTS = ("/", "./", "../", "~")


@dataclass(frozen=True)
class Entry:
    """A repository to run. `address` is what is cloned, `url` the same in its plain form; `ref` is empty for the default branch."""

    address: str
    url: str
    name: str
    owner: str | None = None
    ref: str = ""

    @property
    def identity(self) -> str:
        """The same for the same repository at the same revision, however it was written."""
        return f"{self.url.rstrip('/').removesuffix('.git')}@{self.ref}"

    @property
    def title(self) -> str:
        shown = f"{self.owner}/{self.name}" if self.owner else self.name
        return f"{shown} ({self.ref})" if self.ref else shown


def entry(address: str, ref: str = "", base: Path | None = None) -> Entry:
    """Understand an address; a relative path is one below `base`. Raises CloneError for what cannot be an address.

    A path where nothing is stays an entry: its run fails and says so, and the others go on.
    """
    local = _local(address, base or Path.cwd())
    if local is not None and os.environ.get(LOCAL_PATHS_VARIABLE, "1").strip().lower() in (
        "0",
        "false",
        "no",
    ):
        raise CloneError(
            "local paths are turned off here", fix=f"give an https URL, or unset {LOCAL_PATHS_VARIABLE}"
        )
    if local is not None:
        return Entry(str(local), str(local), local.name.removesuffix(".git") or "repository", None, ref)
    found = parse(address)
    if ref.startswith("-"):
        raise CloneError(f"{ref!r} is no revision", fix="give a branch, a tag or a commit")
    written = f"{found.url}@{found.refs[0]}" if found.refs else found.url
    return Entry(address, written, found.name, found.owner, ref)


def check(entries: Iterable[Entry], addresses: str | None, revisions: str | None) -> None:
    """Raise UsageError for entries whose address or revision does not match: what runs them would refuse them."""
    bad = [
        f"  {each.title}: {what} {shown!r} is refused by what is to run it"
        for each in entries
        for what, shown, pattern in (
            ("the address", each.address, addresses),
            ("the revision", each.ref, revisions),
        )
        if shown and pattern and not re.fullmatch(pattern, shown)
    ]
    if bad:
        more = [f"  and {len(bad) - _SHOWN} more"] if len(bad) > _SHOWN else []
        raise UsageError(
            "\n".join(["the list cannot be run:", *bad[:_SHOWN], *more]),
            fix="mend them and start again; nothing was run",
        )


def _local(address: str, base: Path) -> Path | None:
    """The folder that an address names, there or not; None for a URL, and for what only a URL can be."""
    if not address or any(ord(character) < 32 for character in address):
        return None
    path = Path(address).expanduser()
    whole = path if path.is_absolute() else base / path
    try:
        named = address.startswith(_PATH_STARTS) or address == "." or whole.is_dir()
        return whole.resolve() if named else None
    except (OSError, RuntimeError):
        return None
