"""Write the SVG: boxes with their names, arrows that end at their rims, and where each stands in the repository."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from importlib import resources
from xml.sax.saxutils import escape as _escape
from xml.sax.saxutils import quoteattr

from repo_architect.diagram.cycles import closing_arrows
from repo_architect.diagram.mermaid import plural
from repo_architect.diagram.model import Edge, Fold, Node
from repo_architect.diagram.svg.geometry import Item, Layout, Link, Point
from repo_architect.diagram.svg.layout import lay_out
from repo_architect.diagram.svg.text_width import text_width

MARGIN = 24.0
NAME_SIZE = 14
SMALL_SIZE = 12
PADDING = 14.0
LINE_HEIGHT = 17.0
TIP = 8.0
_CLASSES = {"database": "store", "storage": "store", "cache": "store", "broker": "flow", "queue": "flow", "external": "outside",
            "monitoring": "outside", "user": "outside"}  # fmt: skip
# colours where a reader of the file knows no CSS
_FILLS = {"store": "#ddf4ff", "flow": "#fbefff", "outside": "#fff8c5", "own": "#f6f8fa"}
_INVALID_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)), "�")


def paint(
    title: str,
    view: str,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    folds: Sequence[Fold],
    *,
    styled: bool = True,
) -> str:
    """The whole SVG document, text of at least 12 pixels, for light and dark; the style sheet can be left to the page it stands in."""
    layout = lay_out([_item(node) for node in nodes], _links(edges))
    captions = _captions(folds, layout.width)
    width = max(layout.width, *(text_width(line, SMALL_SIZE) for line in captions), 160.0) + 2 * MARGIN
    height = layout.height + 2 * MARGIN + (LINE_HEIGHT * len(captions) + 14 if captions else 0)
    name_of = {node.id: node.name for node in nodes}
    body = [_edge(edge, layout, name_of) for edge in edges] + [
        _node(node, layout.items[node.id]) for node in nodes
    ]
    says = (
        f"{len(nodes)} boxes and {len(edges)} arrows; an arrow leads from what depends to what it depends on."
    )
    head = _head(title, view, says, width, height, styled=styled)
    return "\n".join([*head, *body, *_legend(captions, layout.height), "</g></svg>", ""])


def _head(title: str, view: str, says: str, width: float, height: float, *, styled: bool) -> list[str]:
    style = resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8").strip()
    size = f'width="{_n(width)}" height="{_n(height)}"'
    view_box = f'viewBox="0 0 {_n(width)} {_n(height)}"'
    labels = f'role="img" aria-labelledby="ra-title-{view} ra-desc-{view}"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ra-diagram" {labels} {size} {view_box} font-family="sans-serif">',
        f'<title id="ra-title-{view}">{text(title)}: {text(view)}</title>',
        f'<desc id="ra-desc-{view}">{text(says)}</desc>',
        *([f"<style>{style}</style>"] if styled else []),
        f'<rect class="page" {size} fill="#ffffff"/>',
        f'<g transform="translate({_n(MARGIN)} {_n(MARGIN)})">',
    ]


def _item(node: Node) -> Item:
    lines = _lines(node)
    wide = max(text_width(line, size, bold=size == NAME_SIZE) for line, size in lines)
    round_sides = 16 if node.kind in ("external", "broker", "queue", "user") else 0
    return Item(
        node.id, max(72.0, wide + 2 * PADDING + round_sides), LINE_HEIGHT * len(lines) + 16.0 + _cap(node)
    )


def _cap(node: Node) -> float:
    """The height of the lid of a cylinder."""
    return 8.0 if _CLASSES.get(node.kind) == "store" else 0.0


def _lines(node: Node) -> list[tuple[str, int]]:
    """The lines of text in a box, with their sizes."""
    lines = [(node.label, NAME_SIZE)]
    kind = "" if node.kind == "component" else node.kind
    detail = " - ".join(part for part in (kind, node.detail) if part and part.lower() != node.label.lower())
    if detail:
        lines.append((detail, SMALL_SIZE))
    if node.folded:
        lines.append((f"+ {node.folded} {plural(node.folded)}", SMALL_SIZE))
    return lines


def _links(edges: Sequence[Edge]) -> list[Link]:
    """The lines to lay out. Those that run upwards are, where there is a choice, those that close a cycle."""
    weights = {(edge.source, edge.target): 1 if edge.cycle else 1 + 1000 * edge.count for edge in edges}
    upwards = closing_arrows(weights)
    return [_link(edge, back=(edge.source, edge.target) in upwards) for edge in edges]


def _link(edge: Edge, *, back: bool) -> Link:
    shown = _word(edge)
    return Link(
        edge.source, edge.target, text_width(shown, SMALL_SIZE) + 8 if shown else 0.0, edge.count, back
    )


def _word(edge: Edge) -> str:
    return edge.label or ("cycle" if edge.cycle else "")


def _node(node: Node, item: Item) -> str:
    look = _CLASSES.get(node.kind, "own")
    lines = _lines(node)
    top = item.y + _cap(node) + (item.height - _cap(node) - LINE_HEIGHT * len(lines)) / 2
    words = "".join(
        f'<text x="{_n(item.centre)}" y="{_n(top + LINE_HEIGHT * index + 13)}" text-anchor="middle" font-size="{size}"'
        + (' font-weight="600"' if size == NAME_SIZE else ' class="soft" fill="#57606a"')
        + f">{text(line)}</text>"
        for index, (line, size) in enumerate(lines)
    )
    tip = "\n".join(
        part
        for part in (
            node.name,
            node.path,
            f"{node.lines} lines" if node.lines else "",
            *map(str, node.evidence[:5]),
        )
        if part
    )
    place = f" data-path={attribute(node.path)}" if node.path else ""
    drawn = f"<title>{text(tip)}</title>{_shape(node, item, _FILLS[look])}{words}"
    return f'<g class="node {look}" data-node="{node.id}" data-kind={attribute(node.kind)}{place}>{_linked(drawn, node.url)}</g>'


def _shape(node: Node, item: Item, fill: str) -> str:
    paint = f'class="shape" fill="{fill}" stroke="#57606a" stroke-width="1.3"'
    x, y, right, bottom = item.x, item.y, item.x + item.width, item.bottom
    if _cap(node):
        half = _n(item.width / 2)
        body = f"M{_n(x)} {_n(y + 7)}A{half} 7 0 0 1 {_n(right)} {_n(y + 7)}V{_n(bottom - 7)}A{half} 7 0 0 1 {_n(x)} {_n(bottom - 7)}Z"
        lid = f"M{_n(x)} {_n(y + 7)}A{half} 7 0 0 0 {_n(right)} {_n(y + 7)}"
        return f'<path {paint} d="{body}"/><path class="shape" d="{lid}" fill="none" stroke="#57606a" stroke-width="1.3" style="fill:none"/>'
    if node.kind in ("broker", "queue"):
        middle = _n((y + bottom) / 2)
        corners = f"{_n(x)},{middle} {_n(x + 10)},{_n(y)} {_n(right - 10)},{_n(y)} {_n(right)},{middle} {_n(right - 10)},{_n(bottom)} {_n(x + 10)},{_n(bottom)}"
        return f'<polygon {paint} points="{corners}"/>'
    corner = item.height / 2 if node.kind in ("external", "user") else 5
    return f'<rect {paint} x="{_n(x)}" y="{_n(y)}" width="{_n(item.width)}" height="{_n(item.height)}" rx="{_n(corner)}"/>'


def _edge(edge: Edge, layout: Layout, name_of: dict[str, str]) -> str:
    points = layout.paths[edge.source, edge.target]
    thick = min(3.6, 1.2 + 0.4 * math.log2(max(1, edge.count)))
    dash = (
        ' stroke-dasharray="6 4"' if edge.cycle else ' stroke-dasharray="2 3"' if edge.kind == "type" else ""
    )
    course = _course(points, thick)
    drawn = (
        f'<path d="{course}" fill="none" stroke="transparent" stroke-width="12"/>'
        f'<path class="line" d="{course}" fill="none" stroke="{"#cf222e" if edge.cycle else "#6e7781"}" stroke-width="{_n(thick)}"{dash}/>'
        f"{_tip(points, thick, edge)}{_label(edge, layout)}"
    )
    more = f", for instance {edge.evidence[0]}" if edge.evidence else ""
    says = f"{name_of[edge.source]} -> {name_of[edge.target]}: {edge.label or edge.kind}, {edge.count} {plural(edge.count)}{more}"
    proof = json.dumps([[line.path, line.line] for line in edge.evidence])
    return (
        f'<g class="edge{" closing" if edge.cycle else ""}" data-edge="{edge.source} {edge.target}" data-count="{edge.count}"'
        f" data-evidence={attribute(proof)}><title>{text(says)}</title>{_linked(drawn, edge.url)}</g>"
    )


def _course(points: list[Point], thick: float) -> str:
    """A smooth line that runs across only between layers, and straight down beside the boxes of a layer."""
    (x, y), *rest = [*points[:-1], _before_tip(points, thick)]
    parts = [f"M{_n(x)} {_n(y)}"]
    for next_x, next_y in rest:
        if abs(next_x - x) < 0.5:
            parts.append(f"L{_n(next_x)} {_n(next_y)}")
        else:
            middle = (y + next_y) / 2
            parts.append(f"C{_n(x)} {_n(middle)} {_n(next_x)} {_n(middle)} {_n(next_x)} {_n(next_y)}")
        x, y = next_x, next_y
    return "".join(parts)


def _before_tip(points: list[Point], thick: float) -> Point:
    x, y = points[-1]
    down = y > points[-2][1]
    return x, y - (TIP + thick) * (1 if down else -1) + (1 if down else -1)


def _tip(points: list[Point], thick: float, edge: Edge) -> str:
    x, y = points[-1]
    base = y - (TIP + thick) * (1 if y > points[-2][1] else -1)
    half = 3.4 + thick / 2
    fill = "#cf222e" if edge.cycle else "#6e7781"
    return f'<path class="tip" d="M{_n(x)} {_n(y)}L{_n(x - half)} {_n(base)}L{_n(x + half)} {_n(base)}Z" fill="{fill}"/>'


def _label(edge: Edge, layout: Layout) -> str:
    word = _word(edge)
    place = layout.labels.get((edge.source, edge.target))
    if not word or not place:
        return ""
    return (
        f'<text class="word soft" x="{_n(place[0])}" y="{_n(place[1] + 4)}" text-anchor="middle" font-size="{SMALL_SIZE}" fill="#57606a"'
        f' stroke="#ffffff" stroke-width="4" paint-order="stroke">{text(word)}</text>'
    )


def _linked(drawn: str, url: str | None) -> str:
    return f'<a href={attribute(url)} target="_blank" rel="noopener">{drawn}</a>' if url else drawn


def _captions(folds: Sequence[Fold], width: float) -> list[str]:
    """What the picture leaves out, a line each, no wider than the picture or 700 pixels."""
    folded = sum(fold.dependencies for fold in folds)
    lines = [f"+ {folded} {plural(folded)} between these boxes, lighter than those drawn"] if folded else []
    lines += [
        fold.what[:1].upper() + fold.what[1:] for fold in folds if not fold.items and not fold.dependencies
    ]
    missing = [f"{fold.what} ({fold.items} {_of(fold)})" for fold in folds if fold.items]
    return [*lines, *_wrapped("Not drawn: ", missing, max(width, 700.0))]


def _of(fold: Fold) -> str:
    return plural(fold.items) if fold.reason == "dependencies" else fold.reason


def _wrapped(head: str, words: list[str], width: float) -> list[str]:
    """The words after the head, with commas, in as many lines as they need; a word too long for a line is cut."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]}, {word}" if lines else head + word
        if not lines or text_width(longer, SMALL_SIZE) > width:
            lines.append(_fitted(word if lines else longer, width))
        else:
            lines[-1] = longer
    return lines


def _fitted(line: str, width: float) -> str:
    while text_width(line, SMALL_SIZE) > width:
        line = line[: int(len(line) * 0.9)].rstrip(". ") + "..."
    return line


def _legend(captions: list[str], below: float) -> list[str]:
    return [
        f'<text class="soft" x="0" y="{_n(below + 28 + LINE_HEIGHT * index)}" font-size="{SMALL_SIZE}" fill="#57606a">{text(line)}</text>'
        for index, line in enumerate(captions)
    ]


def text(value: str) -> str:
    """Text for XML, whatever it holds."""
    return _escape(value.translate(_INVALID_XML))


def attribute(value: str) -> str:
    """A quoted attribute value for XML, whatever it holds."""
    return quoteattr(value.translate(_INVALID_XML))


def _n(value: float) -> str:
    """A number, short: at most one decimal."""
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0")
        if value > -0.05
        else f"{value:.1f}".removesuffix(".0")
    )
