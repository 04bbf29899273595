"""Flask and what builds on it: blueprints, method views, flask-restful, restx, smorest; Quart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import (
    VERBS,
    add_view,
    decorator,
    known_text,
    view_decorator,
)
from repo_architect.analysis.endpoints.router import Kind, Method, Router
from repo_architect.analysis.endpoints.values import UNKNOWN, Arguments, Mapping, Native, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def _construct(run: Interpreter, router: Router, arguments: Arguments) -> None:
    router.attributes["prefix"] = known_text(run, arguments.get(None, "url_prefix"))
    router.attributes["name"] = known_text(run, arguments.get(0, "name"))


def _add_url_rule(run: Interpreter, router: Router, arguments: Arguments) -> None:
    view = arguments.get(2, "view_func")
    if view is not None:
        add_view(run, router, run.text(arguments.get(0, "rule")), view, arguments, default=("GET",))


def _register(run: Interpreter, router: Router, arguments: Arguments) -> None:
    """Mount a blueprint. The prefix given here takes the place of the blueprint's own."""
    child = run.router(arguments.get(0, "blueprint"))
    given = run.force(arguments.get(None, "url_prefix"))
    if child is not None:
        router.mount(child.prefix if given is None else run.text(given), child)


def _register_blueprints(run: Interpreter, router: Router, arguments: Arguments) -> None:
    for child in run.force(arguments.get(0)) or ():
        _register(run, router, Arguments([child], arguments.keywords, arguments.line, arguments.site))


def _api(run: Interpreter, router: Router, arguments: Arguments) -> None:
    """flask-restful's and restx's Api, over an application or a blueprint."""
    router.attributes["prefix"] = known_text(run, arguments.get(None, "prefix"))
    parent = run.router(arguments.get(0, "app", "blueprint"))
    if parent is not None:
        parent.mount(router.prefix, router)


def _init_app(run: Interpreter, router: Router, arguments: Arguments) -> None:
    parent = run.router(arguments.get(0, "app"))
    if parent is not None and not router.mounted:
        parent.mount(router.prefix, router)


def _add_resource(run: Interpreter, router: Router, arguments: Arguments) -> None:
    for url in arguments.positional[1:]:
        add_view(run, router, run.text(url), arguments.get(0), _without_methods(arguments), default=())


def _resource(_: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`@api.resource("/a", "/b")`, `@namespace.route("/a")` over a class."""

    def decorate(run: Interpreter, given: Arguments) -> Value:
        for url in arguments.positional:
            add_view(run, router, run.text(url), given.get(0), arguments, default=("GET",))
        return given.get(0)

    return Native(decorate)


def _namespace(run: Interpreter, router: Router, arguments: Arguments) -> None:
    path = run.force(arguments.get(None, "path"))
    router.attributes["prefix"] = (
        run.text(path) if path is not None else "/" + run.text(arguments.get(0, "name"))
    )


def _add_namespace(run: Interpreter, router: Router, arguments: Arguments) -> None:
    child, path = run.router(arguments.get(0, "ns")), run.force(arguments.get(1, "path"))
    if child is not None:
        router.mount(child.prefix if path is None else run.text(path), child)


def _make_namespace(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    child = run.new_router(NAMESPACE, router.site)
    _namespace(run, child, arguments)
    router.mount(child.prefix, child)
    return child


def _dispatcher(run: Interpreter, arguments: Arguments) -> Value:
    """werkzeug's DispatcherMiddleware: applications below an application."""
    parent, mounts = run.router(arguments.get(0, "app")), run.force(arguments.get(1, "mounts"))
    for prefix, child in mounts.items() if parent is not None and isinstance(mounts, Mapping) else ():
        below = run.router(child)
        if below is not None and parent is not None:
            parent.mount(prefix, below)
    return parent if parent is not None else UNKNOWN


def _passed_through(run: Interpreter, arguments: Arguments) -> Value:
    return run.force(arguments.get(0)) or UNKNOWN


def _without_methods(arguments: Arguments) -> Arguments:
    keywords = {name: value for name, value in arguments.keywords.items() if name != "methods"}
    return Arguments(arguments.positional, keywords, arguments.line, arguments.site)


ROUTES: dict[str, Method] = {
    **{verb: decorator(verb, ("rule", "path")) for verb in VERBS[:5]},
    "add_url_rule": _add_url_rule,
    "register_blueprint": _register,
    "register_blueprints": _register_blueprints,
    "register_api": _register,
    "route": view_decorator(("rule", "path")),
    "websocket": view_decorator(("rule",), ("WS",)),
}
FLASK = Kind("Flask", _construct, ROUTES, own_prefix=True)
QUART = Kind("Quart", _construct, ROUTES, own_prefix=True)
API = Kind(
    "Flask",
    _api,
    {
        **ROUTES,
        "add_namespace": _add_namespace,
        "add_resource": _add_resource,
        "init_app": _init_app,
        "namespace": _make_namespace,
        "resource": _resource,
        "route": _resource,
    },
    own_prefix=True,
)
NAMESPACE = Kind("Flask", _namespace, {"add_resource": _add_resource, "route": _resource}, own_prefix=True)
SMOREST = Kind("Flask", _api, {**ROUTES, "init_app": _init_app}, own_prefix=True)
KINDS = {
    "apiflask.APIBlueprint": FLASK,
    "apiflask.APIFlask": FLASK,
    "flask.Blueprint": FLASK,
    "flask.Flask": FLASK,
    "flask.app.Flask": FLASK,
    "flask.blueprints.Blueprint": FLASK,
    "flask_openapi3.APIBlueprint": FLASK,
    "flask_openapi3.OpenAPI": FLASK,
    "flask_restful.Api": API,
    "flask_restplus.Api": API,
    "flask_restplus.Namespace": NAMESPACE,
    "flask_restx.Api": API,
    "flask_restx.Namespace": NAMESPACE,
    "flask_smorest.Api": SMOREST,
    "flask_smorest.Blueprint": FLASK,
    "quart.Blueprint": QUART,
    "quart.Quart": QUART,
}
FUNCTIONS = {
    "werkzeug.middleware.dispatcher.DispatcherMiddleware": _dispatcher,
    "werkzeug.middleware.proxy_fix.ProxyFix": _passed_through,
    "werkzeug.wsgi.DispatcherMiddleware": _dispatcher,
}
