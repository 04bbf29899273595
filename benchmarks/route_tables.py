"""An application's own route table, for `benchmarks.endpoints --table`. Never part of the product: it runs the application.

    python route_tables.py flask    'package:create_app()'  > truth.json     # in the application's own environment
    python route_tables.py fastapi  'package.main:app'      > truth.json     # Starlette as well
    python route_tables.py aiohttp  'package.main:app'      > truth.json

The folder it is started in is the source: routes whose handlers are of other packages (/static, extensions' pages) are left
out, and so are HEAD, OPTIONS and websockets. The file stands alone, so that it needs nothing but the application.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Pair = tuple[str, str]
ADDED = frozenset({"HEAD", "OPTIONS"})


def is_own(handler: Any) -> bool:
    """Whether a handler, below its decorators, was written in the folder this was started in."""
    while hasattr(handler, "__wrapped__"):
        handler = handler.__wrapped__
    handler = getattr(handler, "view_class", None) or getattr(handler, "func", handler)
    module = sys.modules.get(getattr(handler, "__module__", ""))
    path = Path(getattr(module, "__file__", None) or "/").resolve()
    return path.is_relative_to(Path.cwd()) and "site-packages" not in path.parts


def flask(app: Any) -> Iterator[Pair]:
    for rule in app.url_map.iter_rules():
        if is_own(app.view_functions[rule.endpoint]) and not rule.endpoint.endswith("static"):
            yield from ((method, rule.rule) for method in rule.methods - ADDED)


def fastapi(app: Any, prefix: str = "") -> Iterator[Pair]:
    for route in app.routes:
        methods = getattr(route, "methods", None)
        below = getattr(route, "app", None)
        if methods is not None and is_own(route.endpoint):
            yield from ((method, prefix + route.path) for method in methods - ADDED)
        elif methods is None and hasattr(below, "routes"):
            yield from fastapi(below, prefix + route.path)


def aiohttp(app: Any) -> Iterator[Pair]:
    for route in app.router.routes():
        if route.resource is not None and route.method not in ADDED and is_own(route.handler):
            yield route.method.replace("*", "ANY"), route.resource.canonical


WALKERS: dict[str, Callable[[Any], Iterator[Pair]]] = {"flask": flask, "fastapi": fastapi, "aiohttp": aiohttp}


def application(target: str) -> Any:
    """`module:name`, `module:factory()`."""
    sys.path.insert(0, os.curdir)
    module, _, name = target.partition(":")
    found = getattr(importlib.import_module(module), name.removesuffix("()"))
    return found() if name.endswith("()") else found


if __name__ == "__main__":
    json.dump(sorted(set(WALKERS[sys.argv[1]](application(sys.argv[2])))), sys.stdout)
