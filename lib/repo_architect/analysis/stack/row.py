"""A row of the tables: a technology, and by which signs it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

_SIGN = re.compile(r"(?P<pattern>\S+)(?: # (?P<keys>\S+)(?: = (?P<value>.+))?| ~ (?P<content>.+))?")
_WHOLE = ("runtime", "peer", "optional", "build", "development", "test")
_USED = ("runtime", "peer", "build")
_SCOPES = {
    "server": ("runtime",),
    "api": _USED,
    "orm": _USED,
    "queue": ("runtime",),
    "database": ("runtime",),
    "cloud": ("runtime",),
    "ai": _USED,
    "ml": _USED,
    "data": _USED,
    "cli": _USED,
    "tui": _USED,
}
"""Which scopes of a dependency prove that a technology of this category is used; any scope for the others."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A file that tells: by being there, by a key in it (and its value), or by its text."""

    pattern: str
    keys: tuple[str, ...] = ()
    value: str | None = None
    content: str | None = None

    @classmethod
    def parse(cls, text: str) -> Sign:
        """From `pattern`, `pattern # a.b`, `pattern # a.b = regex` or `pattern ~ regex`."""
        match = _SIGN.fullmatch(text)
        if match is None:
            raise ValueError(f"not a sign: {text!r}")
        keys = tuple(match["keys"].split(".")) if match["keys"] else ()
        return cls(match["pattern"], keys, match["value"], match["content"])


@dataclass(frozen=True, slots=True)
class Row:
    """A technology.

    `dependencies` are `type:name` with purl's types, `*` standing for anything; `images` names of container
    images; `commands` expressions found in the repository's own commands. Any one of these or of `signs` proves it, where
    all of `needs` hold and none of `unless` does in the same component.
    """

    name: str
    kind: str
    category: str
    languages: tuple[str, ...]
    dependencies: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    images: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    scopes: tuple[str, ...] = _WHOLE


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """An expression of a table, compiled when first used: most are never needed for one repository."""
    return re.compile(expression, re.MULTILINE)


@cache
def rows() -> tuple[Row, ...]:
    """Every row of every table, in order of kind and name."""
    found = [row for table in _tables(files(__package__) / "tables") for row in _rows_of(table)]
    return tuple(sorted(found, key=lambda row: (row.kind, row.name)))


@cache
def table(name: str) -> Any:
    """A table of another form, by its file's name."""
    return yaml.load((files(__package__) / "tables" / name).read_bytes(), Loader=yaml.CSafeLoader)


def _tables(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _tables(entry)
        elif entry.name.endswith(".rows.yaml"):
            found.append(entry)
    return sorted(found, key=str)


def _rows_of(file: Traversable) -> list[Row]:
    content = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    return [_row(name, cells, content) for name, cells in content["rows"].items()]


def _row(name: str, cells: dict[str, Any], head: dict[str, Any]) -> Row:
    category = cells.get("category", head.get("category", "other"))
    return Row(
        name=name,
        kind=cells.get("kind", head["kind"]),
        category=category,
        languages=tuple(cells.get("languages", head.get("languages", ()))),
        dependencies=tuple(cells.get("dependencies", ())),
        signs=tuple(map(Sign.parse, cells.get("files", ()))),
        images=tuple(cells.get("images", ())),
        commands=tuple(cells.get("commands", ())),
        needs=tuple(cells.get("needs", ())),
        unless=tuple(cells.get("unless", ())),
        scopes=tuple(cells.get("scopes", _SCOPES.get(category, _WHOLE))),
    )
