"""Ktor: `routing { route("/x") { get("/y") { … } } }`, with functions on Route that are called inside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found

VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_TOKEN = re.compile(
    r"//[^\n]*|/\*[\s\S]*?\*/|\"\"\"[\s\S]*?\"\"\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])'"
    r"|(?P<close>\})|(?P<open>\b(?P<word>\w+)\s*(?:<[^<>]*>)?\s*(?:\((?P<arguments>(?:[^()]|\([^()]*\))*)\))?\s*\{)|(?P<brace>\{)"
    r"|\b(?P<called>\w+)\(\s*\)"
)
_FUNCTION = re.compile(r"\bfun\s+(?:Route|Routing|Application)\.(\w+)\s*\([^)]*\)\s*(?::\s*\w+\s*)?\{")
_PATH = re.compile(r"^[ \t]*(?:path\s*=\s*)?\"([^\"]*)\"")


def read(_: str, text: str) -> Iterator[Found]:
    """Routes of every block `routing`, and of functions on Route that no block of the file calls."""
    text = _with_constants(text)
    bodies = {found.group(1): found.end() for found in _FUNCTION.finditer(text)}
    used: set[str] = set()
    seen: list[Found] = []
    for opened in re.finditer(r"\brouting\s*\{", text):
        seen.extend(_block(text, opened.end(), "", (bodies, used), 0))
    for name, start in bodies.items():
        if name not in used:
            seen.extend(_block(text, start, "", (bodies, used), 0))
    yield from dict.fromkeys(seen)


_CONSTANT = re.compile(r"\bconst\s+val\s+(\w+)\s*(?::\s*String\s*)?=\s*\"([^\"\n$]*)\"")
_USE = re.compile(r"(?<=[(\s])(?:[\w.]+\.)?([A-Z][A-Z0-9_]+)(?=\s*[,)])")


def _with_constants(text: str, known: dict[str, str] | None = None) -> str:
    """The text with the file's constants in the place of their names, where they are arguments."""
    constants = {**(known or {}), **dict(_CONSTANT.findall(text))}
    if not constants:
        return text
    return _USE.sub(
        lambda used: f'"{constants[used.group(1)]}"' if used.group(1) in constants else used.group(), text
    )


def _block(
    text: str, start: int, prefix: str, functions: tuple[dict[str, int], set[str]], depth: int
) -> Iterator[Found]:
    """The routes of a block that begins at `start`."""
    stack = [prefix]
    for token in _TOKEN.finditer(text, start):
        if token["close"]:
            stack.pop()
            if not stack:
                return
        elif token["open"] or token["brace"]:
            yield from _opened(text, token, stack)
        elif token["called"] in functions[0] and depth < 10:
            functions[1].add(token["called"])
            yield from _block(text, functions[0][token["called"]], stack[-1], functions, depth + 1)


def _opened(text: str, token: re.Match[str], stack: list[str]) -> Iterator[Found]:
    word = token["word"] or ""
    path = _PATH.match(token["arguments"] or "")
    typed = re.search(r"<\s*(?:\w+\.)*(\w+)", token["open"] or "") if word in VERBS else None
    if typed is not None and (resource := _resource(text, typed.group(1))):
        whole = paths.join(stack[-1], resource)
        yield Found(word.upper(), whole, "Ktor", None, text.count("\n", 0, token.start()) + 1)
    elif word in VERBS and not (token["arguments"] and path is None):
        whole = paths.join(stack[-1], _rooted(path.group(1))) if path else stack[-1]
        yield Found(word.upper(), whole or "/", "Ktor", None, text.count("\n", 0, token.start()) + 1)
    within = re.search(r"HttpMethod\.(\w+)", token["arguments"] or "")
    if word in ("route", "method") and within is not None:
        whole = paths.join(stack[-1], _rooted(path.group(1))) if path else stack[-1]
        yield Found(
            within.group(1).upper(), whole or "/", "Ktor", None, text.count("\n", 0, token.start()) + 1
        )
    if word == "sse" and path is not None:
        whole = paths.join(stack[-1], _rooted(path.group(1)))
        yield Found("GET", whole, "Ktor", None, text.count("\n", 0, token.start()) + 1)
    if word == "webSocket" and path is not None:
        yield Found(
            "WS",
            paths.join(stack[-1], _rooted(path.group(1))),
            "Ktor",
            None,
            text.count("\n", 0, token.start()) + 1,
        )
    stack.append(paths.join(stack[-1], _rooted(path.group(1))) if word == "route" and path else stack[-1])


def _rooted(path: str) -> str:
    return path if path.startswith("/") or not path else "/" + path


def _resource(text: str, name: str, depth: int = 0) -> str:
    """The path of a class with `@Resource`, below that of its `parent`."""
    found = re.search(
        rf"@Resource\(\s*\"([^\"]*)\"\s*\)\s*(?:data\s+)?(?:class|object)\s+{re.escape(name)}\b\s*(\([^()]*(?:\([^()]*\)[^()]*)*\))?",
        text,
    )
    if found is None or depth > 5:
        return ""
    parent = re.search(r"\bval\s+parent\s*:\s*(?:\w+\.)*(\w+)", found.group(2) or "")
    above = _resource(text, parent.group(1), depth + 1) if parent else ""
    return paths.join(above, _rooted(found.group(1)))
