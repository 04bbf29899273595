"""YAML with the line of every key and value, built from the parser's events so that depth costs no stack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml as pyyaml

from repo_architect.analysis.located.bounds import MAX_DIGITS, Budget, check_depth, encodable
from repo_architect.analysis.located.node import Key, Located, Malformed

_Loader: Any = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+", re.ASCII)
_BASED_INT = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    "-.inf": float("-inf"),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_VALUES = frozenset(
    (pyyaml.ScalarEvent, pyyaml.AliasEvent, pyyaml.MappingStartEvent, pyyaml.SequenceStartEvent)
)
_ENDS = frozenset((pyyaml.MappingEndEvent, pyyaml.SequenceEndEvent))
_STRING_TAGS = ("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary")


def yaml(text: str) -> Located:
    """Read the first document of a YAML stream; null where there is none. Raises Malformed."""
    return next(_documents(text), Located(None, 1))


def yaml_documents(text: str) -> list[Located]:
    """Read every document of a YAML stream. Raises Malformed."""
    return list(_documents(text))


def _documents(text: str) -> Iterator[Located]:
    budget = Budget(text)
    builder = _Builder(budget)
    try:
        for event in pyyaml.parse(encodable(text), Loader=_Loader):
            kind = type(event)
            if kind in _VALUES:
                builder.begin(event, kind)
            elif kind in _ENDS:
                builder.end()
            elif kind is pyyaml.DocumentStartEvent:
                builder = _Builder(budget)
            elif kind is pyyaml.DocumentEndEvent:
                yield builder.document or Located(None, 1)
    except pyyaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Malformed(error.problem or "not YAML", mark.line + 1 if mark else 1) from None
    except (pyyaml.YAMLError, ValueError) as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed("a character that YAML does not allow") from None


@dataclass(slots=True)
class _Open:
    """A collection that has begun. `weight` counts its values, those of aliases anew each time."""

    value: Any
    line: int
    anchor: str | None
    before: int
    key: Key | None = None
    merges: bool = False
    merged: list[Located] = field(default_factory=list)


class _Builder:
    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.document: Located | None = None
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Located, int] | None] = {}

    def begin(self, event: Any, kind: type) -> None:
        """A scalar, an alias, or the start of a list or table."""
        line = event.start_mark.line + 1
        before = self.budget.left
        if kind is pyyaml.AliasEvent:
            self._place(self._alias(event.anchor, line))
            return
        self.budget.spend(line)
        if kind is pyyaml.ScalarEvent:
            found = _scalar(event, line)
            if event.anchor:
                self.anchors[event.anchor] = (found, 1)
            self._place(found, merges=event.value == "<<" and event.implicit[0])
            return
        check_depth(len(self.open) + 1, line)
        if event.anchor:
            self.anchors[event.anchor] = None
        value: Any = {} if kind is pyyaml.MappingStartEvent else []
        self.open.append(_Open(value, line, event.anchor, before))

    def end(self) -> None:
        """The end of a list or table."""
        done = self.open.pop()
        for source in done.merged:
            self._merge(done, source)
        found = Located(done.value, done.line)
        if done.anchor:
            self.anchors[done.anchor] = (found, done.before - self.budget.left)
        self._place(found)

    def _alias(self, anchor: Any, line: int) -> Located:
        known = self.anchors.get(anchor)
        if known is None:
            raise Malformed(f"the alias {anchor} refers to itself or to nothing", line)
        found, weight = known
        self.budget.spend(line, weight)
        return Located(found.value, line, found.raw)

    def _place(self, found: Located, *, merges: bool = False) -> None:
        """Put a value where it belongs: the document, a list, or a table as key or value."""
        if not self.open:
            self.document = found
            return
        parent = self.open[-1]
        if isinstance(parent.value, list):
            parent.value.append(found)
        elif parent.key is None:
            parent.key, parent.merges = _key(found), merges
        else:
            key, parent.key = parent.key, None
            if parent.merges:
                parent.merged += found.value if isinstance(found.value, list) else [found]
            else:
                parent.value.pop(key, None)
                parent.value[key] = found

    def _merge(self, table: _Open, source: Located) -> None:
        if isinstance(source.value, dict):
            self.budget.spend(table.line, len(source.value))
            for key, value in source.value.items():
                table.value.setdefault(key, value)


def _key(found: Located) -> Key:
    if isinstance(found.value, dict | list):
        return Key("?", found.line)
    return Key(found.value if isinstance(found.value, str) else found.raw or "", found.line)


def _scalar(event: Any, line: int) -> Located:
    text = event.value
    if not event.implicit[0] or event.tag in _STRING_TAGS:
        return Located(text, line)
    if text in _WORDS:
        return Located(_WORDS[text], line, text)
    if text[0] not in "+-.0123456789":
        return Located(text, line)
    return _number(text, line) or Located(text, line)


def _number(text: str, line: int) -> Located | None:
    if len(text) > MAX_DIGITS:
        return None
    if _INT.fullmatch(text):
        return Located(int(text), line, text)
    if _BASED_INT.fullmatch(text):
        return Located(int(text, 0), line, text)
    if _FLOAT.fullmatch(text):
        return Located(float(text), line, text)
    return None
