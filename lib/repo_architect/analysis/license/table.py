"""The licences that GitHub names, as fingerprints made by `python -m benchmarks.tables.licenses`."""

from __future__ import annotations

import base64
import json
import re
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Known:
    """A licence's fingerprint: hashes of its distinct words without those of `[fields]` to fill in, the length of its
    normalised text, and how many passages may vary.
    """

    spdx: str
    key: str
    titles: tuple[str, ...]
    words: frozenset[int]
    fields: int
    varying: int
    length: int


@cache
def licenses() -> tuple[Known, ...]:
    """Every known licence, sorted by key."""
    raw = json.loads((files(__package__) / "licenses.json").read_bytes())
    return tuple(
        Known(
            spdx=row["spdx"],
            key=row["key"],
            titles=tuple(row["titles"]),
            words=frozenset(array("I", base64.b64decode(row["words"]))),
            fields=row["fields"],
            varying=row["varying"],
            length=row["length"],
        )
        for row in raw["licenses"]
    )


@cache
def titles() -> re.Pattern[str]:
    """What a licence's text begins with when it begins with a title."""
    return title_pattern(title for license_ in licenses() for title in license_.titles)


def title_pattern(names: object) -> re.Pattern[str]:
    """Matches a line at the start of a text, in lower case, that begins with one of these names."""
    shown = sorted({flexible(name) for name in names}, key=lambda name: (-len(name), name))  # type: ignore[attr-defined]
    return re.compile(r"\A\s*\(?(?:the )?(?:" + "|".join(shown) + r").*$", re.MULTILINE)


def flexible(name: str) -> str:
    """A title, however its version is written, with or without `license`."""
    name = re.sub(r",? version (?=\d)", " ", name.lower().replace("*", "u").removeprefix("the "))
    name = re.escape(re.sub(r"\bv(?=\d)", "", name)).replace(r"\ ", r"\s+")
    name = re.sub(r"\\s\+licen[sc]e", r"(?:\\s+licen[sc]e)?", name)
    name = re.sub(r"\\s\+(\d+)\\\.0\b", r",?\\s+(?:version\\s+|v(?:\\. )?)?\1(?:\\.0)?", name)
    name = re.sub(r"\\s\+(\d+\\\.[1-9])", r",?\\s+(?:version\\s+|v(?:\\. )?)?\1", name)
    return name.replace(r"gnu\s+", r"(?:gnu\s+)?")
