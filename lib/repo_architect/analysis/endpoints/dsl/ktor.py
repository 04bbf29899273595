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
_PATH = re.compile(r"^\s*(?:path\s*=\s*)?\"([^\"]*)\"")


def read(_: str, text: str) -> Iterator[Found]:
    """Routes of every block `routing`, and of functions on Route that no block of the file calls."""
    bodies = {found.group(1): found.end() for found in _FUNCTION.finditer(text)}
    used: set[str] = set()
    seen: list[Found] = []
    for opened in re.finditer(r"\brouting\s*\{", text):
        seen.extend(_block(text, opened.end(), "", (bodies, used), 0))
    for name, start in bodies.items():
        if name not in used:
            seen.extend(_block(text, start, "", (bodies, used), 0))
    yield from dict.fromkeys(seen)


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
    if word in VERBS and not (token["arguments"] and path is None):
        whole = paths.join(stack[-1], _rooted(path.group(1))) if path else stack[-1]
        yield Found(word.upper(), whole or "/", "Ktor", None, text.count("\n", 0, token.start()) + 1)
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
