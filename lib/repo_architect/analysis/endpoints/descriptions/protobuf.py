"""Protocol buffers: methods of services, and the HTTP routes that their options give them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints.descriptions.described import Described
from repo_architect.analysis.endpoints.descriptions.options import Method, methods

_HTTP = re.compile(r"\b(get|put|post|delete|patch)\s*[:=]\s*\"(/[^\"]*)\"")
_CUSTOM = re.compile(r"\bkind\s*:\s*\"([^\"]+)\"[\s,]*path\s*:\s*\"([^\"]+)\"")
_METHOD = re.compile(r"\bmethod\s*:\s*\"?([A-Z]+)\b")
_PATH = re.compile(r"\bpath\s*:\s*\"(/[^\"]*)\"")
_MESSAGE = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")


def read(text: str) -> Iterator[Described]:
    """`RPC /package.Service/Method`, and each HTTP binding of it."""
    for one in methods(text):
        handler, package = f"{one.service}.{one.name}", f"{one.package}." if one.package else ""
        yield Described("RPC", f"/{package}{one.service}/{one.name}", "gRPC", handler, one.line)
        for verb, path, offset in _bindings(one):
            line = one.body_line + one.body.count("\n", 0, offset)
            yield Described(verb.upper(), path, "gRPC", handler, line)


def _bindings(one: Method) -> Iterator[tuple[str, str, int]]:
    """(method, path, offset in the body): google.api.http, and options whose messages have a `method` and a `path`."""
    if "google.api.http" in one.body:
        for pattern in (_HTTP, _CUSTOM):
            for binding in pattern.finditer(one.body):
                yield binding.group(1), binding.group(2), binding.start()
        return
    for message in _MESSAGE.finditer(one.body, max(one.body.find("option"), 0)):
        yield from _described(message.group(), message.start())


def _described(message: str, start: int) -> Iterator[tuple[str, str, int]]:
    """A message's own method and path, else those of the messages in it."""
    verb, path = _METHOD.search(message), _PATH.search(message)
    if verb is None or path is None:
        return
    inner = list(_MESSAGE.finditer(message, 1))
    if any(_METHOD.search(one.group()) for one in inner):
        for one in inner:
            yield from _described(one.group(), start + one.start())
    else:
        yield verb.group(1), path.group(1), start + path.start()
