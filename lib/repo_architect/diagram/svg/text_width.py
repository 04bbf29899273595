"""How wide a text is, estimated for the widest of the usual sans-serif fonts."""

from __future__ import annotations

import unicodedata

# in em; DejaVu Sans and Verdana are about the widest fonts that a browser falls back to
_WIDTHS = (
    ("ijl.,:;'|! ", 0.34),
    ('ftrIJ()[]{}/\\-"`', 0.43),
    ("cszkvxyLTEFPRSYZ1?*^", 0.60),
    ("mwMWGOQ@%&+=<>~#", 0.90),
    ("ABCDHKNUVX", 0.76),
)
_BY_CHARACTER = {character: width for characters, width in _WIDTHS for character in characters}
_OTHER = 0.66
_WIDE = 1.05
BOLD = 1.09


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels of the text at a font size of `size` pixels, rather too many than too few."""
    em = sum(_BY_CHARACTER.get(character) or _width_of(character) for character in text)
    return em * size * (BOLD if bold else 1.0)


def _width_of(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0x2FFF else _OTHER
