"""Groups too small for a box of their own join the group that they share most imports with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from repo_architect.diagram.rollup import REST
from repo_architect.diagram.sources import Sources

ENOUGH_FILES = 40
"""In a project of fewer files than this each file may be worth a box."""


def without_crumbs(parts: Mapping[str, list[str]], sources: Sources) -> dict[str, list[str]]:
    """The groups, folders of a single file merged away; what nothing ties to another becomes one group."""
    kept = {key: list(files) for key, files in parts.items()}
    if len(sources.lines) < ENOUGH_FILES:
        return kept
    # a cluster of one file was asked for by name
    crumbs = sorted(key for key, files in parts.items() if len(files) == 1 and key != files[0])
    if len(crumbs) == len(parts):
        return kept
    home = {path: key for key, files in parts.items() if key not in crumbs for path in files}
    loose: list[str] = []
    for key in crumbs:
        (path,) = kept.pop(key)
        best = _nearest(path, home, sources) or _beside(path, kept, crumbs)
        if best:
            kept[best] = sorted([*kept[best], path])
        else:
            loose.append(path)
    if len(loose) == 1:
        kept[loose[0]] = loose
    elif loose:
        kept[REST] = sorted(loose)
    return kept


def _nearest(path: str, home: Mapping[str, str], sources: Sources) -> str | None:
    """The group that shares most imports with a file; of equals the one that stands nearest to it."""
    shared: Counter[str] = Counter()
    for edge in sources.imports:
        other = edge.target if edge.source == path else edge.source if edge.target == path else None
        if other is not None and other in home:
            shared[home[other]] += 1
    near = {key: _depth_in_common(path, key) for key in shared}
    return min(shared, key=lambda key: (-near[key], -shared[key], key), default=None)


def _beside(path: str, kept: Mapping[str, list[str]], crumbs: list[str]) -> str | None:
    """The group that stands nearest to a file that nothing ties; None where all are in other folders."""
    depth = {key: _depth_in_common(path, key) for key in kept if key not in crumbs}
    best = min(depth, key=lambda key: (-depth[key], len(key), key), default=None)
    return best if best and depth[best] else None


def _depth_in_common(path: str, key: str) -> int:
    depth = 0
    for one, other in zip(path.split("/"), key.split("/"), strict=False):
        if one != other:
            break
        depth += 1
    return depth
