"""Group files by directory: split the largest directory that fits, again and again; then, as far as there is room, what was too wide to fit."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

OWN = "/*"
"""Ends the key of a group that holds the files directly in a directory, and nothing below it."""

REST = "/..."
"""Ends the key of a group that holds what is left of a directory when its largest parts are groups of their own."""
MANY = 4
"""A directory with more parts than fit is split into its largest parts and a rest where this many fit: at once when its share of the files
is worth as many groups, else when the others have had their room."""
COPIED = frozenset({
    "3rd-party", "3rd_party", "3rdparty", "_vendor", "bower_components", "node_modules", "third-party", "third_party", "thirdparty",
    "vendor", "vendored", "vendors",
})  # fmt: skip
"""Folders of code that others wrote: one box, however much it is."""


_Entry = tuple[int, str, "Folder"]


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
    found = _Division(root, groups).groups() if root.weight else []
    return {folder.path: folder.all_files() for folder in sorted(found, key=lambda folder: folder.path)}


class _Division:
    """Directories on their way to being groups: `open` may still be split, `wide` have too many parts, `final` are groups."""

    def __init__(self, root: Folder, groups: int) -> None:
        self.total, self.limit = root.weight, groups
        self.open, self.wide, self.final = [_entry(root)], list[_Entry](), list[Folder]()

    def groups(self) -> list[Folder]:
        while self.open or self.wide:
            if self.open:
                self._split(heapq.heappop(self.open)[2])
            else:
                self._split_wide(heapq.heappop(self.wide)[2])
        return self.final

    def _split(self, folder: Folder) -> None:
        parts, room = folder.parts(), self._room()
        if not folder.folders or (_is_copied(folder) and folder.weight < self.total):
            self.final.append(folder)
        elif len(parts) <= room:
            self._add(parts)
        elif room >= MANY and folder.weight * self.limit >= MANY * self.total:
            # no more than its share, so that there is room for the others
            share = round(room * folder.weight / self.total)
            self._add(_largest(folder, parts, max(MANY, share)))
        else:
            heapq.heappush(self.wide, _entry(folder))

    def _split_wide(self, folder: Folder) -> None:
        parts, room = folder.parts(), self._room()
        if room < min(MANY, len(parts)):
            self.final.append(folder)
        else:
            self._add(parts if len(parts) <= room else _largest(folder, parts, room))

    def _room(self) -> int:
        """How many groups the directory in hand may become."""
        return self.limit - len(self.open) - len(self.wide) - len(self.final)

    def _add(self, folders: Iterable[Folder]) -> None:
        for folder in folders:
            heapq.heappush(self.open, _entry(folder))


def _largest(folder: Folder, parts: list[Folder], room: int) -> list[Folder]:
    """The largest parts, and one group of the rest."""
    ranked = sorted(parts, key=lambda part: (-part.weight, part.path))
    kept, rest = ranked[: room - 1], ranked[room - 1 :]
    files = sorted(file for part in rest for file in part.all_files())
    return [*kept, Folder(folder.path + REST, files=files, weight=len(files))]


def _is_copied(folder: Folder) -> bool:
    return folder.path.rpartition("/")[2].lower() in COPIED


def _entry(folder: Folder) -> _Entry:
    return (-folder.weight, folder.path, folder)
