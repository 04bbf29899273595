"""Text from a repository, made harmless in GitHub's Markdown: no link, mention, image or HTML of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from repo_architect.contracts import Evidence

_SPECIAL = re.compile(r"([\\`*_{}\[\]()!|~$>])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "#": "&#35;"}


def plain(text: str, limit: int = 300) -> str:
    """`text` on one line, shown as it is written."""
    line = _printable(text)[:limit]
    escaped = _SPECIAL.sub(r"\\\1", line).replace("\\>", ">")
    escaped = "".join(_ENTITIES.get(character, character) for character in escaped)
    # a bare address becomes a link by itself
    return re.sub(r"(?i)(https?|ftp|mailto)(:)", r"\1&#58;", escaped).replace("www.", "www&#46;")


def code(text: str, limit: int = 200) -> str:
    """`text` as a code span that nothing in it can end, good inside a table cell."""
    line = _printable(text)[:limit].replace("|", "\\|") or " "
    fence = "`" * (max((len(run) for run in re.findall(r"`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def link(evidence: Evidence, base: str) -> str:
    """A link to a line of a file, below `base` (an address or relative path that ends with a slash)."""
    return f"[{code(str(evidence))}]({base}{quote(evidence.path)}#L{evidence.line})"


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
