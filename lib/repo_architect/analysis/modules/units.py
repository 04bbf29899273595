"""Units of the graph that a reader knows: folders, rolled up where there are too many."""

from __future__ import annotations

from collections.abc import Iterable

from repo_architect.analysis.modules.resolve import paths

MAX_UNITS = 400


def units(files: Iterable[str], most: int = MAX_UNITS) -> dict[str, str]:
    """The unit of each file: the path of its folder, or of one above it so that there are at most `most`.

    The deepest folders are rolled up first; the root and the first level stay.
    """
    folder_of = {path: paths.parent(path) for path in files}
    depth = max((_depth(folder) for folder in folder_of.values()), default=0)
    while depth > 1 and len(set(folder_of.values())) > most:
        folder_of = {path: paths.parent(f) if _depth(f) == depth else f for path, f in folder_of.items()}
        depth -= 1
    return folder_of


def _depth(folder: str) -> int:
    return 0 if folder == "." else folder.count("/") + 1
