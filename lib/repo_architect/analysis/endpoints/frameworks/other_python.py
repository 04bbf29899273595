"""Sanic, Bottle, Falcon, Tornado, Litestar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import (
    VERBS,
    add_view,
    class_methods,
    decorator,
    known_text,
    methods_of,
    nothing,
    view_decorator,
)
from repo_architect.analysis.endpoints.router import Kind, Router, Site
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    ClassValue,
    Declared,
    Instance,
    Native,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


# Sanic


def _sanic(run: Interpreter, router: Router, arguments: Arguments) -> None:
    version = run.force(arguments.get(None, "version"))
    below = known_text(run, arguments.get(1, "url_prefix"))
    router.attributes["prefix"] = (f"/v{run.text(version)}" if version else "") + below


def _sanic_mount(run: Interpreter, router: Router, arguments: Arguments) -> None:
    given = run.force(arguments.get(0, "blueprint"))
    prefix = run.force(arguments.get(None, "url_prefix"))
    for child in given if isinstance(given, list) else [given]:
        found = run.router(child)
        if found is not None:
            router.mount(found.prefix if prefix is None else run.text(prefix), found)


def _sanic_group(run: Interpreter, arguments: Arguments) -> Value:
    group = run.new_router(SANIC, Site(arguments.site, arguments.line))
    keywords = Arguments([], arguments.keywords, arguments.line, arguments.site)
    _sanic(run, group, keywords)
    _sanic_mount(run, group, Arguments([list(arguments.positional)], {}, arguments.line, arguments.site))
    return group


def _sanic_add_route(run: Interpreter, router: Router, arguments: Arguments) -> None:
    add_view(
        run,
        router,
        run.text(arguments.get(1, "uri")),
        arguments.get(0, "handler"),
        arguments,
        default=("GET",),
    )


SANIC = Kind(
    "Sanic",
    _sanic,
    {
        **{verb: decorator(verb, ("uri",)) for verb in VERBS},
        "add_route": _sanic_add_route,
        "blueprint": _sanic_mount,
        "route": view_decorator(("uri",)),
        "websocket": view_decorator(("uri",), ("WS",)),
    },
    own_prefix=True,
)

# Bottle


def _bottle_mount(run: Interpreter, router: Router, arguments: Arguments) -> None:
    child = run.router(arguments.get(1, "app"))
    if child is not None:
        router.mount(run.text(arguments.get(0, "prefix")), child)


def _bottle_route(default: str) -> Callable[[Interpreter, Router, Arguments], Value]:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        written = run.force(arguments.get(0, "path"))
        paths = run.texts(written)
        methods = methods_of(run, arguments.get(1, "method"), (default,))

        def decorate(run: Interpreter, given: Arguments) -> Value:
            for path in paths or [f"/{run.name_of(given.get(0))}"]:
                for method in methods:
                    run.add(router, method, path, given.get(0), arguments)
            return given.get(0)

        callback = arguments.get(2, "callback")
        return decorate(run, Arguments([callback], {}, 1, "")) if callback is not None else Native(decorate)

    return made


BOTTLE = Kind(
    "Bottle",
    nothing,
    {
        **{verb: _bottle_route(verb) for verb in VERBS[:5]},
        "mount": _bottle_mount,
        "route": _bottle_route("GET"),
    },
)


def _bottle_default(name: str) -> Callable[[Interpreter, Arguments], Value]:
    def made(run: Interpreter, arguments: Arguments) -> Value:
        known = next(
            (router for router in run.routers if router.kind is BOTTLE and router.site.line == 0), None
        )
        default = known or run.new_router(BOTTLE, Site("", 0))
        return BOTTLE.methods[name](run, default, arguments)

    return made


# Falcon


def _falcon_add_route(run: Interpreter, router: Router, arguments: Arguments) -> None:
    resource = run.force(arguments.get(1, "resource"))
    suffix = known_text(run, arguments.get(None, "suffix"))
    spelled = f"on_{{}}_{suffix}" if suffix else "on_{}"
    name = run.name_of(resource.cls if isinstance(resource, Instance) else resource)
    for method in class_methods(run, resource, spelled):
        handler = f"{name}.{spelled.format(method.lower())}"
        run.add(router, method, run.text(arguments.get(0, "uri_template")), handler, arguments)


FALCON = Kind("Falcon", nothing, {"add_route": _falcon_add_route})

# Tornado


def _tornado(run: Interpreter, router: Router, arguments: Arguments) -> None:
    _tornado_add(run, router, arguments.get(0, "handlers"), arguments)


def _tornado_handlers(run: Interpreter, router: Router, arguments: Arguments) -> None:
    _tornado_add(run, router, arguments.get(1, "host_handlers"), arguments)


def _tornado_add(run: Interpreter, router: Router, handlers: Value, arguments: Arguments) -> None:
    rules = run.force(handlers)
    for rule in map(run.force, rules if isinstance(rules, list) else []):
        if isinstance(rule, Declared):
            rule.apply(run, router)
        elif isinstance(rule, list) and len(rule) > 1:
            _tornado_rule(run, router, rule[0], rule[1], arguments)


def _tornado_rule(
    run: Interpreter, router: Router, pattern: Value, handler: Value, arguments: Arguments
) -> None:
    path = run.text(pattern).removesuffix("$").removeprefix("^")
    handler = run.force(handler)
    if isinstance(handler, ClassValue):
        for method in class_methods(run, handler) or ("GET",):
            run.add(router, method, path, f"{handler.name}.{method.lower()}", arguments)


def _tornado_url(_: Interpreter, arguments: Arguments) -> Value:
    return Declared(
        lambda run, router: _tornado_rule(run, router, arguments.get(0), arguments.get(1), arguments)
    )


TORNADO = Kind("Tornado", _tornado, {"add_handlers": _tornado_handlers})

# Litestar


def _litestar(run: Interpreter, router: Router, arguments: Arguments) -> None:
    router.attributes["prefix"] = known_text(run, arguments.get(None, "path"))
    handlers = run.force(arguments.get(None, "route_handlers") or arguments.get(0))
    for handler in handlers if isinstance(handlers, list) else []:
        _litestar_add(run, router, run.force(handler))


def _litestar_register(run: Interpreter, router: Router, arguments: Arguments) -> None:
    _litestar_add(run, router, run.force(arguments.get(0, "value")))


def _litestar_add(run: Interpreter, router: Router, handler: Value) -> None:
    if isinstance(handler, Router):
        router.mount(handler.prefix, handler)
    elif isinstance(handler, View) and handler.extra is not None:
        handler.extra["apply"].apply(run, router)
    elif isinstance(handler, ClassValue):
        below = run.new_router(LITESTAR, router.site)
        for member in handler.attributes.values():
            _litestar_add(run, below, member if isinstance(member, View) else UNKNOWN)
        router.mount(known_text(run, handler.attributes.get("path")), below)


def _litestar_verb(*methods: str) -> Callable[[Interpreter, Arguments], Value]:
    def made(run: Interpreter, arguments: Arguments) -> Value:
        from repo_architect.analysis.endpoints.values import Mapping

        verbs = methods or methods_of(run, arguments.get(None, "http_method"), ("GET",))

        def decorate(_: Interpreter, given: Arguments) -> Value:
            def apply(run: Interpreter, router: Router) -> None:
                for path in run.texts(arguments.get(0, "path")) or [""]:
                    for verb in verbs:
                        run.add(router, verb, path, given.get(0), arguments)

            return View(given.get(0), extra=Mapping(apply=Declared(apply)))

        return Native(decorate)

    return made


LITESTAR = Kind("Litestar", _litestar, {"register": _litestar_register}, own_prefix=True)

KINDS = {
    **dict.fromkeys(
        ("sanic.Sanic", "sanic.Blueprint", "sanic.blueprints.Blueprint", "sanic.app.Sanic"), SANIC
    ),
    "bottle.Bottle": BOTTLE,
    **dict.fromkeys(
        ("falcon.App", "falcon.API", "falcon.asgi.App", "falcon.app.App", "falcon.api.API"),
        FALCON,
    ),
    "tornado.web.Application": TORNADO,
    **dict.fromkeys(
        ("litestar.Litestar", "litestar.Router", "starlite.Starlite", "starlite.Router"), LITESTAR
    ),
}
FUNCTIONS = {
    "sanic.Blueprint.group": _sanic_group,
    "sanic.blueprints.Blueprint.group": _sanic_group,
    **{f"bottle.{name}": _bottle_default(name) for name in (*VERBS[:5], "route")},
    "tornado.web.url": _tornado_url,
    "tornado.web.URLSpec": _tornado_url,
    **{f"litestar.{verb}": _litestar_verb(verb.upper()) for verb in VERBS},
    **{f"litestar.handlers.{verb}": _litestar_verb(verb.upper()) for verb in VERBS},
    "litestar.route": _litestar_verb(),
    "litestar.websocket": _litestar_verb("WS"),
}
