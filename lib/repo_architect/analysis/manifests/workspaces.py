"""Workspaces: which folders a manifest says are its members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from repo_architect.analysis.manifests.model import Identity
from repo_architect.analysis.manifests.report import Reading


def members(readings: Iterable[Reading], folders: Iterable[str]) -> dict[str, str]:
    """For each of `folders` that is a member of a workspace, the folder of the workspace's head."""
    folders = list(folders)
    found: dict[str, str] = {}
    for reading in readings:
        if reading.identity and reading.identity.members:
            for folder in _matching(reading.folder, reading.identity, folders):
                found.setdefault(folder, reading.folder)
    return found


def _matching(head: str, identity: Identity, folders: list[str]) -> Iterator[str]:
    wanted, unwanted = _matcher(identity.members), _matcher(identity.excluded)
    prefix = "" if head == "." else head + "/"
    for folder in folders:
        below = folder[len(prefix) :] if folder.startswith(prefix) and folder != "." else ""
        if below and wanted.fullmatch(below) and not unwanted.fullmatch(below):
            yield folder


@lru_cache(maxsize=500)
def _matcher(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_expression(glob) for glob in globs) or r"(?!)")


def _expression(glob: str) -> str:
    parts = [part for part in glob.strip("/").split("/") if part not in ("", ".")]
    whole = "".join(r"(?:[^/]+/)*" if part == "**" else _piece(part) + "/" for part in parts)
    return whole + "[^/]+" if parts and parts[-1] == "**" else whole.removesuffix("/")


def _piece(part: str) -> str:
    choices = re.sub(
        r"\\\{([^}]*)\\\}", lambda found: "(?:" + found[1].replace(",", "|") + ")", re.escape(part)
    )
    return choices.replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
