"""Units of the graph that a reader knows: folders, rolled up where there are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from repo_architect.analysis.modules.resolve import paths

MAX_UNITS = 400


def units(files: Iterable[str], most: int = MAX_UNITS) -> dict[str, str]:
    """The unit of each file: the path of its folder, or of one above it so that there are at most `most`.

    The deepest folders are rolled up first, those with the most siblings before others, and no more than is needed.
    """
    folder_of = {path: paths.parent(path) for path in files}
    sizes = Counter(folder_of.values())
    target: dict[str, str] = {}
    while len(sizes) > most:
        for folder, above in _next(sizes, len(sizes) - most):
            target[folder] = above
            sizes[above] += sizes.pop(folder)
    return {path: _final(folder, target) for path, folder in folder_of.items()}


def _next(sizes: Counter[str], excess: int) -> list[tuple[str, str]]:
    """Folders of the deepest level to roll up, with where to: of the largest families first, and their smallest."""
    depth = max(_depth(folder) for folder in sizes)
    level = sorted(folder for folder in sizes if _depth(folder) == depth)
    if depth <= 1:
        return [
            (folder, ".")
            for folder in sorted(level, key=lambda folder: (sizes[folder], folder))[: excess + 1]
        ]
    families: dict[str, list[str]] = {}
    for folder in level:
        families.setdefault(paths.parent(folder), []).append(folder)
    rolled: list[tuple[str, str]] = []
    for above, children in sorted(families.items(), key=lambda row: (-len(row[1]), row[0])):
        needed = excess + (above not in sizes)
        smallest = sorted(children, key=lambda folder: (sizes[folder], folder))[:needed]
        rolled += [(folder, above) for folder in smallest]
        excess -= len(smallest) - (above not in sizes)
        if excess <= 0:
            break
    return rolled


def _final(folder: str, target: dict[str, str]) -> str:
    while folder in target:
        folder = target[folder]
    return folder


def _depth(folder: str) -> int:
    return 0 if folder == "." else folder.count("/") + 1
