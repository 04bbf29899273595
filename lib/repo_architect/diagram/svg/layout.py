"""The layered layout: layers, bends for long lines, order, places, and the points that each line runs through."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from repo_architect.diagram.svg.geometry import Item, Layout, Link
from repo_architect.diagram.svg.layering import assign_layers
from repo_architect.diagram.svg.ordering import Layers, Segments, order_layers
from repo_architect.diagram.svg.placing import place_across, straighten

PAGE = 1120.0
GAP = 30.0
THIN_GAP = 18.0
LABEL_HEIGHT = 18.0
PORTS = 0.76
"""The share of a box's side that lines end on."""
APART = 11.0
"""From the end of a line to that of the next on the same side of a box."""

Chains = dict[tuple[str, str], list[str]]


def lay_out(boxes: Sequence[Item], links: Sequence[Link]) -> Layout:
    """Places for boxes and links. Boxes without a link stand in rows below the others."""
    layout = Layout({box.key: box for box in boxes})
    _make_room_for_lines(layout.items, links)
    tied = {end for link in links for end in link.ends}
    linked = {key: item for key, item in layout.items.items() if key in tied}
    assign_layers(linked, links, PAGE, GAP)
    _make_room_for_labels(linked, links)
    layers, segments, chains = _with_bends(linked, links)
    layers = order_layers(layers, segments)
    place_across(linked, layers, segments, GAP, THIN_GAP)
    straighten(linked, layers, [chain[1:-1] for _, chain in sorted(chains.items())], THIN_GAP)
    _place_down(linked, layers, segments)
    _route(layout, linked, links, chains)
    _add_loose(layout, [box for box in boxes if box.key not in tied])
    layout.items.update(linked)
    _measure(layout, links)
    return layout


def _make_room_for_lines(items: dict[str, Item], links: Sequence[Link]) -> None:
    """Widen the boxes on whose upper or lower side many lines end, so that their tips stand apart."""
    below, above = Counter(link.ends[0] for link in links), Counter(link.ends[1] for link in links)
    for key, item in items.items():
        item.width = max(item.width, max(below[key], above[key]) * APART / PORTS)


def _make_room_for_labels(items: dict[str, Item], links: Sequence[Link]) -> None:
    if any(link.label_width for link in links):
        for item in items.values():
            item.layer *= 2


def _with_bends(items: dict[str, Item], links: Sequence[Link]) -> tuple[Layers, Segments, Chains]:
    """Layers with a bend, or a label, wherever a line passes; the segments between neighbouring layers."""
    segments: Segments = []
    chains: Chains = {}
    for link in links:
        upper, lower = link.ends
        top, bottom = items[upper].layer, items[lower].layer
        between = [_bend(items, link, layer, (top + bottom) // 2) for layer in range(top + 1, bottom)]
        chain = [upper, *between, lower]
        segments += list(pairwise(chain))
        chains[link.source, link.target] = chain
    layers: Layers = [[] for _ in range(1 + max((item.layer for item in items.values()), default=-1))]
    for key in sorted(items):
        layers[items[key].layer].append(key)
    return layers, segments, chains


def _bend(items: dict[str, Item], link: Link, layer: int, middle: int) -> str:
    key = f"\0{link.source}\0{link.target}\0{layer}"
    labelled = link.label_width and layer == middle
    items[key] = Item(
        key,
        link.label_width if labelled else 2.0,
        LABEL_HEIGHT if labelled else 0.0,
        layer=layer,
        bend=not labelled,
    )
    return key


def _place_down(items: dict[str, Item], layers: Layers, segments: Segments) -> None:
    """Set `y`: the more lines between two layers, and the farther they lead, the more room."""
    wide: dict[int, float] = defaultdict(float)
    for upper, lower in segments:
        wide[items[upper].layer] = max(
            wide[items[upper].layer], abs(items[upper].centre - items[lower].centre)
        )
    y = 0.0
    for index, layer in enumerate(layers):
        height = max((items[key].height for key in layer), default=0.0)
        for key in layer:
            items[key].y = y + (height - items[key].height) / 2 if not items[key].bend else y
            if items[key].bend:
                items[key].height = height
        labelled = any(
            items[key].height == LABEL_HEIGHT for layer in layers[index : index + 2] for key in layer
        )
        y += height + (22.0 if labelled else 36.0) + min(40.0, wide[index] / 12)


def _route(layout: Layout, items: dict[str, Item], links: Sequence[Link], chains: Chains) -> None:
    """The points of each line: straight down out of a layer and into one, across only between them."""
    below = _ports(items, chains, down=True)
    above = _ports(items, chains, down=False)
    tops, bottoms = _extents(items)
    for link in links:
        pair = (link.source, link.target)
        upper, *between, lower = (items[key] for key in chains[pair])
        points = [(below[pair], upper.bottom), (below[pair], bottoms[upper.layer])]
        for item in between:
            points += [(item.centre, tops[item.layer]), (item.centre, bottoms[item.layer])]
            if not item.bend:
                layout.labels[pair] = (item.centre, item.y + item.height / 2)
        points += [(above[pair], tops[lower.layer]), (above[pair], lower.y)]
        points = [point for index, point in enumerate(points) if not index or point != points[index - 1]]
        layout.paths[pair] = points[::-1] if link.back else points
    for key in [key for key in items if key.startswith("\0")]:
        del items[key]


def _extents(items: dict[str, Item]) -> tuple[dict[int, float], dict[int, float]]:
    """The top and the bottom of each layer."""
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    for item in items.values():
        tops[item.layer] = min(item.y, tops.get(item.layer, item.y))
        bottoms[item.layer] = max(item.bottom, bottoms.get(item.layer, item.bottom))
    return tops, bottoms


def _ports(items: dict[str, Item], chains: Chains, *, down: bool) -> dict[tuple[str, str], float]:
    """Where on its box's side each line ends, in the order of where the lines lead, so that they do not cross at once."""
    ends: dict[str, list[tuple[float, tuple[str, str]]]] = defaultdict(list)
    for pair, chain in chains.items():
        box, following = (chain[0], chain[1]) if down else (chain[-1], chain[-2])
        ends[box].append((items[following].centre, pair))
    ports = {}
    for box, lines in ends.items():
        item = items[box]
        step = min(22.0, item.width * PORTS / len(lines))
        begin = item.centre - step * (len(lines) - 1) / 2
        for index, (_, pair) in enumerate(sorted(lines)):
            ports[pair] = begin + index * step
    return ports


def _add_loose(layout: Layout, boxes: list[Item]) -> None:
    """Rows of boxes without lines, no wider than the rest or the page."""
    right = max((item.x + item.width for item in layout.items.values() if item not in boxes), default=0.0)
    y = max((item.bottom for item in layout.items.values() if item not in boxes), default=-GAP) + GAP + 10
    y = max(0.0, y if any(item not in boxes for item in layout.items.values()) else 0.0)
    limit = max(right, min(PAGE, 760.0))
    x = height = 0.0
    for box in boxes:
        if x and x + box.width > limit:
            x, y, height = 0.0, y + height + GAP, 0.0
        box.x, box.y = x, y
        x += box.width + GAP
        height = max(height, box.height)


def _measure(layout: Layout, links: Sequence[Link]) -> None:
    """Set the size, all moved so that it begins at 0: straightened lines and words may stand left of the boxes."""
    half = {(link.source, link.target): link.label_width / 2 for link in links}
    spans = [(item.x, item.x + item.width) for item in layout.items.values()]
    spans += [(x, x) for path in layout.paths.values() for x, _ in path]
    spans += [(x - half[pair], x + half[pair]) for pair, (x, _) in layout.labels.items()]
    left = min((begin for begin, _ in spans), default=0.0)
    for item in layout.items.values():
        item.x -= left
    layout.paths = {pair: [(x - left, y) for x, y in path] for pair, path in layout.paths.items()}
    layout.labels = {pair: (x - left, y) for pair, (x, y) in layout.labels.items()}
    layout.width = max((end for _, end in spans), default=0.0) - left
    lows = [item.bottom for item in layout.items.values()]
    layout.height = max(lows + [y for path in layout.paths.values() for _, y in path], default=0.0)
