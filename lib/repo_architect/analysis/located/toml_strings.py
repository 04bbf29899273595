"""The four kinds of TOML strings."""

from __future__ import annotations

import re

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f"
_KINDS = (
    ("'''", re.compile(rf"'''\n?((?:[^'{_CONTROL}]|'(?!''))*+(?:'{{0,2}}(?=''')(?!'''')|))'''"), False),
    ('"""', re.compile(rf'"""\n?((?:[^"\\{_CONTROL}]|\\[\s\S]|"(?!""))*+)("{{0,2}})"""'), True),
    ("'", re.compile(rf"'([^'\n{_CONTROL}]*)'"), False),
    ('"', re.compile(rf'"((?:[^"\\\n{_CONTROL}]|\\.)*+)"'), True),
)
_ESCAPE = re.compile(r'\\(?:([btnfr"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[ \t]*\n[ \t\n]*)')
_WRONG_ESCAPE = re.compile(r'\\(?:[btnfr"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*\n)|(\\)')
_LETTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def read_string(text: str, start: int) -> tuple[str | None, int]:
    """The string that begins at `start` and the offset after it; None where it is malformed."""
    for quote, pattern, escapes in _KINDS:
        if text.startswith(quote, start):
            found = pattern.match(text, start)
            if found is None:
                return None, start
            body = "".join(group or "" for group in found.groups())
            return (_unescape(body) if escapes and "\\" in body else body), found.end()
    return None, start


def _unescape(body: str) -> str | None:
    if any(found[1] for found in _WRONG_ESCAPE.finditer(body)):
        return None
    try:
        return _ESCAPE.sub(_replace, body)
    except ValueError:
        return None


def _replace(found: re.Match[str]) -> str:
    if found[1]:
        return _LETTERS[found[1]]
    digits = found[2] or found[3]
    if not digits:
        return ""
    code = int(digits, 16)
    if 0xD800 <= code <= 0xDFFF:
        raise ValueError("half of a surrogate pair")
    return chr(code)
