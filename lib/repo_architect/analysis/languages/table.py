"""The table of languages, made from Linguist's by `python -m benchmarks.tables.linguist`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

COUNTED_TYPES = frozenset({"programming", "markup"})


@dataclass(frozen=True)
class Table:
    """Languages by what a file shows. Extensions are in lower case and begin with a dot; patterns are regular expressions."""

    version: str
    types: dict[str, str]
    groups: dict[str, str]
    by_extension: dict[str, tuple[str, ...]]
    by_filename: dict[str, tuple[str, ...]]
    by_interpreter: dict[str, tuple[str, ...]]
    by_alias: dict[str, str]
    generic: tuple[str, ...]
    popular: frozenset[str]
    vendored: tuple[str, ...]
    documentation: tuple[str, ...]

    def counts(self, language: str) -> bool:
        """Whether a language counts in the statistics: programming and markup do, data and prose do not."""
        return self.types.get(language) in COUNTED_TYPES

    def group(self, language: str) -> str:
        """The language that a language is counted with: TSX with TypeScript."""
        return self.groups.get(language, language)

    def named(self, name: str) -> str | None:
        """The language with a name or alias, in any case, None where there is none."""
        return self.by_alias.get(name.lower()) or self.by_alias.get(name.lower().split(",", 1)[0])

    def of_extension(self, name: str) -> tuple[str, ...]:
        """The languages of a file name in lower case, by the longest extension that is known."""
        at = name.find(".")
        while at >= 0:
            found = self.by_extension.get(name[at:])
            if found:
                return found
            at = name.find(".", at + 1)
        return ()


@cache
def table() -> Table:
    """The table, read once."""
    raw = json.loads((files(__package__) / "linguist.json").read_bytes())
    languages: dict[str, dict[str, Any]] = raw["languages"]
    return Table(
        version=raw["version"],
        types={name: row["type"] for name, row in languages.items()},
        groups={name: row["group"] for name, row in languages.items() if "group" in row},
        by_extension=_index(languages, "extensions", lower=True),
        by_filename=_index(languages, "filenames"),
        by_interpreter=_index(languages, "interpreters"),
        by_alias=_aliases(languages),
        generic=tuple(raw["generic"]),
        popular=frozenset(raw["popular"]),
        vendored=tuple(raw["vendored"]),
        documentation=tuple(raw["documentation"]),
    )


def _index(
    languages: dict[str, dict[str, Any]], key: str, *, lower: bool = False
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, row in languages.items():
        for shown in row.get(key, ()):
            at = shown.lower() if lower else shown
            found[at] = (*found.get(at, ()), name)
    return found


def _aliases(languages: dict[str, dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, row in languages.items():
        for alias in (name.lower(), name.lower().replace(" ", "-"), *row.get("aliases", ())):
            found.setdefault(alias.lower(), name)
    return found
