"""A file's own functions that read the variable they are given the name of, and what they are called with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.analysis.surface import absence

_BODY = 1500
_CALL = (
    rb"(?<![\w.])%s\(\s*[\"'`](?P<name>[A-Z][A-Z0-9_]*)[\"'`]"
    rb"(?P<has>\s*,\s*(?:default\s*=\s*)?(?P<default>\"[^\"\n]*\"|'[^'\n]*'|-?\d[\w.]*|True|False|true|false)?)?"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a language writes such a function: its head (groups `helper`, `given`), and a reading of `given` in its body.

    One of `needs` stands in every file that has one.
    """

    needs: tuple[bytes, ...]
    head: re.Pattern[bytes]
    reads: bytes
    ends: re.Pattern[bytes]


_SCRIPT = Shape(
    (b"process.env[",),
    re.compile(
        rb"(?:function\s+(?P<helper>\w+)\s*(?:<[^>]*>)?\(\s*(?P<given>\w+)|(?:const|let)\s+(?P<helper2>\w+)\s*=\s*(?:async\s*)?\(?\s*(?P<given2>\w+)[^=\n]*=>)"
    ),
    rb"process\.env\[\s*%s\s*\]",
    re.compile(rb"\n(?:function|const|let|export|class)\b"),
)
SHAPES: dict[str, Shape] = {
    "Python": Shape(
        (b"environ", b"getenv"),
        re.compile(rb"^[ \t]*(?:async )?def (?P<helper>\w+)\(\s*(?:self,\s*|cls,\s*)?(?P<given>\w+)", re.MULTILINE),
        rb"(?:environ(?:\.get|\.pop)?[\[(]|getenv\()\s*%s\b",
        re.compile(rb"\n(?=\S)"),
    ),
    "Go": Shape(
        (b"os.Getenv", b"os.LookupEnv"),
        re.compile(rb"^func (?P<helper>\w+)\(\s*(?P<given>\w+)[\w, ]*\bstring", re.MULTILINE),
        rb"os\.(?:Getenv|LookupEnv)\(\s*%s\s*\)",
        re.compile(rb"\n\}"),
    ),
    **dict.fromkeys(("JavaScript", "JSX", "TypeScript", "TSX"), _SCRIPT),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Called:
    """A call with the name of a variable: where it stands, its default's text, whether the helper fails without a value."""

    name: str
    offset: int
    default: str | None
    required: bool


def calls(language: str, source: bytes) -> Iterator[Called]:
    """The calls, with a variable's name, of the functions of the file that read what they are given."""
    shape = SHAPES.get(language)
    if shape is None or not any(needed in source for needed in shape.needs):
        return
    for helper, strict in sorted(_helpers(shape, source).items()):
        for call in re.finditer(_CALL % re.escape(helper), source):
            default = call["default"].decode("utf-8", "replace").strip("\"'`") if call["default"] else None
            yield Called(call["name"].decode(), call.start("name"), default, strict and not call["has"])


def _helpers(shape: Shape, source: bytes) -> dict[bytes, bool]:
    """Names of such functions, and whether they fail where there is no value."""
    found: dict[bytes, bool] = {}
    for head in shape.head.finditer(source):
        groups = head.groupdict()
        helper = groups["helper"] or groups.get("helper2")
        given = groups["given"] or groups.get("given2")
        if not helper or not given:
            continue
        body = source[head.end() : head.end() + _BODY]
        end = shape.ends.search(body, 1)
        body = body[: end.start()] if end else body
        reading = re.search(shape.reads % re.escape(given), body)
        if reading:
            indexed = b"environ[" in reading[0]
            found[helper] = indexed or absence.fails(body, reading.start(), reading.end())
    return found
