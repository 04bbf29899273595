"""Group files by directory: split the largest directory again and again until there are enough groups."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

OWN = "/*"
"""Ends the key of a group that holds the files directly in a directory, and nothing below it."""

REST = "/..."
"""Ends the key of a group that holds what is left of a directory when its largest parts are groups of their own."""
MANY = 4
"""A directory with more parts than fit is split into its largest parts and a rest only where this many fit."""


@dataclass
class Folder:
    """A directory: its sub-directories, the files directly in it, and the weight of all below it."""

    path: str
    folders: dict[str, Folder] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    weight: int = 0

    def all_files(self) -> list[str]:
        below = [file for name in sorted(self.folders) for file in self.folders[name].all_files()]
        return self.files + below

    def parts(self) -> list[Folder]:
        """What it splits into: a group for each sub-directory, and one for its own files."""
        children = [self.folders[name] for name in sorted(self.folders)]
        if not self.files:
            return children
        own = Folder(self.path + OWN if children else self.path, files=self.files, weight=len(self.files))
        return [own, *children]


def tree_of(paths: Iterable[str]) -> Folder:
    """The directories of these files; the root's path is empty."""
    root = Folder("")
    for path in sorted(paths):
        here = root
        here.weight += 1
        *folders, _ = path.split("/")
        for depth, name in enumerate(folders, 1):
            here = here.folders.setdefault(name, Folder("/".join(folders[:depth])))
            here.weight += 1
        here.files.append(path)
    return root


def roll_up(paths: Iterable[str], groups: int) -> dict[str, list[str]]:
    """At most `groups` groups (at least one) of the files, by the path of the directory each stands for."""
    root = tree_of(paths)
    if not root.weight:
        return {}
    final: list[Folder] = []
    heap = [_entry(root)]
    while heap:
        _, _, folder = heapq.heappop(heap)
        parts = folder.parts()
        if not folder.folders:
            final.append(folder)
            continue
        for part in _fitting(folder, parts, groups - len(heap) - len(final)):
            if part is folder:
                final.append(part)
            else:
                heapq.heappush(heap, _entry(part))
    return {folder.path: folder.all_files() for folder in sorted(final, key=lambda folder: folder.path)}


def share_out(paths: Iterable[str], groups: int) -> dict[str, list[str]]:
    """As `roll_up`, but each directory gets groups by its share of the files, so that one part does not take the room of the others."""
    root = tree_of(paths)
    found = _shared(root, max(1, groups)) if root.weight else []
    return {folder.path: folder.all_files() for folder in sorted(found, key=lambda folder: folder.path)}


def _shared(folder: Folder, groups: int) -> list[Folder]:
    """The groups of a directory: what a small part leaves unused is there for the larger ones."""
    parts = _fitting(folder, folder.parts(), groups) if folder.folders else [folder]
    if parts == [folder] or not folder.folders:
        return [folder]
    found: list[Folder] = []
    weight = sum(part.weight for part in parts)
    for left, part in zip(
        range(len(parts), 0, -1), sorted(parts, key=lambda part: (part.weight, part.path)), strict=True
    ):
        room = groups - len(found)
        share = max(1, min(room - (left - 1), round(room * part.weight / weight)))
        found += _shared(part, share)
        weight -= part.weight
    return found


def _fitting(folder: Folder, parts: list[Folder], room: int) -> list[Folder]:
    """The parts, when there is room for all; else the largest, and one group of the rest; else the folder whole."""
    if len(parts) <= room:
        return parts
    if room < MANY:
        return [folder]
    ranked = sorted(parts, key=lambda part: (-part.weight, part.path))
    kept, rest = ranked[: room - 1], ranked[room - 1 :]
    files = sorted(file for part in rest for file in part.all_files())
    return [*kept, Folder(folder.path + REST, files=files, weight=len(files))]


def _entry(folder: Folder) -> tuple[int, str, Folder]:
    return (-folder.weight, folder.path, folder)
