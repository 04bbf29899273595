"""Text from a repository, made harmless in GitHub's Markdown: no link, mention, image or HTML of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from repo_architect.contracts import Evidence

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
_AT_START = re.compile(r"^([-+=]|\d+(?=[.)](?:\s|$)))")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "#": "&#35;"}
_LINKED = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|(www)(\.)")
_SPAN = re.compile(r"`([^`]+)`")


def plain(text: str, limit: int = 300) -> str:
    """`text` on one line, shown as it is written."""
    escaped = _SPECIAL.sub(r"\\\1", _printable(text)[:limit])
    escaped = "".join(_ENTITIES.get(character, character) for character in escaped)
    escaped = _AT_START.sub(lambda found: f"&#{ord(found[1][0])};{found[1][1:]}", escaped)
    return _LINKED.sub(lambda found: f"{found[1] or found[3]}&#{ord(found[2] or found[4])};", escaped)


def prose(text: str, limit: int = 1000) -> str:
    """A claim: as `plain`, but what stands between two backticks is code."""
    parts = _SPAN.split(_printable(text)[:limit])
    return "".join(code(part) if number % 2 else _spaced(part) for number, part in enumerate(parts))


def _spaced(text: str) -> str:
    """As `plain`, keeping the blanks at both ends."""
    return (
        " " * (len(text) - len(text.lstrip()))
        + plain(text, len(text))
        + " " * (len(text) - len(text.rstrip()))
    )


def code(text: str, limit: int = 200) -> str:
    """`text` as a code span that nothing in it can end, good inside a table cell."""
    line = _printable(text)[:limit].replace("|", "\\|") or " "
    fence = "`" * (max((len(run) for run in re.findall(r"`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def link(evidence: Evidence, base: str) -> str:
    """A link to a line of a file below `base`, an address or relative path that ends with a slash; text without one."""
    return (
        code(str(evidence))
        if not base
        else f"[{code(str(evidence))}]({base}{quote(evidence.path)}#L{evidence.line})"
    )


def links(evidence: tuple[Evidence, ...], base: str, most: int = 2) -> str:
    """The first few links; a dash where there are none."""
    shown = ", ".join(link(found, base) for found in evidence[:most])
    return shown + (f" and {len(evidence) - most} more" if len(evidence) > most else "") or "-"


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """The lines of a table; cells are Markdown already."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def fenced(text: str, language: str) -> list[str]:
    """A block that nothing in `text` can end."""
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return [f"{fence}{language}", text.rstrip("\n"), fence]


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text).strip()
