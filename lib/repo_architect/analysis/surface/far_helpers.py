"""Functions that read the variable whose name they are given, called from other files or by way of other functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from repo_architect.analysis.surface.reads import Read

BODY = 1500
MOST = 2000
"""Functions and calls of a file beyond these are not looked at."""
HEADS: dict[str, re.Pattern[bytes]] = {
    "Python": re.compile(
        rb"^[ \t]*(?:async )?def (?P<name>\w+)\((?P<given>[^()]{1,300})(?=\))", re.MULTILINE
    ),
    "Go": re.compile(rb"^func (?P<name>\w+)(?:\[[^\]]{1,80}\])?\((?P<given>[^()]{1,300})\)", re.MULTILINE),
}
ENDS = {"Python": re.compile(rb"\n(?=\S)"), "Go": re.compile(rb"\n\}")}
PARAMETER = {
    "Python": re.compile(rb"(?:^|,)\s*(\w+)\s*(?=[:,=]|$)"),
    "Go": re.compile(rb"(?:^|,)\s*(\w+)(?=\s*,|\s+string\b)"),
}
READS = {
    "Python": rb"(?:environ(?:\.get|\.pop)?[\[(]|getenv\()\s*%s\b",
    "Go": rb"os\.(?:Getenv|LookupEnv)\(\s*%s\s*\)",
}
PASSED = rb"(?<![\w.])(\w+)\((?:[^()\"'\n]{1,80},\s*)?%s\s*[,)]"
CALL = re.compile(
    rb"(?<![\w.])(?P<name>\w+)\(\s*(?:[^()\"'\n]{1,80},\s*)?[\"'](?P<variable>[A-Z][A-Z0-9]*_[A-Z0-9_]+)[\"']"
)
NAMED_CALL = re.compile(
    rb"(?<![\w.])(?P<name>\w+)\(\s*(?:[^()\"'\n]{1,80},\s*)?(?P<variable>[Ee]nv[A-Z_]\w*|ENV_\w+)\s*[,)]"
)
"""A call with a constant that is called after what it names."""
CONSTANT = re.compile(
    rb"^[ \t]*(?:const\s+)?([Ee]nv[A-Z_]\w*|ENV_\w+)(?:\s+string)?\s*=\s*\"([A-Z][A-Z0-9_]+)\"", re.MULTILINE
)
IMPORTED = re.compile(
    rb"^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\(([^)]{1,2000})\)|([^\n(]+))", re.MULTILINE
)

Key = tuple[str, bytes]
"""A function where its name holds: Go's in the folder of its package, Python's in every file that imports it."""


@dataclass
class FarHelpers:
    """What files say of such functions, put together when all are seen."""

    _direct: set[Key] = field(default_factory=set)
    _passes: list[tuple[Key, Key]] = field(default_factory=list)
    _calls: list[tuple[str, Key, Read]] = field(default_factory=list)
    _constants: dict[Key, str] = field(default_factory=dict)

    def see(self, path: str, language: str, source: bytes) -> None:
        head = HEADS.get(language)
        if head is None:
            return
        place = path.rpartition("/")[0] if language == "Go" else "*"
        for found in islice(head.finditer(source), MOST):
            self._define(
                (place, found["name"]), language, found["given"], _body(source, found.end(), language)
            )
        at_hand = _at_hand(source) if language == "Python" else None
        for call in islice(CALL.finditer(source), MOST):
            if at_hand is None or call["name"] in at_hand:
                line = source.count(b"\n", 0, call.start("variable")) + 1
                read = Read(call["variable"].decode(), line, None, False)
                self._calls.append((path, (place, call["name"]), read))
        if language == "Go":
            self._name(path, place, source)

    def reads(self) -> Iterator[tuple[str, Read]]:
        """Calls, with a variable's name, of functions that read it themselves or hand it on to one that does."""
        known = set(self._direct)
        while more := {giver for giver, taker in self._passes if taker in known} - known:
            known |= more
        for path, key, read in self._calls:
            name = self._constants.get((key[0], read.name.encode()), read.name)
            if key in known and name.isupper():
                yield path, replace(read, name=name)

    def _name(self, path: str, place: str, source: bytes) -> None:
        """Constants of a package, and calls that name one."""
        self._constants |= {(place, name): value.decode() for name, value in CONSTANT.findall(source)}
        for call in islice(NAMED_CALL.finditer(source), MOST):
            line = source.count(b"\n", 0, call.start("variable")) + 1
            self._calls.append(
                (path, (place, call["name"]), Read(call["variable"].decode(), line, None, False))
            )

    def _define(self, key: Key, language: str, given: bytes, body: bytes) -> None:
        for name in PARAMETER[language].findall(given):
            if re.search(READS[language] % re.escape(name), body):
                self._direct.add(key)
            for taker in re.findall(PASSED % re.escape(name), body):
                self._passes.append((key, (key[0], taker)))


def _body(source: bytes, start: int, language: str) -> bytes:
    body = source[start : start + BODY]
    end = ENDS[language].search(body, 1)
    return body[: end.start()] if end else body


def _at_hand(source: bytes) -> set[bytes]:
    """Names that a Python file imports from others or defines."""
    lists = (first or second for first, second in IMPORTED.findall(source))
    imported = {word for names in lists for word in re.findall(rb"\w+", names)}
    return imported | {found["name"] for found in HEADS["Python"].finditer(source)}
