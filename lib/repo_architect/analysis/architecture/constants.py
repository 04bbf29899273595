"""Constants of Java and Kotlin that hold a name or an address: what each stands for, and which files speak of it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from repo_architect.analysis.syntax import ParsedFile
from repo_architect.contracts import Evidence

_DEFINED = re.compile(
    rb"(?:(?:s(?<!\ws)tatic\s+final|f(?<!\wf)inal\s+static|f(?<!\wf)inal)\s+(?:java\.lang\.)?String|c(?<!\wc)onst\s+val|\n[^\S\n]*(?:public\s+)?String)\s+(\w+)\s*(?::\s*String\s*)?=\s*\"([^\"\n]{1,200})\"\s*(?:;|$)",
    re.MULTILINE,
)
_SPOKEN = re.compile(rb"[A-Z](?<!\w[A-Z])[A-Z0-9]*(?:_[A-Z0-9]+)*\b")
_KEPT = 3
"""How many lines of a file that speak of a name are kept."""
_ASIDE = (b"import ", b"//", b"*")
_ENUM = re.compile(rb"\benum\s+(?:class\s+)?(\w*(?:Service|App|Module|Client)\w*)\b[^{]*\{", re.IGNORECASE)
_MEMBER = re.compile(rb"\b([A-Z][A-Z0-9_]+)\s*\(\s*\"([\w.-]{3,80})\"")
_QUALIFIED = re.compile(
    rb"(?=[A-Z](?<!\w[A-Z])\w*+\.[A-Z])([A-Z]\w*(?:[Ss]ervice|[Aa]pp|[Mm]odule|[Cc]lient)\w*|Service|App|Module)\.([A-Z][A-Z0-9_]+)\b"
)
_ASKS = re.compile(rb"\w*(?:getFor|postFor|exchange|uri|delete|patchFor)\w*\(\s*$")
_NAME = re.compile(r"\b([A-Z][A-Z0-9_]+)\s*(?::\s*String\s*)?=\s*$")


class Constant(NamedTuple):
    """A name in capitals and its text, with the line that says so."""

    name: str
    value: str
    path: str
    line: int

    @property
    def evidence(self) -> Evidence:
        return Evidence(path=self.path, line=self.line)


class Constants:
    """Seen by the one scan of the sources."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Constant]] = defaultdict(list)
        self.members: dict[tuple[str, str], Constant] = {}
        self._named: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._spoken: dict[str, dict[str, tuple[tuple[int, str], ...]]] = defaultdict(dict)

    def see(self, file: ParsedFile) -> None:
        self._see_names(file)
        # the newline put before it begins the first line as one begins each of the others
        text = b"\n" + file.source
        for match in _DEFINED.finditer(text):
            name, value = (part.decode("utf-8", "replace") for part in match.groups())
            if name.upper() == name:
                self._by_name[name].append(
                    Constant(name, value, file.path, text.count(b"\n", 0, match.start(1)))
                )
        for word, found in _spoken(text).items():
            self._spoken[word.decode()][file.path] = tuple(found)

    def _see_names(self, file: ParsedFile) -> None:
        """Enumerations of names: `PAYMENTS("shop.payments")`, and who speaks of their members."""
        kind = _ENUM.search(file.source) if b"enum" in file.source.lower() else None
        if kind:
            for match in _MEMBER.finditer(file.source, kind.end()):
                line = file.source.count(b"\n", 0, match.start(1)) + 1
                name, value = (part.decode("utf-8", "replace") for part in match.groups())
                self.members[kind[1].decode(), name] = Constant(name, value, file.path, line)
        for match in _QUALIFIED.finditer(file.source):
            key = match[1].decode(), match[2].decode()
            if file.path not in self._named[key]:
                self._named[key][file.path] = file.source.count(b"\n", 0, match.start()) + 1

    def speakers_of(self, kind: str, name: str) -> list[Evidence]:
        """The first line of each file that speaks of a member of an enumeration."""
        return [
            Evidence(path=path, line=line) for path, line in sorted(self._named.get((kind, name), {}).items())
        ]

    def value(self, written: str, path: str) -> Constant | None:
        """What `Names.ORDERS` stands for in a file: the constant of the closest folder, None where two say different things."""
        found = self._by_name.get(written.rpartition(".")[2], [])
        close = max((_shared(constant.path, path) for constant in found), default=0)
        near = [constant for constant in found if _shared(constant.path, path) == close]
        return near[0] if len({constant.value for constant in near}) == 1 else None

    def named(self, context: str) -> str | None:
        """The name of the constant that a line gives a text, from what stands before the text."""
        match = _NAME.search(context)
        return match[1] if match and match[1] in self._by_name else None

    def speakers(self, name: str, path: str, line: int) -> list[tuple[Evidence, str]]:
        """The lines that speak of a constant of a file, one for each file, without the one that defines it; and what call it is said in."""
        found = []
        for file, lines in sorted(self._spoken.get(name, {}).items()):
            other = [(number, call) for number, call in lines if (file, number) != (path, line)]
            meant = self.value(name, file)
            if other and meant is not None and (meant.path, meant.line) == (path, line):
                number, call = max(other, key=lambda entry: bool(entry[1]))
                found.append((Evidence(path=file, line=number), call))
        return found


def _spoken(text: bytes) -> dict[bytes, list[tuple[int, str]]]:
    """The first lines of code that speak of each name in capitals, and what call it is said in; a newline begins the text."""
    found: dict[bytes, list[tuple[int, str]]] = {}
    number = counted = 0
    for match in _SPOKEN.finditer(text):
        known = found.get(match[0], ())
        if len(known) == _KEPT:
            continue
        at = match.start()
        number, counted = number + text.count(b"\n", counted, at), at
        before = text[text.rfind(b"\n", 0, at) + 1 : at]
        if before.lstrip().startswith(_ASIDE):
            continue
        asks = _ASKS.search(before) if before.rstrip().endswith(b"(") else None
        found.setdefault(match[0], []).append((number, asks[0].decode("utf-8", "replace") if asks else ""))
    return found


def _shared(one: str, other: str) -> int:
    """How many folders two paths begin with."""
    count = 0
    for a, b in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if a != b:
            break
        count += 1
    return count
