"""Paths of routes: joined, and with unknown parts shown."""

from __future__ import annotations

import re

OPEN, CLOSE = "\ue000", "\ue001"
_LEADING = re.compile(f"^(?:/*{OPEN}[^{CLOSE}]*{CLOSE})+")
_HOLE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def hole(hint: str = "") -> str:
    """Text that stands for an unknown part; `hint` names it."""
    return f"{OPEN}{hint.strip(OPEN + CLOSE)}{CLOSE}"


def join(prefix: str, path: str) -> str:
    """One path below another, with one slash between them."""
    if not path or not prefix:
        return prefix or path
    return f"{prefix.rstrip('/')}/{path.lstrip('/')}"


def is_unknown(path: str) -> bool:
    """Whether nothing of it is known."""
    return _HOLE.fullmatch(path) is not None


def shown(path: str) -> str | None:
    """The path as it is reported: an unknown beginning is left out, an unknown part becomes `{name}`.

    None when nothing of it is known.
    """
    if is_unknown(path):
        return None
    known = _HOLE.sub(lambda hint: "{" + (hint.group(1) or "unknown") + "}", _LEADING.sub("", path))
    if not known.startswith(("/", "^")):
        known = "/" + known
    return re.sub(r"(?<!:)//+", "/", known)
