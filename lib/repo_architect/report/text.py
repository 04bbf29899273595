"""Text of unknown origin made fit to show, and English for numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

# control, surrogate, private and bidirectional characters: a reader does not see them, or is misled by them
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """The text with what a reader cannot see replaced by U+FFFD; line feeds and tabs stay."""
    return _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    return " ".join(visible(text).split())


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def short_hashes(text: str) -> str:
    """Full commit ids and digests cut to the twelve characters that tell them apart."""
    return re.sub(r"\b([0-9a-f]{12})[0-9a-f]{28,52}\b", r"\1", text)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def join(parts: Sequence[str], limit: int | None = None) -> str:
    """`a, b and c`; of more than `limit`, `a, b and 7 more`."""
    if limit is not None and len(parts) > limit:
        parts = [*parts[:limit], f"{len(parts) - limit:,} more"]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def size(number: int) -> str:
    """Bytes in the unit a reader wants: `48 kB`, `1.2 MB`."""
    amount, unit = float(number), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if amount >= 10 or unit == "B" else f"{amount:.1f} {unit}"


def long_date(day: date) -> str:
    """`4 May 2026`, in English whatever the locale."""
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"


def span(days: int) -> str:
    """A number of days as people say it: `12 days`, `5 months`, `2.5 years`."""
    if days < 60:
        return count(days, "day")
    if days < 700:
        return count(round(days / 30.44), "month")
    years = round(days / 365.25, 1)
    return f"{years:g} years"
