"""Services of protocol buffers with the options of their methods, as values: text, whole numbers, dicts, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

_NOISE = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|//[^\n]*|/\*[\s\S]*?\*/")
_PACKAGE = re.compile(r"^[ \t]*package\s+([\w.]+)\s*;", re.MULTILINE)
_ITEM = re.compile(r"\bservice\s+(\w+)\s*\{|\brpc\s+(\w+)\s*\(\s*(?:stream\s+)?\.?([\w.]+)")
_OPTION = re.compile(r"\boption\s*\(\s*\.?([\w.]+)\s*\)\s*=\s*(?=\{)")
_TOKEN = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'|([\w.+-]+)|([{}\[\]<>:,;])")
MAX_DEPTH = 20

Value = Any


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a service. `body` is what stands between it and the next, from line `line`; `start` is its offset."""

    package: str
    service: str
    name: str
    request: str
    line: int
    body: str
    body_line: int

    @property
    def options(self) -> dict[str, Value]:
        """Options written as a message, by the last part of their name."""
        return {
            found.group(1).rpartition(".")[2]: _Reader(self.body, found.end()).value()
            for found in _OPTION.finditer(self.body)
        }


def methods(text: str) -> Iterator[Method]:
    """Every method of every service of a file, in order."""
    plain = _NOISE.sub(_blanked, text)
    package, service = _PACKAGE.search(plain), ""
    items = list(_ITEM.finditer(plain))
    for item, following in zip_longest(items, items[1:]):
        if item.group(1):
            service = item.group(1)
            continue
        body = plain[item.end() : following.start() if following else len(plain)]
        yield Method(
            package.group(1) if package else "",
            service,
            item.group(2),
            item.group(3),
            plain.count("\n", 0, item.start(2)) + 1,
            body,
            plain.count("\n", 0, item.end()) + 1,
        )


def _blanked(found: re.Match[str]) -> str:
    """Comments as blanks; text stays, since `//` may stand in it."""
    return found.group() if found.group()[0] in "\"'" else re.sub(r"[^\n]", " ", found.group())


@dataclass
class _Reader:
    """Reads one value of the text format; what is malformed ends it."""

    text: str
    position: int
    depth: int = field(default=0)

    def token(self) -> tuple[str, str] | None:
        """(kind, text) of the next token."""
        found = _TOKEN.search(self.text, self.position)
        if found is None:
            return None
        self.position = found.end()
        if found.group(4):
            return "sign", found.group(4)
        if found.group(3):
            return "word", found.group(3)
        return "text", found.group(1) or found.group(2) or ""

    def value(self) -> Value:
        kind, text = self.token() or ("sign", "")
        if kind == "sign" and text in ("{", "<", "["):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                return None
            found: Value = self.items() if text == "[" else self.message()
            self.depth -= 1
            return found
        return int(text) if kind == "word" and text.isascii() and text.isdigit() and len(text) < 10 else text

    def items(self) -> list[Value]:
        found: list[Value] = []
        while True:
            before = self.position
            kind, text = self.token() or ("sign", "]")
            if kind == "sign" and text == "]":
                return found
            if kind != "sign" or text in ("{", "<", "["):
                self.position = before
                found.append(self.value())

    def message(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while (token := self.token()) is not None and token[1] not in ("}", ">"):
            if token[0] != "word":
                continue
            before = self.position
            after = self.token()
            self.position = before if after is None or after[1] != ":" else self.position
            given = self.value()
            if token[1] in found:
                held = found[token[1]]
                found[token[1]] = [*(held if isinstance(held, list) else [held]), given]
            else:
                found[token[1]] = given
            if self.depth > MAX_DEPTH:
                break
        return found
