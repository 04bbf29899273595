"""Starlette: routes as values, mounts, endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import add_all, add_view, view_decorator
from repo_architect.analysis.endpoints.router import Kind, Router, Site
from repo_architect.analysis.endpoints.values import Arguments, Declared, Native, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def construct(run: Interpreter, router: Router, arguments: Arguments) -> None:
    add_all(run, router, arguments.get(None, "routes") or _first_list(run, arguments))


def _first_list(run: Interpreter, arguments: Arguments) -> Value:
    return next((given for given in map(run.force, arguments.positional) if isinstance(given, list)), None)


def add_route(run: Interpreter, router: Router, arguments: Arguments) -> None:
    add_view(
        run,
        router,
        run.text(arguments.get(0, "path")),
        arguments.get(1, "endpoint", "route"),
        arguments,
        default=("GET",),
    )


def add_websocket_route(run: Interpreter, router: Router, arguments: Arguments) -> None:
    run.add(
        router, "WS", run.text(arguments.get(0, "path")), arguments.get(1, "endpoint", "route"), arguments
    )


def websocket_decorator(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    path = run.text(arguments.get(0, "path"))

    def decorate(run: Interpreter, given: Arguments) -> None:
        run.add(router, "WS", path, given.get(0), arguments)

    return Native(decorate)


def mount(run: Interpreter, router: Router, arguments: Arguments) -> None:
    child = run.router(arguments.get(1, "app"))
    if child is not None:
        router.mount(run.text(arguments.get(0, "path")), child)


def _route(_: Interpreter, arguments: Arguments) -> Value:
    return Declared(lambda run, router: add_route(run, router, arguments))


def _websocket_route(_: Interpreter, arguments: Arguments) -> Value:
    return Declared(lambda run, router: add_websocket_route(run, router, arguments))


def _mount(_: Interpreter, arguments: Arguments) -> Value:
    def apply(run: Interpreter, router: Router) -> None:
        child = run.router(arguments.get(1, "app"))
        routes = arguments.get(None, "routes")
        if child is None and routes is not None:
            child = run.new_router(STARLETTE, Site(arguments.site, arguments.line))
            add_all(run, child, routes)
        if child is not None:
            router.mount(run.text(arguments.get(0, "path")), child)

    return Declared(apply)


def _host(_: Interpreter, arguments: Arguments) -> Value:
    return Declared(lambda run, router: add_all(run, router, arguments.get(1, "app")))


METHODS = {
    "add_route": add_route,
    "add_websocket_route": add_websocket_route,
    "host": lambda run, router, arguments: add_all(run, router, arguments.get(1, "app")),
    "mount": mount,
    "route": view_decorator(),
    "websocket_route": websocket_decorator,
}
STARLETTE = Kind("Starlette", construct, METHODS)
KINDS = {
    "starlette.applications.Starlette": STARLETTE,
    "starlette.routing.Router": STARLETTE,
}
FUNCTIONS = {
    "starlette.routing.Host": _host,
    "starlette.routing.Mount": _mount,
    "starlette.routing.Route": _route,
    "starlette.routing.WebSocketRoute": _websocket_route,
    "fastapi.routing.Mount": _mount,
    "fastapi.routing.APIRoute": _route,
}
