"""Every diagram that can be opened from the first: the other view, and two levels down into each box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from repo_architect.contracts import Modules, RepoShape
from repo_architect.contracts.views import DrawnView, Views
from repo_architect.diagram import svg
from repo_architect.diagram.draw import of_sources, views
from repo_architect.diagram.model import Diagram, Node
from repo_architect.diagram.sources import Sources, narrowed, sources_of
from repo_architect.errors import UsageError

LEVELS = 2
MAX_VIEWS = 60
MAX_CHARACTERS = 900_000
"""Of all the SVG together; the report carries them."""
PROOFS = 3
"""Lines kept behind an arrow of a view that is opened."""


@dataclass(frozen=True)
class _Opened:
    key: str
    diagram: Diagram
    parent: str | None = None
    box: str | None = None
    files: int = 0


def inside(shape: RepoShape, modules: Modules, node: Node) -> Diagram | None:
    """The diagram of what is in a box; None for one that is a single file, or not of the repository.

    The box of a service holds the files of its folder.
    """
    return _inside(shape, sources_of(shape, modules, _files(node, modules)), node)


def open_box(shape: RepoShape, modules: Modules, diagram: Diagram, box: str = "") -> Diagram:
    """The diagram inside the box of a name, label, path or id; of the box with most files when none is named.

    Where no box has anything inside it is the diagram itself. Raises UsageError for a box that is not there, or that cannot be opened.
    """
    if box:
        found = diagram.box(box)
        opened = inside(shape, modules, found)
        if opened is None:
            raise UsageError(
                f"{found.name} is one file, or not of the repository: there is nothing inside to draw",
                fix="open another box",
            )
        return opened
    ranked = sorted(diagram.nodes, key=lambda node: (-len(_files(node, modules)), node.id))
    return next((opened for node in ranked if (opened := inside(shape, modules, node))), diagram)


def explore(shape: RepoShape, modules: Modules, first: Diagram | None = None) -> Views:
    """The views of a repository and the diagrams inside their boxes, at most 60 and 900,000 characters.

    `first` is the diagram already drawn; the largest boxes are opened first.
    """
    tops = views(shape, modules)
    if first is not None:
        tops = (first, *(top for top in tops if top.view != first.view))
    found = [_Opened(top.view, top) for top in tops]
    kept, size, left_out = {opened.key for opened in found}, sum(len(_plain(each)) for each in found), 0
    level = found
    for _ in range(LEVELS):
        below = sorted(_all_inside(shape, modules, level), key=lambda opened: (-opened.files, opened.key))
        level = []
        for opened in below:
            length = len(_plain(opened))
            if len(kept) >= MAX_VIEWS or size + length > MAX_CHARACTERS:
                left_out += 1
                continue
            kept.add(opened.key)
            size += length
            level.append(opened)
        found += sorted(level, key=lambda opened: opened.key)
    return Views(views=tuple(map(_drawn, found)), left_out=left_out)


def _all_inside(shape: RepoShape, modules: Modules, level: list[_Opened]) -> Iterator[_Opened]:
    for parent in level:
        files = {path for node in parent.diagram.nodes for path in _files(node, modules)}
        around = sources_of(shape, modules, files)
        for node in parent.diagram.nodes:
            members = _files(node, modules)
            diagram = _inside(shape, narrowed(around, members), node)
            if diagram is not None and len(diagram.nodes) > 1:
                yield _Opened(f"{parent.key}/{node.id}", diagram, parent.key, node.id, len(members))


def _inside(shape: RepoShape, sources: Sources, node: Node) -> Diagram | None:
    if len(sources.lines) < 2:
        return None
    return replace(of_sources(shape, sources), title=node.name)


def _files(node: Node, modules: Modules) -> frozenset[str]:
    """The files of a box: its members, or for a service those below its folder."""
    if node.files:
        return frozenset(node.members)
    if not node.path or node.path == ".":
        return frozenset()
    start = node.path.rstrip("/") + "/"
    return frozenset(path for path in modules.files if path.startswith(start))


def _drawn(opened: _Opened) -> DrawnView:
    diagram = opened.diagram
    return DrawnView(
        id=opened.key,
        title=diagram.title,
        view=diagram.view,
        parent=opened.parent,
        box=opened.box,
        boxes=len(diagram.nodes),
        arrows=len(diagram.edges),
        files=opened.files,
        svg=_plain(opened),
    )


def _plain(opened: _Opened) -> str:
    """The SVG without links and styles, with few lines behind each arrow."""
    diagram = opened.diagram
    return svg.paint(
        diagram.title, diagram.view, [replace(node, url=None) for node in diagram.nodes],
        [replace(edge, url=None, evidence=edge.evidence[:PROOFS]) for edge in diagram.edges], diagram.folds, styled=False,
    )  # fmt: skip
