"""How far versions are apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERS = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)*)")
RANK = {"major": 0, "minor": 1, "patch": 2, "unknown": 3}


def numbers(text: str) -> tuple[int, ...] | None:
    """The release in a version or a requirement: `^18.2.0` and `>=18.2,<19` are (18, 2, 0) and (18, 2); None where there is none."""
    match = _NUMBERS.search(text)
    if match is None or len(match[1]) > 60:
        return None
    return tuple(int(part) for part in match[1].split("."))


def distance(versions: Iterable[str]) -> str:
    """The largest step between versions: `major` (of 0.x the second number counts), `minor`, `patch`; `unknown` where one has no number."""
    known = [numbers(version) for version in versions]
    if any(found is None for found in known):
        return "unknown"
    padded = [(*found, 0, 0, 0)[:3] for found in known if found]
    if len({found[:2] if found[0] == 0 else found[:1] for found in padded}) > 1:
        return "major"
    return "minor" if len({found[:2] for found in padded}) > 1 else "patch"


def order(version: str) -> tuple[bool, tuple[int, ...], str]:
    """A key that sorts versions, those without a number last."""
    found = numbers(version)
    return found is None, found or (), version
