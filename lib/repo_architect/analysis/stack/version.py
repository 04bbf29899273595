"""Versions out of requirements."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?<![\w.])v?(\d+(?:\.\d+)*(?:[-.]?(?:alpha|beta|rc|a|b|dev|next|canary)[-.]?\d[\d.]*)?)", re.IGNORECASE
)
_UPPER = re.compile(r"(?:<=?|!=)\s*v?[\d.*]+")


def version_of(requirement: str | None) -> str | None:
    """The version that a requirement names first, without its operators; None for `*`, `latest`, a path or a URL.

    >>> version_of("^4.17.1"), version_of(">=1.2,<2"), version_of("workspace:*")
    ('4.17.1', '1.2', None)
    """
    if not requirement or re.match(r"(file|link|git|https?|github|portal|path)\b[:+]", requirement):
        return None
    match = _NUMBER.search(_UPPER.sub("", requirement))
    return match[1] if match else None


def key(version: str) -> tuple[int, ...]:
    """What versions are sorted by: their numbers."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:4] if len(part) < 10)
