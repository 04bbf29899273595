"""Nothing that looks like a secret is quoted, and none goes to a model."""

from __future__ import annotations

from collections.abc import Iterable

from repo_architect.secret_patterns import scan_text

HIDDEN = "[line left out: it looks like a secret]"


def kinds(text: str) -> list[str]:
    """The kinds of secret that the text seems to hold."""
    return [kind for kind, _line in scan_text(text)]


def without_secrets(lines: Iterable[str]) -> list[str]:
    """The lines, those that look like a secret replaced by a note."""
    given = list(lines)
    hit = {line for _kind, line in scan_text("\n".join(given))}
    return [HIDDEN if number in hit else line for number, line in enumerate(given, 1)]
