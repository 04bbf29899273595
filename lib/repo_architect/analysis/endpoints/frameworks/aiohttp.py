"""aiohttp: applications, route tables, sub-applications."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import (
    VERBS,
    add_all,
    add_view,
    decorator,
    nothing,
    view_decorator,
)
from repo_architect.analysis.endpoints.router import Kind, Method, Router
from repo_architect.analysis.endpoints.values import UNKNOWN, Arguments, Declared, External, Native, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def _add_verb(verb: str) -> Method:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        run.add(router, verb, run.text(arguments.get(0, "path")), arguments.get(1, "handler"), arguments)
        return UNKNOWN

    return made


def _add_route(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    method = run.force(arguments.get(0, "method"))
    name = method.name.rpartition("METH_")[2] if isinstance(method, External) else run.text(method)
    path = run.text(arguments.get(1, "path"))
    run.add(router, name.replace("*", "ANY"), path, arguments.get(2, "handler"), arguments)
    return UNKNOWN


def _add_view(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    add_view(
        run,
        router,
        run.text(arguments.get(0, "path")),
        arguments.get(1, "handler"),
        arguments,
        default=("ANY",),
    )
    return UNKNOWN


def _add_routes(run: Interpreter, router: Router, arguments: Arguments) -> None:
    add_all(run, router, arguments.get(0, "routes"))


def _add_subapp(run: Interpreter, router: Router, arguments: Arguments) -> None:
    child = run.router(arguments.get(1, "subapp"))
    if child is not None:
        router.mount(run.text(arguments.get(0, "prefix")), child)


def _add_resource(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    path = arguments.get(0, "path")

    def add(run: Interpreter, router: Router, given: Arguments) -> Value:
        return _add_route(
            run, router, Arguments([given.get(0), path, given.get(1)], {}, given.line, given.site)
        )

    resource = run.new_router(Kind("aiohttp", nothing, {"add_route": add}), router.site)
    router.mount("", resource)
    return resource


def _declared(method: Method) -> Callable[[Interpreter, Arguments], Value]:
    def made(_: Interpreter, arguments: Arguments) -> Value:
        return Declared(lambda run, router: method(run, router, arguments))

    return made


def _route_decorator(_: Interpreter, router: Router, arguments: Arguments) -> Value:
    def decorate(run: Interpreter, given: Arguments) -> Value:
        return _add_route(
            run,
            router,
            Arguments([*arguments.positional[:2], given.get(0)], {}, arguments.line, arguments.site),
        )

    return Native(decorate)


APPLICATION = Kind(
    "aiohttp",
    nothing,
    {
        **{f"add_{verb}": _add_verb(verb) for verb in VERBS},
        "add_resource": _add_resource,
        "add_route": _add_route,
        "add_routes": _add_routes,
        "add_subapp": _add_subapp,
        "add_view": _add_view,
    },
)
TABLE = Kind(
    "aiohttp",
    nothing,
    {
        **{verb: decorator(verb) for verb in VERBS},
        "route": _route_decorator,
        "view": view_decorator(default=("ANY",)),
    },
)
KINDS = {
    **dict.fromkeys(("aiohttp.web.Application", "aiohttp.web_app.Application"), APPLICATION),
    **dict.fromkeys(("aiohttp.web.RouteTableDef", "aiohttp.web_routedef.RouteTableDef"), TABLE),
}
FUNCTIONS = {
    **{f"aiohttp.web.{verb}": _declared(_add_verb(verb)) for verb in VERBS},
    "aiohttp.web.route": _declared(_add_route),
    "aiohttp.web.view": _declared(_add_view),
}
