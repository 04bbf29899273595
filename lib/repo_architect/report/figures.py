"""Figures as SVG, drawn from a template: each with a title and nothing that colour alone says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from repo_architect.contracts import RepoShape
from repo_architect.report.text import cut, one_line

SHOWN_LANGUAGES = 8
# distinct in light and dark, and apart in lightness for eyes that see few colours
COLOURS = ("#4361c2", "#1f9e89", "#e08a1e", "#b0417e", "#6b8e23", "#3aa0d8", "#c2473d", "#8a63d2")
OTHER = "#8b949e"


@dataclass(frozen=True)
class Share:
    """A language's share of the bar: `begin` and `percent` of 100."""

    name: str
    percent: float
    begin: float
    colour: str
    files: int
    lines: int


@dataclass(frozen=True)
class Figure:
    """An SVG that a notebook shows."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


def language_shares(shape: RepoShape) -> list[Share]:
    """The largest languages, and the rest as one."""
    shown, rest = shape.languages[:SHOWN_LANGUAGES], shape.languages[SHOWN_LANGUAGES:]
    rows = [
        (item.name, item.percent, colour, item.files, item.lines)
        for item, colour in zip(shown, COLOURS, strict=False)
    ]
    if rest:
        rows.append(
            (
                "Other",
                sum(item.percent for item in rest),
                OTHER,
                sum(item.files for item in rest),
                sum(item.lines for item in rest),
            )
        )
    shares, begin = [], 0.0
    for name, percent, colour, files, lines in rows:
        shares.append(Share(name, round(percent, 2), round(begin, 2), colour, files, lines))
        begin += percent
    return shares


def languages(shape: RepoShape) -> Figure:
    """Bars of the languages' shares."""
    return bars(
        "Languages, percent of bytes",
        [(share.name, share.percent) for share in language_shares(shape)],
        unit=" %",
    )


def packages(shape: RepoShape) -> Figure:
    """Bars of the largest packages, by lines."""
    largest = sorted(shape.packages.nodes, key=lambda package: (-package.lines, package.path))[:12]
    return bars("Lines by package", [(package.path, package.lines) for package in largest])


def bars(title: str, rows: Sequence[tuple[str, float]], unit: str = "") -> Figure:
    """Horizontal bars, each with its name and number written."""
    highest = max((value for _, value in rows), default=0) or 1
    height = 34 + 26 * len(rows)
    drawn = [
        f'<text x="190" y="{46 + 26 * index}" text-anchor="end">{escape(cut(one_line(name), 28))}</text>'
        f'<rect x="200" y="{34 + 26 * index}" width="{max(360 * value / highest, 1):.1f}" height="16" rx="3" fill="{COLOURS[0]}"/>'
        f'<text x="{206 + 360 * value / highest:.1f}" y="{46 + 26 * index}">{value:,.6g}{escape(unit)}</text>'
        for index, (name, value) in enumerate(rows)
    ]
    return Figure(
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 680 {height}" width="680" height="{height}" font-family="sans-serif" '
        f'font-size="13" fill="currentColor"><title>{escape(title)}</title><text x="0" y="16" font-weight="600">{escape(title)}</text>{"".join(drawn)}</svg>'
    )
