"""English for numbers and names, and text made safe to quote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_SPACE = re.compile(r"\s+")
_ABBREVIATIONS = (
    "e.g.",
    "i.e.",
    "etc.",
    "vs.",
    "cf.",
    "approx.",
    "incl.",
    "resp.",
    "a.k.a.",
    "inc.",
    "no.",
    "dr.",
    "st.",
    "v.",
)
_SENTENCE_END = re.compile(r"(?:[.!?]+[\"')\]”’]*(?=\s+[\"'(\[“]?[^\Wa-z]|\s*$))|[。！？]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = "\u200d\u200c"


def clean(text: str) -> str:
    """One line of visible text: control, bidirectional and unassigned characters dropped, space collapsed."""
    kept = "".join(
        char
        for char in text
        if char.isspace() or char in _JOINERS or unicodedata.category(char) not in _UNSEEN
    )
    return _SPACE.sub(" ", kept).strip()


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with an ellipsis where something is left out."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_word = head.rpartition(" ")[0] if len(head.rpartition(" ")[0]) > limit // 2 else head
    return at_word.rstrip(" ,;:-–—(") + "…"


def sentences(text: str, name: str = "") -> list[str]:
    """The sentences of a paragraph; an abbreviation, a version or a file name does not end one.

    `name` is a word that may open a sentence in lower case.
    """
    found, begin = [], 0
    for end in _ends(text, name):
        candidate = text[begin:end].strip()
        last_word = candidate.rpartition(" ")[2].lower().lstrip("(\"'[")
        if last_word in _ABBREVIATIONS or not candidate:
            continue
        found.append(candidate)
        begin = end
    rest = text[begin:].strip()
    return [*found, rest] if rest else found


def _ends(text: str, name: str) -> list[int]:
    ends = {found.end() for found in _SENTENCE_END.finditer(text)}
    if name:
        ends |= {found.end() for found in re.finditer(rf"[.!?](?=\s+{re.escape(name)}\b)", text)}
    return sorted(ends)


def join(parts: Sequence[str], limit: int | None = None, most: str = "more") -> str:
    """`a, b and c`; where there are more than `limit`, `a, b and 7 more`."""
    if limit is not None and len(parts) > limit:
        parts = [*parts[:limit], f"{len(parts) - limit} {most}"]
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def distinct(items: Iterable[str]) -> list[str]:
    """The items in order, each once, whatever its case."""
    first: dict[str, str] = {}
    for item in items:
        first.setdefault(item.lower(), item)
    return list(first.values())


def code(text: str) -> str:
    """Text as a Markdown code span, whatever backticks it holds."""
    flat = clean(text)
    fence = "`" * (max((len(run) for run in re.findall(r"`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"
