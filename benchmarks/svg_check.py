"""What is wrong with a picture, read from its SVG alone: overlaps, lines through boxes, what leaves the canvas, small or faint text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from repo_architect.diagram.svg.text_width import text_width

SMALLEST = 12.0
"""Pixels of a font that is read at 100 %."""
CONTRAST = 4.5
LINE_CONTRAST = 3.0
ASCENT, DESCENT = 0.76, 0.24
"""Of a line of text, in em: the tallest letters and those that hang below."""
SLACK = 0.6
"""Pixels: coordinates are written with one decimal."""
STEPS = 32
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_BACKGROUNDS = {"store": "--store", "outside": "--outside", "flow": "--flow", "own": "--box"}


@dataclass(frozen=True)
class Area:
    """A rectangle of the page; `owner` is the box it belongs to, `says` what it is."""

    left: float
    top: float
    right: float
    bottom: float
    says: str
    owner: str = ""

    def meets(self, other: Area, slack: float = SLACK) -> bool:
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )

    def holds(self, other: Area, slack: float = SLACK) -> bool:
        return (
            self.left <= other.left + slack
            and other.right <= self.right + slack
            and self.top <= other.top + slack
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True)
class Line:
    """An arrow: where it runs, half of its thickness, the ids of its ends."""

    points: tuple[tuple[float, float], ...]
    half: float
    ends: tuple[str, str]


def faults(svg: str) -> list[str]:
    """Every fault, in words; none for a picture that is clear."""
    root = ET.fromstring(svg)
    boxes, texts, lines = list(_boxes(root)), list(_texts(root)), list(_lines(root))
    return [
        *_overlaps(boxes, texts),
        *_crossings(boxes, texts, lines),
        *_outside(root, [*boxes, *texts], lines),
        *_too_small(root),
        *_too_faint(root),
    ]


def _overlaps(boxes: list[Area], texts: list[Area]) -> Iterator[str]:
    yield from (f"{a.says} overlaps {b.says}" for a, b in combinations(boxes, 2) if a.meets(b))
    yield from (f"{a.says} overlaps {b.says}" for a, b in combinations(texts, 2) if a.meets(b))
    for text in texts:
        for box in boxes:
            if box.owner == text.owner and not box.holds(text):
                yield f"{text.says} crosses the rim of its {box.says}"
            if box.owner != text.owner and box.meets(text):
                yield f"{text.says} runs into {box.says}"


def _crossings(boxes: list[Area], texts: list[Area], lines: list[Line]) -> Iterator[str]:
    """Arrows through boxes that they do not end at, through their own ends, or through words that are not theirs."""
    for line in lines:
        name = " -> ".join(line.ends)
        spots = [
            Area(x - line.half, y - line.half, x + line.half, y + line.half, name) for x, y in line.points
        ]
        for box in boxes:
            inside = sum(box.meets(spot, 0.0) for spot in spots)
            if inside and (box.owner not in line.ends or any(_deep(box, point) for point in line.points)):
                yield f"arrow {name} runs through {box.says}"
        for text in texts:
            if text.owner != name and text.owner not in line.ends and any(text.meets(spot) for spot in spots):
                yield f"arrow {name} runs through {text.says}"


def _deep(box: Area, point: tuple[float, float]) -> bool:
    """Whether a point of an arrow is farther inside its own end than a rim is thick."""
    (x, y), rim = point, 4.0
    return box.left + rim < x < box.right - rim and box.top + rim < y < box.bottom - rim


def _outside(root: ET.Element, areas: list[Area], lines: list[Line]) -> Iterator[str]:
    canvas = Area(0, 0, float(root.get("width", 0)), float(root.get("height", 0)), "canvas")
    yield from (f"{area.says} leaves the canvas" for area in areas if not canvas.holds(area))
    for line in lines:
        if any(not canvas.holds(Area(x, y, x, y, "")) for x, y in line.points):
            yield f"arrow {' -> '.join(line.ends)} leaves the canvas"


def _too_small(root: ET.Element) -> Iterator[str]:
    for element in root.iter(f"{_SVG}text"):
        if float(element.get("font-size", 0)) < SMALLEST:
            yield f"text {element.text!r} is smaller than {SMALLEST:.0f} pixels"


def _too_faint(root: ET.Element) -> Iterator[str]:
    """Contrast in the colours written in the file, and in those of its style sheet in light and in dark."""
    style = "".join(element.text or "" for element in root.iter(f"{_SVG}style"))
    for name, colours in themes(style).items():
        pairs = {("--ink", back) for back in _BACKGROUNDS.values()} | {("--ink", "--bg"), ("--soft", "--bg"), ("--alarm", "--bg")}  # fmt: skip
        pairs |= {("--soft", back) for back in _BACKGROUNDS.values()}
        for ink, back in sorted(pairs):
            if contrast(colours[ink], colours[back]) < CONTRAST:
                yield f"{ink} on {back} in {name} has too little contrast"
        for line in ("--line", "--rim", "--alarm"):
            if contrast(colours[line], colours["--bg"]) < LINE_CONTRAST:
                yield f"{line} in {name} has too little contrast"
    yield from _faint_as_written(root)


def _faint_as_written(root: ET.Element) -> Iterator[str]:
    for group in root.iter(f"{_SVG}g"):
        shape = next((each for each in group.iter() if each.get("class") == "shape"), None)
        back = shape.get("fill", "#ffffff") if shape is not None and group.get("data-node") else "#ffffff"
        if group.get("data-node") or group.get("data-edge"):
            for text in group.iter(f"{_SVG}text"):
                if contrast(text.get("fill", "#000000"), back) < CONTRAST:
                    yield f"text {text.text!r} as written has too little contrast"


def themes(style: str) -> dict[str, dict[str, str]]:
    """The colours of a style sheet by variable, for light and, from its media query, dark."""
    found: dict[str, dict[str, str]] = {}
    if not style:
        return found
    light, _, dark = style.partition("@media")
    dark = dark.partition("}}")[0]
    read = re.compile(r"(--\w+):var\(--diagram-\w+,(#[0-9a-f]{6})\)")
    found["light"] = dict(read.findall(light))
    found["dark"] = {**found["light"], **dict(read.findall(dark))}
    return found


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _boxes(root: ET.Element) -> Iterator[Area]:
    dx, dy = _shift(root)
    for group in root.iter(f"{_SVG}g"):
        if not group.get("data-node"):
            continue
        shapes = [_extent(each) for each in group.iter() if each.get("class") == "shape"]
        left, top = min(shape[0] for shape in shapes), min(shape[1] for shape in shapes)
        right, bottom = max(shape[2] for shape in shapes), max(shape[3] for shape in shapes)
        name = group.get("data-node", "")
        yield Area(left + dx, top + dy, right + dx, bottom + dy, f"box {name}", name)


def _extent(shape: ET.Element) -> tuple[float, float, float, float]:
    if shape.tag == f"{_SVG}rect":
        x, y = float(shape.get("x", 0)), float(shape.get("y", 0))
        return x, y, x + float(shape.get("width", 0)), y + float(shape.get("height", 0))
    if shape.tag == f"{_SVG}polygon":
        points = [
            tuple(map(float, pair.split(",", 1))) for pair in shape.get("points", "").split() if "," in pair
        ]
    else:
        points = [(float(x), float(y)) for x, y in re.findall(r"(?:M|0 0 1 |0 0 0 )(-?[\d.]+) (-?[\d.]+)", shape.get("d", ""))]  # fmt: skip
        # the lid of a cylinder bulges by the radius of its arc
        bulge = max(float(found) for found in re.findall(r"A[\d.]+ ([\d.]+)", shape.get("d", "")))
        points += [(points[0][0], min(y for _, y in points) - bulge)]
        points += [
            (points[0][0], float(low) + bulge) for low in re.findall(r"V(-?[\d.]+)", shape.get("d", ""))[:1]
        ]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _texts(root: ET.Element) -> Iterator[Area]:
    dx, dy = _shift(root)
    owners = _owners(root)
    for element in root.iter(f"{_SVG}text"):
        size, bold = float(element.get("font-size", 0)), element.get("font-weight") == "600"
        width = text_width(element.text or "", size, bold=bold)
        x, y = float(element.get("x", 0)) + dx, float(element.get("y", 0)) + dy
        left = x - width / 2 if element.get("text-anchor") == "middle" else x
        says = f"text {(element.text or '')[:40]!r}"
        yield Area(left, y - ASCENT * size, left + width, y + DESCENT * size, says, owners.get(element, ""))


def _owners(root: ET.Element) -> Mapping[ET.Element, str]:
    """The box or the arrow that each element is drawn for."""
    return {
        element: group.get("data-node") or group.get("data-edge", "").replace(" ", " -> ")
        for group in root.iter(f"{_SVG}g")
        if group.get("data-node") or group.get("data-edge")
        for element in group.iter()
    }


def _lines(root: ET.Element) -> Iterator[Line]:
    dx, dy = _shift(root)
    for group in root.iter(f"{_SVG}g"):
        if not group.get("data-edge"):
            continue
        source, target = group.get("data-edge", "").split()
        path = next(each for each in group.iter() if each.get("class") == "line")
        points = tuple((x + dx, y + dy) for x, y in _sampled(path.get("d", "")))
        yield Line(points, float(path.get("stroke-width", 1)) / 2, (source, target))


def _sampled(course: str) -> Iterator[tuple[float, float]]:
    """Points along a path of M, L and C commands, near enough to one another to miss nothing that is a box."""
    here = (0.0, 0.0)
    for command, rest in re.findall(r"([MLC])([^MLC]*)", course):
        numbers = [float(found) for found in _NUMBER.findall(rest)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            yield (here := points[0])
            continue
        control = [here, *points] if command == "C" else [here, here, points[0], points[0]]
        yield from (_at(control, step / STEPS) for step in range(1, STEPS + 1))
        here = points[-1]


def _at(control: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """A point of a cubic Bezier curve."""
    a, b, c, d = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x, y = (
        sum(weight * point[axis] for weight, point in zip((a, b, c, d), control, strict=True))
        for axis in (0, 1)
    )
    return x, y


def _shift(root: ET.Element) -> tuple[float, float]:
    """How far the drawing is moved on its page."""
    group = next(each for each in root if each.tag == f"{_SVG}g")
    x, y = _NUMBER.findall(group.get("transform", "translate(0 0)"))
    return float(x), float(y)
