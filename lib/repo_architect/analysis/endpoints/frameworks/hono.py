"""Hono: chained routes, sub-applications, base paths; its OpenAPI variant; hapi."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import methods_of, nothing
from repo_architect.analysis.endpoints.frameworks.express import join, written_paths
from repo_architect.analysis.endpoints.router import Kind, Method, Router
from repo_architect.analysis.endpoints.values import UNKNOWN, Arguments, Mapping, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def _construct(run: Interpreter, router: Router, arguments: Arguments) -> None:
    options = run.force(arguments.get(0))
    if isinstance(options, Mapping) and "prefix" in options:
        router.attributes["prefix"] = run.text(options["prefix"])


def _verb(method: str) -> Method:
    """`app.get("/x", handler)`; a chained `.post(handler)` takes the path of the call before it."""

    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        given = arguments.positional
        first = run.force(given[0]) if given else None
        paths = (
            written_paths(run, first)
            if isinstance(first, str | list)
            else [str(router.attributes.get("last", ""))]
        )
        for path in paths if given else ():
            run.add(router, method, path, given[-1], arguments)
            router.attributes["last"] = path
        return router

    return made


def _on(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    for path in written_paths(run, arguments.get(1)):
        for method in methods_of(run, arguments.get(0), ()):
            run.add(router, method, path, arguments.positional[-1], arguments)
    return router


def _mount(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    child = run.router(arguments.get(1))
    if child is not None:
        router.mount(join(run.text(arguments.get(0)), child.prefix), child)
    return router


def _base_path(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    below = run.new_router(router.kind, router.site)
    router.mount(run.text(arguments.get(0)), below)
    return below


def _openapi(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    route = run.force(arguments.get(0))
    if isinstance(route, Mapping):
        for method in methods_of(run, route.get("method"), ("GET",)):
            run.add(router, method, run.text(route.get("path")), arguments.get(1), arguments)
    return router


def _create_route(run: Interpreter, arguments: Arguments) -> Value:
    return run.force(arguments.get(0))


def _hapi_route(run: Interpreter, router: Router, arguments: Arguments) -> None:
    routes = run.force(arguments.get(0))
    for route in map(run.force, routes if isinstance(routes, list) else [routes]):
        if isinstance(route, Mapping):
            for method in methods_of(run, route.get("method"), ("ANY",)):
                given = Arguments([], {}, route.line or arguments.line, arguments.site)
                run.add(router, method, run.text(route.get("path")), route.get("handler", UNKNOWN), given)


HONO = Kind(
    "Hono",
    _construct,
    {
        **{verb: _verb(verb) for verb in ("get", "post", "put", "patch", "delete", "options")},
        "all": _verb("any"),
        "basePath": _base_path,
        "mount": _mount,
        "on": _on,
        "openapi": _openapi,
        "route": _mount,
        "use": lambda _, router, __: router,
    },
    join=join,
    own_prefix=True,
)
HAPI = Kind("hapi", nothing, {"route": _hapi_route}, join=join)
KINDS = {
    **dict.fromkeys(
        ("hono.Hono", "hono/quick.Hono", "hono/tiny.Hono", "@hono/zod-openapi.OpenAPIHono"), HONO
    ),
    **dict.fromkeys(("@hapi/hapi.server", "@hapi/hapi.Server", "hapi.server", "hapi.Server"), HAPI),
}
FUNCTIONS = {"@hono/zod-openapi.createRoute": _create_route}
