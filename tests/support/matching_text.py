"""A short text that an expression matches, made from the expression itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_CATEGORIES = {kinds.CATEGORY_DIGIT: "7", kinds.CATEGORY_SPACE: " ", kinds.CATEGORY_WORD: "w", kinds.CATEGORY_NOT_SPACE: "n",
               kinds.CATEGORY_NOT_DIGIT: "n", kinds.CATEGORY_NOT_WORD: "-"}  # fmt: skip


def matching(expression: str) -> str:
    """A text in which the expression is found. Look-arounds are not honoured."""
    items = _parser.parse(expression, re.MULTILINE)
    made = [_joined(items, (boundary, start)) for start in ("", "\n") for boundary in ("", " ")]
    found = [text for text in made if re.search(expression, text, re.MULTILINE)]
    assert found, f"made {made} for {expression!r}"
    return found[0]


def _joined(items: Any, boundary: tuple[str, str]) -> str:
    return "".join(_of(item, boundary) for item in items)


def _of(item: tuple[Any, Any], boundary: tuple[str, str]) -> str:
    kind, value = item
    makers: dict[Any, Callable[[], str]] = {
        kinds.AT: lambda: {kinds.AT_BOUNDARY: boundary[0], kinds.AT_BEGINNING: boundary[1]}.get(value, ""),
        kinds.LITERAL: lambda: chr(value),
        kinds.NOT_LITERAL: lambda: "y" if chr(value) == "z" else "z",
        kinds.ANY: lambda: "x",
        kinds.IN: lambda: _one_of(value),
        kinds.BRANCH: lambda: _joined(value[1][0], boundary),
        kinds.SUBPATTERN: lambda: _joined(value[3], boundary),
        kinds.MAX_REPEAT: lambda: _joined(value[2], boundary) * value[0],
        kinds.MIN_REPEAT: lambda: _joined(value[2], boundary) * value[0],
    }
    return makers[kind]() if kind in makers else ""


def _one_of(choices: list[tuple[Any, Any]]) -> str:
    kind, value = choices[0]
    if kind is kinds.NEGATE:
        refused = {chr(found) for name, found in choices[1:] if name is kinds.LITERAL}
        return next(letter for letter in "xyz" if letter not in refused)
    if kind is kinds.RANGE:
        return chr(value[0])
    return _CATEGORIES[value] if kind is kinds.CATEGORY else chr(value)
