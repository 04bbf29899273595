"""What `.gitattributes` files say of languages, read as git reads them, in a work tree or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

NAMES = frozenset(
    {
        "linguist-detectable",
        "linguist-documentation",
        "linguist-generated",
        "linguist-language",
        "linguist-vendored",
        "filter",
    }
)
MAX_BYTES = 1_000_000
MAX_DOUBLE_STARS = 4
"""A pattern with more is made to cost time, and is left out."""
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*(.*)')
_NOTHING: dict[str, str | bool | None] = {}

Value = str | bool | None
"""Text, set (true), unset (false), or unspecified (null)."""


@dataclass(frozen=True, slots=True)
class _Line:
    folder: str
    matches: Callable[[str], object]
    by_name: bool
    values: tuple[tuple[str, Value], ...]


class Attributes:
    """The attributes of paths. Later lines win over earlier ones, deeper files over those nearer the root."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """`texts` are the folders of `.gitattributes` files (`` for the root) with what they hold."""
        macros: dict[str, tuple[tuple[str, Value], ...]] = {}
        self._lines: list[_Line] = []
        for folder, text in sorted(texts, key=lambda pair: (pair[0].count("/") + bool(pair[0]), pair[0])):
            for line in text.splitlines():
                self._add(folder, line.strip(), macros)

    def of(self, path: str) -> dict[str, Value]:
        """The attributes of a path that somebody gave a value; an unspecified one is left out."""
        if not self._lines:
            return _NOTHING
        found: dict[str, Value] = {}
        for line in self._lines:
            if line.folder and not path.startswith(line.folder):
                continue
            below = path[len(line.folder) :]
            if line.matches(below.rpartition("/")[2] if line.by_name else below):
                found.update(line.values)
        return {name: value for name, value in found.items() if value is not None}

    def _add(self, folder: str, line: str, macros: dict[str, tuple[tuple[str, Value], ...]]) -> None:
        if not line or line.startswith("#"):
            return
        pattern, words = _split(line)
        values = tuple(value for word in words for value in _values(word, macros))
        if pattern.startswith("[attr]"):
            if not folder:
                macros[pattern[6:]] = values
            return
        values = tuple((name, value) for name, value in values if name in NAMES)
        usable = (
            not pattern.startswith("!")
            and not pattern.endswith("/")
            and pattern.count("**") <= MAX_DOUBLE_STARS
        )
        if values and usable:
            prefix = f"{folder}/" if folder else ""
            self._lines.append(_Line(prefix, _matcher(pattern.removeprefix("/")), "/" not in pattern, values))


def _split(line: str) -> tuple[str, list[str]]:
    quoted = _QUOTED.fullmatch(line) if line.startswith('"') else None
    if quoted:
        return re.sub(r"\\(.)", r"\1", quoted[1]), quoted[2].split()
    pattern, *words = line.split()
    return pattern, words


def _values(word: str, macros: dict[str, tuple[tuple[str, Value], ...]]) -> Iterable[tuple[str, Value]]:
    if word.startswith("-"):
        return ((word[1:], False),)
    if word.startswith("!"):
        return ((word[1:], None),)
    name, equals, value = word.partition("=")
    return ((name, value if equals else True), *macros.get(name, ()))


def _matcher(pattern: str) -> Callable[[str], object]:
    try:
        return re.compile(_expression(pattern), re.DOTALL).fullmatch
    except re.error:
        return lambda _path: None


def _expression(pattern: str) -> str:
    """git's wildmatch as a regular expression: `*` and `?` stay within a folder, `**` does not.

    What follows a star is matched where it first can be and never again, so that a pattern of many costs one look.
    """
    out: list[str] = []
    star = ""
    fixed: list[str] = []
    at = 0
    while at < len(pattern):
        piece, after = _piece(pattern, at)
        if piece in _STARS:
            out.append(_after_star(star, fixed))
            star, fixed = piece, []
        else:
            fixed.append(piece)
        at = after
    return "".join(out) + star + "".join(fixed)


_WITHIN, _FOLDERS, _ALL = "[^/]*?", "(?:[^/]+/)*?", "(?s:.+)"
_STARS = frozenset({_WITHIN, _FOLDERS, _ALL})


def _after_star(star: str, fixed: list[str]) -> str:
    text = "".join(fixed)
    return f"(?>{star}{text})" if star == _WITHIN and text else star + text


def _piece(pattern: str, at: int) -> tuple[str, int]:
    character = pattern[at]
    begins = at == 0 or pattern[at - 1] == "/"
    if character == "*":
        after = at + 1
        while pattern.startswith("*", after):
            after += 1
        if after - at == 2 and begins and pattern.startswith("/", after):
            return _FOLDERS, after + 1
        return (_ALL if after - at == 2 and begins and after == len(pattern) else _WITHIN), after
    if character == "?":
        return "[^/]", at + 1
    if character == "\\" and at + 1 < len(pattern):
        return re.escape(pattern[at + 1]), at + 2
    return _bracket(pattern, at) if character == "[" else (re.escape(character), at + 1)


def _bracket(pattern: str, at: int) -> tuple[str, int]:
    end = pattern.find("]", at + 2)
    if end < 0:
        return r"\[", at + 1
    inside = pattern[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
    return f"(?!/)[{'^' + inside[1:] if inside[0] in '!^' else inside}]", end + 1
