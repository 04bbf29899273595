"""JSON, and JSON with comments and trailing commas, with the line of every key and value."""

from __future__ import annotations

import re
from collections.abc import Callable
from json import decoder
from typing import Any

from repo_architect.analysis.located.bounds import MAX_DIGITS, Budget, Lines, check_depth, encodable
from repo_architect.analysis.located.node import Key, Located, Malformed

# the C scanner; typeshed does not list it
_scan: Callable[[str, int, bool], tuple[str, int]] = vars(decoder)["scanstring"]
_PLAIN_STRING = re.compile(r'"([^"\\\x00-\x1f]*)"')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_WORD = re.compile(r"[A-Za-z]+")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}


class _Grammar:
    """What may stand between tokens, and the two sequences that a document is mostly made of."""

    def __init__(self, blank: str) -> None:
        self.blank = re.compile(blank)
        self.key = re.compile(rf'"([^"\\\x00-\x1f]*)"{blank}:{blank}')
        self.after = re.compile(rf"{blank}([,\]}}]){blank}")


_STRICT = _Grammar(r"[ \t\r\n]*+")
_WITH_COMMENTS = _Grammar(r"(?:[ \t\r\n]+|//[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/)*+")


def json(text: str) -> Located:
    """Read JSON. Raises Malformed."""
    return _Reader(text, _STRICT, trailing_commas=False).document()


def jsonc(text: str) -> Located:
    """Read JSON with `//` and `/* */` comments and trailing commas. Raises Malformed."""
    return _Reader(text, _WITH_COMMENTS, trailing_commas=True).document()


class _Reader:
    def __init__(self, text: str, grammar: _Grammar, *, trailing_commas: bool) -> None:
        self.text = text
        self.here = 0
        self.grammar = grammar
        self.trailing_commas = trailing_commas
        self.lines = Lines(text)
        self.budget = Budget(text)

    def document(self) -> Located:
        if self.text.startswith("\ufeff"):
            self.here = 1
        self._skip()
        found = self._value(1)
        self._skip()
        if self.here < len(self.text):
            raise self._malformed("text after the end of the document")
        return found

    def _value(self, depth: int) -> Located:
        line = self.lines.at(self.here)
        self.budget.spend(line)
        first = self.text[self.here : self.here + 1]
        if first == '"':
            return Located(self._string(), line)
        if first in ("{", "["):
            check_depth(depth, line)
            self.here += 1
            self._skip()
            return Located(self._object(depth) if first == "{" else self._array(depth), line)
        return self._number(line) or self._word(line)

    def _object(self, depth: int) -> dict[Key, Located]:
        table: dict[Key, Located] = {}
        more = not self._closes_at_once("}")
        while more:
            key = self._key()
            table.pop(key, None)
            table[key] = self._value(depth + 1)
            more = self._goes_on("}")
        return table

    def _array(self, depth: int) -> list[Located]:
        items: list[Located] = []
        more = not self._closes_at_once("]")
        while more:
            items.append(self._value(depth + 1))
            more = self._goes_on("]")
        return items

    def _key(self) -> Key:
        """A key, and the colon after it."""
        line = self.lines.at(self.here)
        plain = self.grammar.key.match(self.text, self.here)
        if plain:
            self.here = plain.end()
            return Key(plain[1], line)
        if self.text[self.here : self.here + 1] != '"':
            raise self._malformed("a key in double quotes was expected")
        key = Key(self._string(), line)
        self._skip()
        if self.text[self.here : self.here + 1] != ":":
            raise self._malformed("a colon was expected")
        self.here += 1
        self._skip()
        return key

    def _closes_at_once(self, closing: str) -> bool:
        closes = self.text[self.here : self.here + 1] == closing
        self.here += closes
        return closes

    def _goes_on(self, closing: str) -> bool:
        """Step over the comma before the next item (true), or over the closing bracket (false)."""
        found = self.grammar.after.match(self.text, self.here)
        if found is None or found[1] not in (",", closing):
            self._skip()
            raise self._malformed(f"a comma or {closing} was expected")
        if found[1] == closing:
            self.here = found.end(1)
            return False
        self.here = found.end()
        return not (self.trailing_commas and self._closes_at_once(closing))

    def _string(self) -> str:
        plain = _PLAIN_STRING.match(self.text, self.here)
        if plain:
            self.here = plain.end()
            return plain[1]
        try:
            text, self.here = _scan(self.text, self.here + 1, False)
        except ValueError:
            raise self._malformed("a string that does not end, or a wrong escape in it") from None
        return encodable(text)

    def _number(self, line: int) -> Located | None:
        found = _NUMBER.match(self.text, self.here)
        if found is None:
            return None
        self.here = found.end()
        written = found[0]
        if len(written) > MAX_DIGITS:
            raise Malformed("a number with too many digits", line)
        return Located(float(written) if found[1] or found[2] else int(written), line, written)

    def _word(self, line: int) -> Located:
        found = _WORD.match(self.text, self.here)
        if found is None or found[0] not in _WORDS:
            raise self._malformed("a value was expected")
        self.here = found.end()
        return Located(_WORDS[found[0]], line, found[0])

    def _skip(self) -> None:
        blank = self.grammar.blank.match(self.text, self.here)
        if blank:
            self.here = blank.end()

    def _malformed(self, message: str) -> Malformed:
        return Malformed(message, self.lines.at(self.here))
