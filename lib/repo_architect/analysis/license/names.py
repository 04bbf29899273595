"""Which files may hold a licence, and which of them is asked first."""

from __future__ import annotations

import re

_LICENSE = r"(?:un)?licen[sc]e"
_TEXT = r"\.(?:md|markdown|txt|html)"
_ANY = r"\.(?:[^./]|\.\d)+"
_OTHER = r"\.(?!xml|sh|go|gemspec)(?:[^./]|\.\d)+"
_SCORES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), score)
    for pattern, score in (
        (_LICENSE, 1.0),
        (_LICENSE + _TEXT, 0.95),
        (r"copying", 0.9),
        (r"copying" + _TEXT, 0.85),
        (_LICENSE + r"\.(?!spdx|header)(?:[^./]|\.\d)+", 0.8),
        (r"copying" + _ANY, 0.75),
        (rf"{_LICENSE}[-_][^.]*(?:{_OTHER})?", 0.7),
        (rf"copying[-_][^.]*(?:{_OTHER})?", 0.65),
        (rf"\w+[-_]{_LICENSE}[^.]*(?:{_OTHER})?", 0.6),
        (rf"\w+[-_]copying[^.]*(?:{_OTHER})?", 0.55),
        (r"ofl" + _TEXT, 0.5),
        (r"ofl" + _OTHER, 0.45),
        (r"ofl", 0.4),
        (r"copyright", 0.35),
        (r"copyright" + _TEXT, 0.3),
        (r"copyright" + _OTHER, 0.25),
        (rf"copyright[-_][^.]*(?:{_OTHER})?", 0.2),
        (r"patents", 0.15),
        (r"patents" + _OTHER, 0.1),
    )
)
_REUSE = re.compile(rf"(?:LicenseRef-)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?{_TEXT}", re.IGNORECASE)


def score(path: str) -> float:
    """How likely a path holds the repository's licence, from 0 to 1: by its name at the root, or in `LICENSES/`."""
    folder, slash, name = path.rpartition("/")
    if slash:
        return float(folder == "LICENSES" and _REUSE.fullmatch(name) is not None)
    return next((score for pattern, score in _SCORES if pattern.fullmatch(name)), 0.0)


def is_copyright(name: str) -> bool:
    """Whether a file is named as one that only says who holds the copyright."""
    return re.fullmatch(rf"copyright(?:{_OTHER})?", name, re.IGNORECASE) is not None
