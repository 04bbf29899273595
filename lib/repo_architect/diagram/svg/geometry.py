"""Boxes and lines with coordinates, in pixels from the top left."""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass
class Item:
    """Something with a place in the layout: a box, the label of an arrow, or a bend of one. `x`, `y` is its top left."""

    key: str
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    layer: int = 0
    bend: bool = False

    @property
    def centre(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Link:
    """An arrow to lay out; `label_width` 0 for none. `back` turns it round while the layers are found."""

    source: str
    target: str
    label_width: float = 0.0
    weight: int = 1
    back: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        """The upper and the lower end."""
        return (self.target, self.source) if self.back else (self.source, self.target)


@dataclass
class Layout:
    """Where everything stands. `paths` are the points of each link, from source to target; `labels` the centre of its label."""

    items: dict[str, Item]
    width: float = 0.0
    height: float = 0.0
    paths: dict[tuple[str, str], list[Point]] = field(default_factory=dict)
    labels: dict[tuple[str, str], Point] = field(default_factory=dict)
