"""Phoenix's and Plug's routers, read line by line with a stack of the scopes that are open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found, resource, without_documents

VERBS = frozenset({"get", "post", "put", "patch", "delete", "options", "head"})
_ALL = ("index", "new", "create", "show", "edit", "update", "delete")
_CREATE: dict[str, tuple[tuple[str, str], ...]] = {"create": (("POST", ""),)}
_LINE = re.compile(r"^(\w+)\s*\(?\s*[\"']([^\"']*)[\"']\s*(.*)$")
_MATCH = re.compile(r"^match\s*\(?\s*(:\*|:\w+|\[[^\]]*\])\s*,\s*[\"']([^\"']*)[\"']\s*(.*)$")
_DOCUMENT = re.compile(r"(\"{3}|'{3})")
_LIST = re.compile(r"\b(only|except):\s*\[([^\]]*)\]")


def read(_: str, text: str) -> Iterator[Found]:
    stack: list[str] = []
    for number, line in _lines(without_documents(text, _DOCUMENT, lambda opened: opened.group(1))):
        if line == "end":
            if stack:
                stack.pop()
            continue
        found = _LINE.match(line)
        prefix = stack[-1] if stack else ""
        below = prefix
        if found is not None:
            word, path, rest = found.groups()
            yield from _line(prefix, word, path, rest, number)
            if word in ("scope", "resources"):
                single = path.strip("/").rpartition("/")[2].removesuffix("s")
                below = paths.join(prefix, path) + (f"/:{single}_id" if word == "resources" else "")
        elif (match := _MATCH.match(line)) is not None:
            yield from _matched(prefix, match, number)
        elif line.startswith("scope") and (given := re.search(r"path:\s*[\"']([^\"']*)", line)):
            below = paths.join(prefix, given.group(1))
        if re.search(r"\bdo\s*$|(?:^|\s)fn\b.*->\s*$", line):
            stack.append(below.rstrip("/"))


def _matched(prefix: str, match: re.Match[str], line: int) -> Iterator[Found]:
    """`match [:get, :post], "/x", C, :a`; `:*` is any method."""
    for verb in re.findall(r"\w+|\*", match.group(1)):
        for one in _line(prefix, "match", match.group(2), match.group(3), line):
            yield replace(one, method="ANY" if verb == "*" else verb.upper())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    held, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        plain = re.sub(r"(^|\s)#.*$", "", line).strip()
        start = start if held else number
        held = f"{held} {plain}".strip()
        if not held.endswith(","):
            yield start, held
            held = ""


def _line(prefix: str, word: str, path: str, rest: str, line: int) -> Iterator[Found]:
    controller = re.match(r",\s*([\w.]+)\s*(?:,\s*:(\w+))?", rest)
    name = controller.group(1) if controller else None
    whole = paths.join(prefix, path) or "/"
    if word in VERBS:
        handler = f"{name}.{controller.group(2)}" if controller and controller.group(2) else name
        yield Found(word.upper(), whole, "Phoenix", handler, line)
    elif word == "live":
        yield Found("GET", whole, "Phoenix", name, line)
    elif word == "resources":
        actions: tuple[str, ...] = _ALL
        chosen = _LIST.search(rest)
        if chosen is not None:
            listed = set(re.findall(r"\w+", chosen.group(2)))
            actions = tuple(action for action in actions if (action in listed) == (chosen.group(1) == "only"))
        for action, method, below in resource(actions, ":id", "singleton: true" in rest, _CREATE):
            yield Found(method, whole + below, "Phoenix", f"{name}.{action}", line)
    elif word in ("forward", "match", "live_dashboard"):
        yield Found("GET" if word == "live_dashboard" else "ANY", whole, "Phoenix", name, line)
