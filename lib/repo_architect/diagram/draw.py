"""Draw a repository: sketch it, choose what fits, cut names to fit, then write Mermaid and SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Literal

from repo_architect.contracts import Modules, RepoShape
from repo_architect.diagram import labels, mermaid, svg
from repo_architect.diagram.choice import AT_LEAST, READABLE, Choice, choose
from repo_architect.diagram.components import sketch_components
from repo_architect.diagram.cycles import closing_arrows
from repo_architect.diagram.model import Diagram, Edge, Fold, Link, Node, View
from repo_architect.diagram.plain import sketch_plain
from repo_architect.diagram.services import has_services, sketch_services
from repo_architect.diagram.sketch import Arrow, Box, Sketch
from repo_architect.diagram.sources import Sources, sources_of
from repo_architect.diagram.web_links import WebLinks

MAX_NODES = 24
MAX_EDGES = 40
MAX_CHARACTERS = 2000
"""Of Mermaid text: GitLab does not draw longer ones at once."""
EASY = 30
SEVERAL = 10
"""So many arrows can still be followed; more are drawn only where with these there were fewer than so many boxes."""
COMPONENTS = 16
EXTERNALS = 6
# characters of a label, and whether arrows keep their words: the first that fits
_LENGTHS = (
    (32, True),
    (28, True),
    (24, True),
    (20, True),
    (16, True),
    (12, True),
    (12, False),
    (8, False),
    (4, False),
)


def draw(
    shape: RepoShape,
    modules: Modules,
    *,
    max_nodes: int = MAX_NODES,
    max_edges: int = MAX_EDGES,
    view: View | Literal["auto"] = "auto",
) -> Diagram:
    """The diagram of a repository, at most `max_nodes` boxes, `max_edges` arrows and 2,000 characters of Mermaid.

    `auto` shows the services where there are some, else the components. A repository without either still gets what is true of it.
    """
    if view == "services" or (view == "auto" and has_services(shape)):
        return _draw_services(shape, max_nodes, max_edges)
    return _draw_components(shape, modules, max_nodes, max_edges)


def views(shape: RepoShape, modules: Modules) -> tuple[Diagram, ...]:
    """Every view that says something, the one of `auto` first."""
    first = draw(shape, modules)
    other: View = "components" if first.view == "services" else "services"
    second = draw(shape, modules, view=other)
    return (first, second) if second.edges else (first,)


def _draw_services(shape: RepoShape, max_nodes: int, max_edges: int) -> Diagram:
    """As many of what runs as can be shown with most of what ties them; those that matter least go first."""
    for most in range(max_nodes, 0, -1):
        sketch = sketch_services(shape, most)
        if choose(sketch, max_edges, max_edges).share >= AT_LEAST:
            break
    return _finish(shape, "services", sketch if sketch.boxes else sketch_plain(shape, max_nodes), max_edges)


def _draw_components(shape: RepoShape, modules: Modules, max_nodes: int, max_edges: int) -> Diagram:
    return of_sources(shape, sources_of(shape, modules), max_nodes, max_edges)


def of_sources(
    shape: RepoShape, sources: Sources, max_nodes: int = MAX_NODES, max_edges: int = MAX_EDGES
) -> Diagram:
    """As many groups as can be shown with most of their dependencies and within the characters; fewer when they cannot.

    Where that leaves several boxes, with few enough arrows to follow each by eye.
    """
    if not sources.lines:
        return _finish(shape, "components", sketch_plain(shape, max_nodes), max_edges)
    externals = min(EXTERNALS, max_nodes // 4)
    most = min(COMPONENTS, max(1, max_nodes - externals))
    sketched = cache(lambda groups: sketch_components(shape, sources, groups, externals))
    few = min(EASY, max_edges)
    easy = _within(shape, sketched, range(most, 0, -1), few)
    if easy and len(easy.nodes) >= min(SEVERAL, most):
        return easy
    return _within(shape, sketched, range(most, 0, -1), max_edges) or _finish(
        shape, "components", sketched(1), max_edges
    )


def _within(
    shape: RepoShape, sketched: Callable[[int], Sketch], counts: Iterable[int], arrows: int
) -> Diagram | None:
    """The first count of groups that so many arrows show enough of, within the characters."""
    for groups in counts:
        if choose(sketched(groups), arrows).share >= AT_LEAST:
            diagram = _finish(shape, "components", sketched(groups), arrows)
            if len(diagram.mermaid) <= MAX_CHARACTERS and diagram.drawn >= AT_LEAST:
                return diagram
    return None


def _finish(shape: RepoShape, view: View, sketch: Sketch, max_edges: int) -> Diagram:
    # what is imported for types alone is not there when the code runs, so it closes no cycle
    weights = {pair: arrow.count for pair, arrow in sketch.arrows.items() if arrow.kind != "type"}
    closing = closing_arrows(weights)
    sketch.arrows = {pair: replace(arrow, cycle=pair in closing) for pair, arrow in sketch.arrows.items()}
    choice = choose(sketch, max_edges, max_edges if view == "services" else READABLE)
    web = WebLinks.of(shape.repository)
    for length, words in _LENGTHS:
        nodes, edges = _named(sketch, choice, web, length)
        edges = edges if words else tuple(replace(edge, label="") for edge in edges)
        text = mermaid.write(nodes, edges)
        if len(text) <= MAX_CHARACTERS:
            break
    title = labels.clean(shape.repository.name)
    folds = _folds(sketch, choice, labels.stable_ids(list(sketch.boxes)))
    links = tuple(Link(node.label, node.name, node.path, node.url) for node in nodes if node.path)
    return Diagram(
        title=title,
        view=view,
        mermaid=text,
        svg=svg.paint(title, view, nodes, edges, folds),
        nodes=nodes,
        edges=edges,
        folds=folds,
        links=links,
        dependencies=sketch.dependencies,
    )


def _named(
    sketch: Sketch, choice: Choice, web: WebLinks, length: int
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    ids = labels.stable_ids(list(sketch.boxes))
    shown = labels.distinct({key: box.name for key, box in sketch.boxes.items()}, length)
    folded: Counter[str] = Counter()
    for arrow in choice.folded:
        folded[arrow.source] += arrow.count
    nodes = tuple(_node(box, ids[key], shown[key], folded[key], web) for key, box in sketch.boxes.items())
    edges = tuple(_edge(arrow, ids, web, length) for arrow in choice.drawn)
    return nodes, edges


def _node(box: Box, key: str, label: str, folded: int, web: WebLinks) -> Node:
    return Node(
        id=key,
        label=label,
        name=box.name,
        kind=box.kind,
        path=box.path,
        detail=labels.cut(labels.clean(box.detail), 32) if box.detail else "",
        files=box.files,
        lines=box.lines,
        members=box.members,
        evidence=box.evidence,
        folded=folded,
        url=_box_url(box, web),
    )


def _box_url(box: Box, web: WebLinks) -> str | None:
    if box.path and box.path != "." and (box.files > 1 or (box.files == 0 and not box.evidence)):
        return web.folder(box.path)
    if box.files == 1 and box.path:
        return web.file(box.path)
    return web.file(box.evidence[0].path, box.evidence[0].line) if box.evidence and not box.files else None


def _edge(arrow: Arrow, ids: dict[str, str], web: WebLinks, length: int) -> Edge:
    first = arrow.evidence[0] if arrow.evidence else None
    return Edge(
        source=ids[arrow.source],
        target=ids[arrow.target],
        count=arrow.count,
        kind=arrow.kind,
        label=labels.cut(labels.clean(arrow.label), min(24, length)) if arrow.label else "",
        evidence=arrow.evidence,
        cycle=arrow.cycle,
        url=web.file(first.path, first.line) if first else None,
    )


def _folds(sketch: Sketch, choice: Choice, ids: dict[str, str]) -> tuple[Fold, ...]:
    arrows = [
        Fold("dependencies", "lighter than those drawn", ids[arrow.source], ids[arrow.target], arrow.count, 0)
        for arrow in choice.folded
    ]
    notes = [Fold(labels.clean(what), reason, items=items) for what, reason, items in sketch.notes]
    return (*arrows, *notes)
