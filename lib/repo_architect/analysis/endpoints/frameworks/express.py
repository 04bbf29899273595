"""Express and those shaped like it: Restify, Polka, Koa's routers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.frameworks.common import known_text, nothing
from repo_architect.analysis.endpoints.router import Kind, Method, Router, Site
from repo_architect.analysis.endpoints.values import UNKNOWN, Arguments, Closure, Mapping, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

VERBS = {
    **{verb: verb for verb in ("get", "post", "put", "patch", "delete", "head", "options", "trace", "query")},
    "all": "any",
    "del": "delete",
    "opts": "options",
    "ws": "ws",
}


def join(prefix: str, path: str) -> str:
    """A path below a mount point; `/` below one is the point itself."""
    return prefix if path == "/" and prefix.strip("/") else paths.join(prefix, path)


def written_paths(run: Interpreter, value: Value) -> list[str]:
    """The paths of a route: a text, a pattern, or a list of them; nothing for what cannot be a path."""
    value = run.force(value)
    found = run.texts(value)
    if found or isinstance(value, list | Mapping | Closure | Router) or value is None:
        return [path for path in found if path.startswith(("/", "*", "(", paths.OPEN, ":")) or not path]
    return [run.text(value)]


def _verb(method: str) -> Method:
    """`app.get("/x", …, handler)`; with one argument it reads a setting."""

    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        if len(arguments.positional) > 1:
            for path in written_paths(run, arguments.get(0)):
                run.add(router, method, path, arguments.positional[-1], arguments)
        return router

    return made


def use(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """Mount what is a router among the arguments, below the path when the first is one."""
    given = arguments.positional
    first = run.force(given[0]) if given else None
    prefixes = run.texts(first) if not isinstance(first, Router) else []
    if isinstance(first, list) and not all(isinstance(run.force(item), str) for item in first):
        prefixes = []
    for value in given[1 if prefixes else 0 :]:
        for child in _routers(run, value):
            for prefix in prefixes or [""]:
                router.mount(prefix, child)
    return router


def _routers(run: Interpreter, value: Value) -> list[Router]:
    value = run.force(value)
    if isinstance(value, list):
        return [router for item in value for router in _routers(run, item)]
    if isinstance(value, Mapping):
        value = run.force(value.get("default"))
    return [value] if isinstance(value, Router) else []


def _route(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`app.route("/x").get(…).post(…)`."""
    below = run.new_router(ROUTE if router.kind is EXPRESS else CHAINS[router.kind.framework], router.site)
    router.mount(known_text(run, arguments.get(0)), below)
    return below


def _chained(method: str) -> Method:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        handler = arguments.positional[-1] if arguments.positional else UNKNOWN
        run.add(router, method, "", handler, arguments)
        return router

    return made


_CHAINED = {name: _chained(verb) for name, verb in VERBS.items()}
ROUTE = Kind("Express", nothing, _CHAINED, join=join)
EXPRESS = Kind(
    "Express",
    nothing,
    {**{name: _verb(verb) for name, verb in VERBS.items()}, "route": _route, "use": use},
    join=join,
)
RESTIFY = Kind("Restify", nothing, {**EXPRESS.methods}, join=join)
POLKA = Kind("Polka", nothing, {**EXPRESS.methods}, join=join)

# Koa


def _koa_router(run: Interpreter, router: Router, arguments: Arguments) -> None:
    options = run.force(arguments.get(0))
    if isinstance(options, Mapping) and "prefix" in options:
        router.attributes["prefix"] = run.text(options["prefix"])


def _koa_verb(method: str) -> Method:
    """`router.get("name", "/x", …)` or without the name; the router's prefix goes in when it is looked up.

    A path need not begin with a slash: routers are mounted below one (`users.list`).
    """

    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        given = arguments.positional
        named = len(given) > 2 and isinstance(run.force(given[1]), str)
        path = given[1] if named else arguments.get(0)
        for text in run.texts(path) or written_paths(run, path) if len(given) > 1 else ():
            run.add(router, method, text, given[-1], arguments)
        return router

    return made


def _koa_redirect(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    for path in written_paths(run, arguments.get(0)):
        run.add(router, "ANY", path, UNKNOWN, arguments)
    return router


def _koa_use(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    given = arguments.positional
    first = run.force(given[0]) if given else None
    prefix = first if isinstance(first, str) else ""
    for value in given:
        for child in _routers(run, value):
            router.mount(join(prefix, child.prefix) if prefix else child.prefix, child)
    return router


def _koa_prefix(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    router.attributes["prefix"] = run.text(arguments.get(0))
    return router


def _koa_register(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    for method in run.texts(arguments.get(1)):
        run.add(router, method, run.text(arguments.get(0)), arguments.get(2), arguments)
    return router


def _itself(_: Interpreter, router: Router, __: Arguments) -> Value:
    return router


def _koa_mount(run: Interpreter, arguments: Arguments) -> Value:
    """koa-mount."""
    child = run.router(arguments.get(1) or arguments.get(0))
    prefix = run.force(arguments.get(0))
    if child is None or not isinstance(prefix, str):
        return child or UNKNOWN
    parent = run.new_router(KOA, child.site)
    parent.mount(join(prefix, child.prefix), child)
    return parent


def _koa_route(method: str) -> Callable[[Interpreter, Arguments], Value]:
    """koa-route: `app.use(route.get("/x", handler))`."""

    def made(run: Interpreter, arguments: Arguments) -> Value:
        router = run.new_router(KOA_ROUTER, Site(arguments.site, arguments.line))
        return _koa_verb(method)(run, router, arguments)

    return made


def _koa_configured(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """koa-joi-router: `router.route({ method, path, handler })`, or a list of these."""
    given = run.force(arguments.get(0))
    for route in map(run.force, given if isinstance(given, list) else [given]):
        if isinstance(route, Mapping):
            for method in run.texts(route.get("method")):
                for path in written_paths(run, route.get("path")):
                    run.add(router, method, path, route.get("handler", UNKNOWN), arguments)
    return router


KOA = Kind("Koa", nothing, {"use": _koa_use}, join=join, own_prefix=True)
KOA_ROUTER = Kind(
    "Koa",
    _koa_router,
    {
        **{name: _koa_verb(verb) for name, verb in VERBS.items()},
        "middleware": _itself,
        "prefix": _koa_prefix,
        "redirect": _koa_redirect,
        "register": _koa_register,
        "route": _koa_configured,
        "routes": _itself,
        "use": _koa_use,
    },
    join=join,
    own_prefix=True,
)
CHAINS = {
    kind.framework: Kind(kind.framework, nothing, _CHAINED, join=join) for kind in (EXPRESS, RESTIFY, POLKA)
}
KINDS = {
    **dict.fromkeys(
        (
            "@koa/router",
            "@koa/router.Router",
            "koa-router",
            "koa-router.Router",
            "koa-joi-router",
            "koa-better-router",
        ),
        KOA_ROUTER,
    ),
    "express": EXPRESS,
    "express-promise-router": EXPRESS,
    "express.Router": EXPRESS,
    "express.express": EXPRESS,
    "koa": KOA,
    "koa.Koa": KOA,
    "polka": POLKA,
    "restify-router.Router": RESTIFY,
    "restify.createServer": RESTIFY,
    "router": EXPRESS,
}
FUNCTIONS = {
    "koa-mount": _koa_mount,
    **{f"koa-route.{name}": _koa_route(verb) for name, verb in VERBS.items()},
}
ANNOTATIONS = {
    "@types/express.Express": "express",
    "express.Application": "express",
    "express.Express": "express",
    "express.IRouter": "express",
    "koa-router.IMiddleware": "koa-router",
}
