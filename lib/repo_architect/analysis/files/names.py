"""Names as they can be printed: bytes of any kind become text that is unique and has no control characters."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
"""Joins emoji; the one format character that does no harm."""


def printable(raw: bytes) -> str:
    """A path as printable text: bytes that are not UTF-8 as `\\xff`, control and format characters as `\\n`, `\\u202e`."""
    text = raw.decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(character if _shown(character) else _escaped(character) for character in text)


def unique(paths: list[bytes]) -> dict[str, bytes]:
    """Printable names to real ones, in order of the real ones; where two would be equal the later gets `~2`, `~3` …"""
    names: dict[str, bytes] = {}
    for raw in sorted(paths):
        name = shown = printable(raw)
        number = 2
        while name in names:
            name = f"{shown}~{number}"
            number += 1
        names[name] = raw
    return names


def _shown(character: str) -> bool:
    return character.isprintable() or character == _JOINER or unicodedata.category(character) == "Mn"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
