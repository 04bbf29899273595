"""Go routers that no row names, known by what they are called: `route.New()`, `*mux.Router` of a package `…/mux`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks import go
from repo_architect.analysis.endpoints.frameworks.common import nothing
from repo_architect.analysis.endpoints.frameworks.express import join
from repo_architect.analysis.endpoints.router import Kind, Method, Router
from repo_architect.analysis.endpoints.values import Arguments, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

_NAME = re.compile(
    r"^[\w-]+(?:\.[\w-]+)+/((?:[\w.-]+/)*(?:route|router|mux))\.(?:New|(?:New)?(?:Router|Mux|ServeMux))$"
)
_PATH = re.compile(r"^(?:\ue000[^\ue001]*\ue001)?/")
_VERBS = {**dict.fromkeys(go.VERBS), "DEL": "DELETE"}


@lru_cache(maxsize=1_000)
def kind_of(name: str) -> Kind | None:
    """The kind of router that a constructor or a type makes, by its dotted name."""
    found = _NAME.match(name)
    return Kind(found.group(1), nothing, METHODS, join=join, fluent=True) if found else None


def _verb(method: str) -> Method:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        if len(arguments.positional) > 1 and _PATH.match(run.text(arguments.get(0))):
            run.add(router, method, run.text(arguments.get(0)), _handler(arguments), arguments)
        return router

    return made


def _handle(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`Handle("/x", h)` or `Handle("GET", "/x", h)`."""
    first = run.text(arguments.get(0))
    if first in go.VERBS and len(arguments.positional) > 2:
        rest = Arguments(arguments.positional[1:], {}, arguments.line, arguments.site)
        return _verb(first)(run, router, rest)
    return _verb("ANY")(run, router, arguments)


def _handler(arguments: Arguments) -> Value:
    return arguments.positional[-1]


METHODS: dict[str, Method] = {
    **{spelled: _verb(method or verb) for verb, method in _VERBS.items() for spelled in (verb, verb.title())},
    **dict.fromkeys(("Any", "All"), _verb("ANY")),
    **dict.fromkeys(("Handle", "HandleFunc", "Handler", "HandlerFunc"), _handle),
    **dict.fromkeys(("Group", "Route", "WithPrefix"), go.GIN.methods["Group"]),
    "Mount": go.CHI.methods["Mount"],
}
