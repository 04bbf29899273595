"""Text of string literals."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\n": "", "\r\n": ""}


def unescape(text: str) -> str:
    """The text that a literal's inside stands for; an escape it does not know keeps its backslash (`\\d`)."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    body = match.group(1)
    if len(body) > 1 and body[0] in "ux":
        code = int(body[1:].strip("{}"), 16)
        return chr(code) if code < 0x110000 else ""
    if body in _SIMPLE:
        return _SIMPLE[body]
    return body if body in "\\'\"`/$" else "\\" + body
