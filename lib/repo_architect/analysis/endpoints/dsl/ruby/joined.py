"""Routes of Ruby over several files: `draw(:name)`, engines that are mounted, applications mapped in `config.ru`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found

DRAWN, MAPPED, PART = "DRAWN", "MAPPED", "PART"
"""Marks in the place of a method: the file of this name is drawn here, the application of this name is below, the file
has routes only where another draws it."""
_DEPTH = 5

Blocks = dict[str, list[Found]]


def joined(blocks: Blocks) -> Blocks:
    """The routes by file with what other files put before them, without marks. Other languages stay as they are."""
    below = _mounts(blocks)
    found: dict[str, list[Found]] = {}
    for path, routes in _drawn(blocks):
        found.setdefault(path, []).extend(one for route in routes for one in _mounted(route, below))
    return found


def _drawn(blocks: Blocks) -> Iterator[tuple[str, list[Found]]]:
    """Each file's routes, those of drawn files in each place that draws them."""
    for path, found in sorted(blocks.items()):
        if not any(one.method == PART for one in found[:1]):
            yield from _with_drawn(blocks, path, found, 0)


def _with_drawn(
    blocks: Blocks, path: str, found: list[Found], depth: int
) -> Iterator[tuple[str, list[Found]]]:
    yield path, [one for one in found if one.method not in (DRAWN, PART)]
    for mark in found:
        target = _file_of(path, mark) if mark.method == DRAWN else path
        if target != path and depth < _DEPTH:
            inner = [_put_below(one, mark) for one in blocks.get(target, ())]
            yield from _with_drawn(blocks, target, inner, depth + 1)


def _file_of(path: str, mark: Found) -> str:
    """The file that `draw(:name)` of a file in `config` means."""
    above = path.rpartition("config/")[0]
    return f"{above}config/routes/{mark.handler}.rb"


def _put_below(route: Found, mark: Found) -> Found:
    whole = paths.join(mark.path, route.path)
    if route.method == DRAWN:
        return replace(route, path=whole, owner=f"{mark.owner}/{route.owner}".strip("/"))
    handler = route.handler
    if mark.owner and handler is not None and "#" in handler:
        handler = f"{mark.owner}/{handler}"
    return replace(route, path=whole or "/", handler=handler)


def _mounts(blocks: Blocks) -> dict[str, str]:
    """The path of each application or engine that is mounted or mapped somewhere, by its name."""
    found: dict[str, str] = {}
    for _, routes in sorted(blocks.items()):
        for one in routes:
            if one.handler and (one.method == MAPPED or (one.method == "ANY" and one.framework == "Rails")):
                found.setdefault(one.handler.removeprefix("::"), one.path)
    return found


def _mounted(route: Found, below: dict[str, str]) -> list[Found]:
    if route.method == MAPPED:
        return []
    if not route.owner or route.framework not in ("Rails", "Sinatra"):
        return [route]
    prefix = below.get(route.owner) or below.get(route.owner.rpartition("::")[2], "")
    return [replace(route, path=paths.join(prefix, route.path) or "/")]
