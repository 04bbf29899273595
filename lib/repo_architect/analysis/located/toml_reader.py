"""TOML 1.0 with the line of every key and value."""

from __future__ import annotations

import re
from typing import Any

from repo_architect.analysis.located.bounds import MAX_DIGITS, Budget, Lines, check_depth
from repo_architect.analysis.located.node import Key, Located, Malformed
from repo_architect.analysis.located.toml_strings import read_string
from repo_architect.analysis.located.toml_tables import Tables

_BLANK = re.compile(r"[ \t]*")
_BLANK_LINES = re.compile(r"(?:[ \t\n]+|#[^\n\x00-\x08\x0b-\x1f\x7f]*(?=\n|\Z))*+")
_LINE_END = re.compile(r"[ \t]*(?:#[^\n\x00-\x08\x0b-\x1f\x7f]*)?(?:\n|\Z)")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DATE = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[-+](?:[01]\d|2[0-3]):[0-5]\d)?)?"
    r"|(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?",
    re.ASCII,
)
_BASED = re.compile(r"0(?:x[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|o[0-7]+(?:_[0-7]+)*|b[01]+(?:_[01]+)*)")
_NUMBER = re.compile(
    r"[-+]?(?:0|[1-9]\d*(?:_\d+)*)(\.\d+(?:_\d+)*)?([eE][-+]?\d+(?:_\d+)*)?|[-+]?(?:inf|nan)", re.ASCII
)
_WORD = re.compile(r"true|false")


def toml(text: str) -> Located:
    """Read TOML. Raises Malformed, where a key or table is written twice as well."""
    return _Reader(text.removeprefix("\ufeff").replace("\r\n", "\n")).document()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.here = 0
        self.lines = Lines(text)
        self.budget = Budget(text)
        self.tables = Tables()

    def document(self) -> Located:
        self._match(_BLANK_LINES)
        while self.here < len(self.text):
            if self._peek() == "[":
                self._header()
            else:
                self._assignment(self.tables.current, 1)
            if self._match(_LINE_END) is None:
                raise self._malformed("the end of the line was expected")
            self._match(_BLANK_LINES)
        return self.tables.root

    def _header(self) -> None:
        line = self.lines.at(self.here)
        many = self.text.startswith("[[", self.here)
        self.here += 2 if many else 1
        keys = self._keys()
        closing = "]]" if many else "]"
        if not self.text.startswith(closing, self.here):
            raise self._malformed(f"{closing} was expected")
        self.here += len(closing)
        self.budget.spend(line, len(keys))
        self.tables.open(keys, line, many=many)

    def _assignment(self, table: Located, depth: int) -> None:
        keys = self._keys()
        check_depth(depth + len(keys), keys[0].line)
        if self._peek() != "=":
            raise self._malformed("an equals sign was expected")
        self.here += 1
        self._match(_BLANK)
        self.budget.spend(keys[0].line, len(keys))
        self.tables.assign(table, keys, self._value(depth + len(keys)))

    def _keys(self) -> list[Key]:
        keys: list[Key] = []
        while True:
            self._match(_BLANK)
            line = self.lines.at(self.here)
            bare = self._match(_BARE_KEY)
            if bare is None and (
                self._peek() not in ('"', "'") or self.text.startswith(('"""', "'''"), self.here)
            ):
                raise self._malformed("a key was expected")
            keys.append(Key(bare if bare is not None else self._string(), line))
            check_depth(len(keys), line)
            self._match(_BLANK)
            if self._peek() != ".":
                return keys
            self.here += 1

    def _value(self, depth: int) -> Located:
        line = self.lines.at(self.here)
        self.budget.spend(line)
        first = self._peek()
        if first in ('"', "'"):
            return Located(self._string(), line)
        if first in ("[", "{"):
            check_depth(depth, line)
            return self._array(depth, line) if first == "[" else self._inline_table(depth, line)
        return self._scalar(line)

    def _array(self, depth: int, line: int) -> Located:
        items: list[Located] = []
        self.here += 1
        self._match(_BLANK_LINES)
        while self._peek() != "]":
            items.append(self._value(depth + 1))
            self._match(_BLANK_LINES)
            if self._peek() != ",":
                break
            self.here += 1
            self._match(_BLANK_LINES)
        self._close("]")
        return Located(items, line)

    def _inline_table(self, depth: int, line: int) -> Located:
        table = Located({}, line)
        self.here += 1
        self._match(_BLANK)
        while self._peek() != "}":
            self._assignment(table, depth + 1)
            self._match(_BLANK)
            if self._peek() != ",":
                break
            self.here += 1
            self._match(_BLANK)
            if self._peek() == "}":
                raise self._malformed("a key was expected")
        self._close("}")
        self.tables.freeze(table)
        return table

    def _scalar(self, line: int) -> Located:
        word = self._match(_WORD)
        if word is not None:
            return Located(word == "true", line, word)
        date = self._match(_DATE)
        if date is not None:
            return Located(date, line)
        based = self._match(_BASED)
        if based is not None:
            return Located(self._integer(based, 0), line, based)
        found = _NUMBER.match(self.text, self.here)
        if found is None:
            raise self._malformed("a value was expected")
        self.here = found.end()
        integer = found[0][-1].isdigit() and not found[1] and not found[2]
        return Located(self._integer(found[0], 10) if integer else float(found[0]), line, found[0])

    def _integer(self, written: str, base: int) -> int:
        if len(written) > MAX_DIGITS:
            raise self._malformed("a number with too many digits")
        return int(written, base)

    def _string(self) -> str:
        text, end = read_string(self.text, self.here)
        if text is None:
            raise self._malformed("a string that does not end, or a wrong escape or character in it")
        self.here = end
        return text

    def _peek(self) -> str:
        return self.text[self.here : self.here + 1]

    def _match(self, pattern: re.Pattern[str]) -> Any:
        found = pattern.match(self.text, self.here)
        if found is None:
            return None
        self.here = found.end()
        return found[0]

    def _close(self, bracket: str) -> None:
        if self._peek() != bracket:
            raise self._malformed(f"a comma or {bracket} was expected")
        self.here += 1

    def _malformed(self, message: str) -> Malformed:
        return Malformed(message, self.lines.at(self.here))
