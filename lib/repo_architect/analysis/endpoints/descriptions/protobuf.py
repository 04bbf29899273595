"""Protocol buffers: methods of services, and the HTTP routes that google.api.http gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from repo_architect.analysis.endpoints.descriptions.described import Described

_NOISE = re.compile(r"//[^\n]*|/\*[\s\S]*?\*/")
_PACKAGE = re.compile(r"^\s*package\s+([\w.]+)\s*;", re.MULTILINE)
_ITEM = re.compile(r"\bservice\s+(\w+)\s*\{|\brpc\s+(\w+)\s*\(")
_HTTP = re.compile(r"\b(get|put|post|delete|patch)\s*:\s*\"([^\"]+)\"")
_CUSTOM = re.compile(r"\bkind\s*:\s*\"([^\"]+)\"[\s,]*path\s*:\s*\"([^\"]+)\"")


def read(text: str) -> Iterator[Described]:
    """`RPC /package.Service/Method`, and each HTTP binding of it."""
    plain = _NOISE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    package = _PACKAGE.search(plain)
    prefix, service = f"{package.group(1)}." if package else "", ""
    items = list(_ITEM.finditer(plain))
    for item, following in zip_longest(items, items[1:]):
        if item.group(1):
            service = item.group(1)
            continue
        line = plain.count("\n", 0, item.start(2)) + 1
        handler = f"{service}.{item.group(2)}"
        yield Described("RPC", f"/{prefix}{service}/{item.group(2)}", "gRPC", handler, line)
        body = plain[item.end() : following.start() if following else len(plain)]
        yield from _bindings(body, handler, plain.count("\n", 0, item.end()) + 1)


def _bindings(body: str, handler: str, line: int) -> Iterator[Described]:
    if "google.api.http" not in body:
        return
    for pattern in (_HTTP, _CUSTOM):
        for binding in pattern.finditer(body):
            yield Described(
                binding.group(1).upper(),
                binding.group(2),
                "gRPC",
                handler,
                line + body.count("\n", 0, binding.start()),
            )
