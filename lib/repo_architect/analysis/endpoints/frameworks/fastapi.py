"""FastAPI: applications and routers, whose prefix goes into a path when the route is added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks import starlette
from repo_architect.analysis.endpoints.frameworks.common import (
    VERBS,
    decorator,
    known_text,
    methods_of,
    prefixed,
    view_decorator,
)
from repo_architect.analysis.endpoints.router import Kind, Method, Router
from repo_architect.analysis.endpoints.values import Arguments, ClassValue, Closure, Native, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def _construct(run: Interpreter, router: Router, arguments: Arguments) -> None:
    router.attributes["prefix"] = known_text(run, arguments.get(None, "prefix"))
    starlette.construct(run, router, arguments)


def _include_router(run: Interpreter, router: Router, arguments: Arguments) -> None:
    child = run.router(arguments.get(0, "router"))
    if child is not None:
        router.mount(_joined(router.prefix, known_text(run, arguments.get(None, "prefix"))), child)


def _verb(verb: str) -> Method:
    """`@router.get(path)`, through `add_api_route` where a subclass has its own."""
    plain = decorator(verb)

    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        path = run.text(arguments.get(0, "path"))
        own = run.attribute(router, "add_api_route") if router.cls is not None else None
        if own is None or not isinstance(own, Closure):
            return plain(run, router, arguments)

        def decorate(run: Interpreter, given: Arguments) -> Value:
            passed = {**arguments.keywords, "methods": [verb.upper()]}
            passed.pop("path", None)
            run.call(own, Arguments([path, given.get(0)], passed, arguments.line, arguments.site))
            return given.get(0)

        return Native(decorate)

    return made


def _add_api_route(run: Interpreter, router: Router, arguments: Arguments) -> None:
    path = prefixed(router, run.text(arguments.get(0, "path")))
    for method in methods_of(run, arguments.get(None, "methods"), ("GET",)):
        run.add(router, method, path, arguments.get(1, "endpoint"), arguments)


def _websocket(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    given = Arguments(
        [prefixed(router, run.text(arguments.get(0, "path")))], {}, arguments.line, arguments.site
    )
    return starlette.websocket_decorator(run, router, given)


def _class_view(run: Interpreter, arguments: Arguments) -> Value:
    """fastapi-utils' `@cbv(router)`: the methods carry their own decorators."""
    del run, arguments
    return Native(lambda _, given: given.get(0) if isinstance(given.get(0), ClassValue) else None)


def _joined(prefix: str, path: str) -> str:
    return prefix + path


FASTAPI = Kind(
    "FastAPI",
    _construct,
    {
        **starlette.METHODS,
        **{verb: _verb(verb) for verb in (*VERBS, "trace")},
        "add_api_route": _add_api_route,
        "add_api_websocket_route": starlette.add_websocket_route,
        "api_route": view_decorator(),
        "include_router": _include_router,
        "websocket": _websocket,
    },
    join=_joined,
)
KINDS = dict.fromkeys(
    (
        "fastapi.APIRouter",
        "fastapi.FastAPI",
        "fastapi.applications.FastAPI",
        "fastapi.routing.APIRouter",
        "fastapi_utils.inferring_router.InferringRouter",
    ),
    FASTAPI,
)
FUNCTIONS = {"fastapi_utils.cbv.cbv": _class_view}
