"""Names of folders: `<owner>-<repository>`, told apart where two would be the same, and kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from repo_architect.fleet.entries import Entry

_LONGEST = 80
_RESERVED = frozenset({"new", "latest", "sample", "stages", "repo", "notebooks"})


def folder_for(entry: Entry, taken: set[str]) -> str:
    """A folder name that is an id of a run and not among `taken` (casefolded: some file systems see no case)."""
    return next(name for name in _candidates(entry) if name.casefold() not in taken)


def as_items(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """The entries with a folder name each, as plain values: repository, ref, title, folder."""
    taken: set[str] = set()
    items = []
    for entry in entries:
        folder = folder_for(entry, taken)
        taken.add(folder.casefold())
        items.append({"repository": entry.address, "ref": entry.ref, "title": entry.title, "folder": folder})
    return items


def fleet_name(text: str) -> str:
    """A name for a fleet's folder from a file's or an organisation's name."""
    return _slug(text) or "fleet"


def _candidates(entry: Entry) -> Iterator[str]:
    base = _slug(f"{entry.owner}-{entry.name}" if entry.owner else entry.name) or "repository"
    if base.casefold() in _RESERVED:
        base = f"{base}-repository"
    yield base
    if entry.ref:
        yield f"{base}-{_slug(entry.ref)[:40] or 'ref'}"
    digest = hashlib.sha256(entry.identity.encode()).hexdigest()
    yield f"{base}-{digest[:8]}"
    yield f"{base[:30]}-{digest}"


def _slug(text: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", text)
    return re.sub(r"\.{2,}", ".", plain).strip("-._")[:_LONGEST].rstrip("-._")
