"""A figure for each part of the analysis: how much there is of each kind, as bars.

Drawn as SVG by this module alone, so that a notebook shows it without a plotting library and without JavaScript.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from pydantic import BaseModel

MOST = 12
"""Bars at most; the others are one bar, last."""
_LABEL, _BARS, _NUMBER, _ROW = 230, 360, 110, 22

FIGURES: dict[str, tuple[str, str, str | None]] = {
    "components": ("Components by kind", "kind", None),
    "languages": ("Bytes of code by language", "name", "bytes"),
    "frameworks": ("Frameworks by category", "category", None),
    "package_managers": ("Package managers", "name", None),
    "build_tools": ("Build tools", "name", None),
    "test_tools": ("Test tools", "name", None),
    "linters": ("Linters and formatters", "name", None),
    "ci_systems": ("CI systems", "name", None),
    "tools": ("Tools by category", "category", None),
    "runtimes": ("Runtimes", "name", None),
    "commands": ("Commands by purpose", "purpose", None),
    "dependencies": ("Dependencies by ecosystem", "ecosystem", None),
    "lock_files": ("Lock files by ecosystem", "ecosystem", None),
    "workflows": ("Workflows by CI system", "system", None),
    "endpoints": ("Endpoints by framework", "framework", None),
    "entry_points": ("Entry points by kind", "kind", None),
    "env_vars": ("Environment variables: is a value required?", "required", None),
    "secrets": ("What looks like secrets, by kind", "kind", None),
    "tests": ("Test files by tool", "tool", "files"),
    "public_api": ("Public functions by component", "component", "functions"),
    "files": ("Lines of code of the largest files", "path", "lines"),
    "packages": ("Lines by package", "id", "lines"),
    "packages_edges": ("Imports by package", "source", "count"),
    "architecture": ("Boxes of the architecture by kind", "kind", None),
    "architecture_edges": ("Arrows of the architecture by kind", "kind", None),
    "alerts": ("Alerts by level", "level", None),
    "limits": ("What was skipped, by reason", "reason", "count"),
}
"""For each part: the figure's title, the field that names a bar, and the field that is summed (none: items are counted)."""


@dataclass(frozen=True)
class Figure:
    """Labelled bars, the longest first; shown as SVG in a notebook."""

    title: str
    bars: tuple[tuple[str, int], ...]

    def _repr_html_(self) -> str:
        return self.svg()

    def svg(self) -> str:
        """The figure as an SVG element; text in the colour of what stands around it."""
        height = _ROW * (len(self.bars) + 1) + 8
        width = _LABEL + _BARS + _NUMBER
        longest = max((value for _, value in self.bars[: MOST - 1]), default=0) or 1
        rows = "".join(
            _bar(index, label, value, longest) for index, (label, value) in enumerate(self.bars, 1)
        )
        empty = "" if self.bars else f'<text x="0" y="{_ROW + 10}">nothing found</text>'
        return (
            f'<svg viewBox="0 0 {width} {height + (0 if self.bars else _ROW)}" width="{width}" style="max-width:100%;height:auto" '
            f'role="img" aria-label="{escape(self.title)}" font-family="sans-serif" font-size="13" fill="currentColor">'
            f'<text x="0" y="14" font-weight="600">{escape(self.title)}</text>{rows}{empty}</svg>'
        )


def figure(part: str, items: Iterable[BaseModel]) -> Figure:
    """The figure of a part. Raises KeyError for a part that has none."""
    title, label, summed = FIGURES[part]
    counts: Counter[str] = Counter()
    for item in items:
        counts[_named(getattr(item, label, None))] += int(getattr(item, summed) or 0) if summed else 1
    return Figure(title, _cut(sorted(counts.items(), key=lambda bar: (-bar[1], bar[0]))))


def _cut(bars: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    if len(bars) <= MOST:
        return tuple(bars)
    rest = bars[MOST - 1 :]
    return (*bars[: MOST - 1], (f"{len(rest)} others", sum(value for _, value in rest)))


def _named(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value not in (None, "") else "not known"


def _bar(index: int, label: str, value: int, longest: int) -> str:
    top = index * _ROW
    length = max(1, min(_BARS, round(_BARS * value / longest))) if value else 0
    fill = "#c3cbd6" if index == MOST and label.endswith(" others") else "#6b93d6"
    shown = label if len(label) <= 34 else f"…{label[-33:]}"
    return (
        f'<text x="{_LABEL - 8}" y="{top + 14}" text-anchor="end">{escape(shown)}<title>{escape(label)}</title></text>'
        f'<rect x="{_LABEL}" y="{top + 3}" width="{length}" height="{_ROW - 7}" rx="2" fill="{fill}"/>'
        f'<text x="{_LABEL + length + 6}" y="{top + 14}">{value:,}</text>'
    )
