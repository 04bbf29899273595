"""Choose which arrows to draw: the heaviest, and one for every box that has any."""

from __future__ import annotations

from dataclasses import dataclass

from repo_architect.diagram.sketch import Arrow, Sketch

ENOUGH = 0.8
"""Beyond this share of the dependencies, and this many arrows, more arrows hide more than they show."""
READABLE = 24
AT_LEAST = 0.7


@dataclass(frozen=True)
class Choice:
    drawn: tuple[Arrow, ...]
    folded: tuple[Arrow, ...]

    @property
    def share(self) -> float:
        drawn = sum(arrow.count for arrow in self.drawn)
        total = drawn + sum(arrow.count for arrow in self.folded)
        return drawn / total if total else 1.0


def choose(sketch: Sketch, max_edges: int, readable: int = READABLE) -> Choice:
    """At most `max_edges` arrows: those that keep every box connected, then the heaviest.

    Beyond `readable` arrows only as many as show enough of the dependencies.
    """
    ranked = sorted(sketch.arrows.values(), key=lambda arrow: (-arrow.count, arrow.source, arrow.target))
    needed = _with_way_back(_connecting(ranked), sketch)[:max_edges]
    chosen = {(arrow.source, arrow.target) for arrow in needed}
    drawn = sum(arrow.count for arrow in needed)
    for arrow in ranked:
        telling = len(chosen) < readable or drawn < ENOUGH * sketch.dependencies
        if len(chosen) >= max_edges or not telling:
            break
        if (arrow.source, arrow.target) not in chosen:
            chosen.add((arrow.source, arrow.target))
            drawn += arrow.count
    return Choice(
        tuple(arrow for key, arrow in sorted(sketch.arrows.items()) if key in chosen),
        tuple(arrow for key, arrow in sorted(sketch.arrows.items()) if key not in chosen),
    )


def _with_way_back(needed: list[Arrow], sketch: Sketch) -> list[Arrow]:
    """With each arrow that closes a cycle the one that leads back, where there is one, so that the cycle is seen."""
    back = [
        sketch.arrows[arrow.target, arrow.source]
        for arrow in needed
        if arrow.cycle and (arrow.target, arrow.source) in sketch.arrows
    ]
    return list(dict.fromkeys([*needed, *back]))


def _connecting(ranked: list[Arrow]) -> list[Arrow]:
    """For each box, its heaviest arrow in either direction."""
    seen: set[str] = set()
    found = []
    for arrow in ranked:
        if arrow.source not in seen or arrow.target not in seen:
            seen |= {arrow.source, arrow.target}
            found.append(arrow)
    return found
