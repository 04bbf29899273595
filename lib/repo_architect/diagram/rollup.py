"""Group files by directory: split the largest directory that fits, again and again; then, as far as there is room, what was too wide to fit."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

OWN = "/*"
"""Ends the key of a group that holds the files directly in a directory, and nothing below it."""

REST = "/..."
"""Ends the key of a group that holds what is left of a directory when its largest parts are groups of their own."""
MANY = 4
"""A directory with more parts than fit is split into its largest parts and a rest where this many fit: at once when its share of the files
is worth as many groups, else when the others have had their room."""
TELLING = 0.5
"""The largest parts of a directory, the rest of it left aside, tell of it when they hold this share of it."""
COPIED = frozenset({
    "3rd-party", "3rd_party", "3rdparty", "_vendor", "bower_components", "node_modules", "third-party", "third_party", "thirdparty",
    "vendor", "vendored", "vendors",
})  # fmt: skip
"""Folders of code that others wrote: one box, however much it is."""


_Entry = tuple[int, str, "Folder"]


@dataclass
class Folder:
    """A directory: its sub-directories, the files directly in it; of all below it the number of files, and how often other folders use them."""

    path: str
    folders: dict[str, Folder] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    weight: int = 0
    used: int = 0

    def all_files(self) -> list[str]:
        below = [file for name in sorted(self.folders) for file in self.folders[name].all_files()]
        return self.files + below

    def parts(self) -> list[Folder]:
        """What it splits into: a group for each sub-directory, and one for its own files."""
        children = [self.folders[name] for name in sorted(self.folders)]
        if not self.files:
            return children
        used = self.used - sum(child.used for child in children)
        own = Folder(
            self.path + OWN if children else self.path, files=self.files, weight=len(self.files), used=used
        )
        return [own, *children]

    def rank(self, whole: Folder) -> tuple[float, str]:
        """Parts that hold much of a directory, or that much of what is used of it is in, come first."""
        used = self.used / whole.used if whole.used else 0
        return (-max(self.weight / whole.weight, used), self.path)


def tree_of(paths: Iterable[str], uses: Mapping[str, int]) -> Folder:
    """The directories of these files; the root's path is empty. `uses`: how often files of other folders use each."""
    root = Folder("")
    for path in sorted(paths):
        here = root
        here.weight += 1
        here.used += uses.get(path, 0)
        *folders, _ = path.split("/")
        for depth, name in enumerate(folders, 1):
            here = here.folders.setdefault(name, Folder("/".join(folders[:depth])))
            here.weight += 1
            here.used += uses.get(path, 0)
        here.files.append(path)
    return root


def roll_up(
    paths: Iterable[str], groups: int, uses: Mapping[str, int] = MappingProxyType({})
) -> dict[str, list[str]]:
    """At most `groups` groups (at least one) of the files, by the path of the directory each stands for."""
    root = tree_of(paths, uses)
    found = _Division(root, groups).groups() if root.weight else []
    return {folder.path: folder.all_files() for folder in sorted(found, key=lambda folder: folder.path)}


def share_out(
    paths: Iterable[str], groups: int, uses: Mapping[str, int] = MappingProxyType({})
) -> dict[str, list[str]]:
    """As `roll_up`, but each directory gets groups by its share of the files, so that one part does not take the room of the others."""
    root = tree_of(paths, uses)
    found = _shared(root, max(1, groups), root.weight) if root.weight else []
    return {folder.path: folder.all_files() for folder in sorted(found, key=lambda folder: folder.path)}


def _shared(folder: Folder, groups: int, total: int) -> list[Folder]:
    """The groups of a directory: what a small part leaves unused is there for the larger ones."""
    parts = [] if _is_one(folder, total) else _fitting(folder, groups)
    if not parts:
        return [folder]
    found: list[Folder] = []
    size = {part.path: 0 if _is_one(part, total) else part.weight for part in parts}
    weight = sum(size.values())
    for left, part in zip(
        range(len(parts), 0, -1), sorted(parts, key=lambda part: (size[part.path], part.path)), strict=True
    ):
        room = groups - len(found)
        share = min(room - (left - 1), round(room * size[part.path] / weight)) if weight else 1
        found += _shared(part, max(1, share), total)
        weight -= size[part.path]
    return found


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
        room, parts = self._room(), folder.parts()
        # no more than its share, so that there is room for the others
        share = max(MANY, round(room * folder.weight / self.total))
        if _is_one(folder, self.total):
            self.final.append(folder)
        elif len(parts) <= room:
            self._add(parts)
        elif folder.weight * self.limit >= MANY * self.total and (
            fitting := _fitting(folder, min(room, share))
        ):
            self._add(fitting)
        else:
            heapq.heappush(self.wide, _entry(folder))

    def _split_wide(self, folder: Folder) -> None:
        parts = _fitting(folder, self._room())
        if parts:
            self._add(parts)
        else:
            self.final.append(folder)

    def _room(self) -> int:
        """How many groups the directory in hand may become."""
        return self.limit - len(self.open) - len(self.wide) - len(self.final)

    def _add(self, folders: Iterable[Folder]) -> None:
        for folder in folders:
            heapq.heappush(self.open, _entry(folder))


def _fitting(folder: Folder, room: int) -> list[Folder]:
    """Its parts where there is room for all, else the largest and one group of the rest; none where that would tell too little."""
    parts = folder.parts()
    if len(parts) <= room:
        return parts
    ranked = sorted(parts, key=lambda part: part.rank(folder))
    kept, rest = ranked[: room - 1], ranked[room - 1 :]
    if room < MANY or sum(part.weight for part in kept) < TELLING * folder.weight:
        return []
    files = sorted(file for part in rest for file in part.all_files())
    return [*kept, Folder(folder.path + REST, files=files, weight=len(files))]


def _is_one(folder: Folder, total: int) -> bool:
    """Whether it has no parts to split into, or is copied code beside code of the project."""
    copied = folder.path.rpartition("/")[2].lower() in COPIED
    return not folder.folders or (copied and folder.weight < total)


def _entry(folder: Folder) -> _Entry:
    return (-folder.weight, folder.path, folder)
