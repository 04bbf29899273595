"""diagram.svg made fit to stand inside a page, and the arrows in it as rows of a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from pydantic import ValidationError

from repo_architect.contracts import Evidence, Views
from repo_architect.report.places import web_address

MAX_CHARACTERS = 3_000_000
MAX_DEPTH = 60
TAGS = frozenset(
    ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
     "style", "a", "defs", "marker", "linearGradient", "stop", "clipPath", "symbol", "use")
)  # fmt: skip
_ATTRIBUTE = re.compile(r"[a-zA-Z][\w-]*\Z")


@dataclass(frozen=True)
class Arrow:
    """An arrow of the diagram: names of its ends, what its tooltip says, and its evidence."""

    source: str
    target: str
    says: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Drawing:
    """`svg` is safe to inline: known elements and attributes only, no script, no address but of the web."""

    svg: str
    arrows: tuple[Arrow, ...]


def drawing(svg: str) -> Drawing | None:
    """The diagram, None when it is not SVG that can be trusted to be one."""
    if len(svg) > MAX_CHARACTERS or "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        return None
    try:
        root = _kept(ET.fromstring(svg), 0)  # noqa: S314 - no DOCTYPE, so no entity
    except (ET.ParseError, ValueError):
        return None
    if root is None or root.tag != "svg":
        return None
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return Drawing(ET.tostring(root, encoding="unicode"), tuple(_arrows(root)))


@dataclass(frozen=True)
class Opened:
    """A diagram that is opened from another; `about` says how much it shows."""

    id: str
    title: str
    view: str
    parent: str | None
    box: str | None
    about: str
    svg: str


def opened(views: Views) -> tuple[Opened, ...]:
    """The views that can be trusted to be SVG. The first is the one that is shown at once."""
    found = []
    for view in views.views:
        drawn = drawing(view.svg)
        if drawn:
            parts = [(view.files, "file"), (view.boxes, "box"), (view.arrows, "arrow")]
            about = ", ".join(_number(count, word) for count, word in parts if count)
            found.append(Opened(view.id, view.title, view.view, view.parent, view.box, about, drawn.svg))
    return tuple(found)


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "es" if word.endswith("x") else "s")


def _kept(element: ET.Element, depth: int) -> ET.Element | None:
    """A copy with known elements and attributes, without namespaces; None for another element."""
    tag = str(element.tag).rpartition("}")[2]
    if tag not in TAGS or depth > MAX_DEPTH:
        return None
    copy = ET.Element(tag, {name: value for name, value in element.attrib.items() if _harmless(name, value)})
    copy.text, copy.tail = element.text, element.tail
    copy.extend([kept for child in element if (kept := _kept(child, depth + 1)) is not None])
    return copy


def _harmless(name: str, value: str) -> bool:
    if not _ATTRIBUTE.match(name) or name.lower().startswith("on"):
        return False
    if name == "href":
        return value.startswith("#") or web_address(value) is not None
    return "url(" not in value or bool(re.fullmatch(r"url\(#[\w-]+\)", value))


def _arrows(root: ET.Element) -> Iterator[Arrow]:
    names = {
        group.get("data-node", ""): _first_text(group) for group in root.iter("g") if group.get("data-node")
    }
    for group in root.iter("g"):
        source, _, target = group.get("data-edge", "").partition(" ")
        if source in names and target in names:
            title = group.find("title")
            says = (
                (title.text or "")
                .partition(": ")[2]
                .partition(", for instance")[0]
                .removesuffix(", 1 dependency")
                if title is not None
                else ""
            )
            yield Arrow(
                names[source], names[target], says, tuple(_evidence(group.get("data-evidence", "[]")))
            )


def _first_text(group: ET.Element) -> str:
    return next(("".join(text.itertext()) for text in group.iter("text")), "")


def _evidence(written: str) -> Iterator[Evidence]:
    try:
        for path, line in json.loads(written):
            yield Evidence(path=path, line=line)
    except (ValueError, TypeError, ValidationError):
        return
