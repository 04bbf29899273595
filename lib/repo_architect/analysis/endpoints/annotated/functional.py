"""Spring's functional routes: `route(GET("/x"), h)`, `route().GET("/x", h).path("/y", …)`, Kotlin's `router { … }`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints import paths

_USED = re.compile(r"\bRouterFunctions?\b|\b(?:co)?[rR]outer\s*\{")
_TOKEN = re.compile(
    r"//[^\n]*|/\*[\s\S]*?\*/"
    r"|(?P<kotlin>\(?\s*\"(?P<below>/[^\"]*|)\"(?:\s+and\s+[^\n{]*?\))?\s*\)?\s*\.\s*nest\s*\{)"
    r"|(?P<nest>\b(?:nest|andNest|path)\s*\(\s*(?:(?:RequestPredicates\s*\.\s*)?(?:path|pathPrefix)\s*\(\s*)?(?P<prefix>\"[^\"\n]*\"|[A-Z][A-Z_]+)"
    r"(?P<closed>\s*\)\s*\.\s*nest\s*\{)?)"
    r"|(?P<route>(?<![\w.])(?:RequestPredicates\s*\.\s*)?(?P<verb>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)"
    r"\s*\(\s*(?P<path>\"[^\"\n]*\"|[A-Z][A-Z_]+)|\.\s*(?P<chained>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s*\(\s*(?P<given>\"[^\"\n]*\"|[A-Z][A-Z_]+))"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])'|(?P<open>[({])|(?P<close>[)}])"
)
_HANDLER = re.compile(r"[^;{]{0,160}?\b([\w.]+)::(\w+)")
_CONSTANT = re.compile(r"\b([A-Z][A-Z_]+)\s*(?::\s*String\s*)?=\s*\"([^\"\n]*)\"")


def routes(text: str) -> Iterator[tuple[str, str, str | None, int]]:
    """(method, path, handler, line) of each route of a Java or Kotlin file."""
    if _USED.search(text) is None:
        return
    constants = dict(_CONSTANT.findall(text))
    stack: list[tuple[str, bool]] = [("", False)]
    for token in _TOKEN.finditer(text):
        prefix = stack[-1][0]
        if token["kotlin"]:
            stack.append((paths.join(prefix, token["below"]), True))
        elif token["nest"]:
            stack.append((paths.join(prefix, _text(token["prefix"], constants)), True))
            stack.extend([stack[-1]] * (_inner(token["nest"]) - 1))
            if token["closed"]:
                del stack[-1 - _inner(token["nest"].partition(")")[0]) :]
                stack.append((paths.join(prefix, _text(token["prefix"], constants)), True))
        elif token["route"]:
            path = _text(token["path"] or token["given"], constants)
            whole = paths.join(prefix, path) or "/"
            handler = _HANDLER.match(text, token.end())
            name = f"{handler.group(1)}.{handler.group(2)}" if handler else None
            line = text.count("\n", 0, token.start("verb") if token["verb"] else token.start("chained")) + 1
            if path.startswith(("/", paths.OPEN)) or not path:
                yield token["verb"] or token["chained"], whole, name, line
            stack.append((prefix, False))
        elif token["open"]:
            stack.append((prefix, False))
        elif token["close"] and len(stack) > 1:
            _close(stack, text, token)


def _close(stack: list[tuple[str, bool]], text: str, token: re.Match[str]) -> None:
    """Close a bracket; `path("/x")` inside of `nest(path("/x"), …)` closes without ending the nest."""
    stack.pop()
    del text, token


def _inner(nest: str) -> int:
    return nest.count("(")


def _text(written: str, constants: dict[str, str]) -> str:
    if written.startswith('"'):
        return written[1:-1]
    return constants.get(written) or paths.hole(written)
