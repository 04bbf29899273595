"""Rust: axum's method routers, Actix Web's scopes and services, Rocket's mounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import methods_of, nothing
from repo_architect.analysis.endpoints.frameworks.express import join
from repo_architect.analysis.endpoints.router import Kind, Method, Router, Site
from repo_architect.analysis.endpoints.values import UNKNOWN, Arguments, Mapping, Native, Value, View

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")

# route attributes: `#[get("/x")]`


def attribute(run: Interpreter, arguments: Arguments) -> Value:
    """Keeps method and path on the function until something mounts it."""
    methods, path, framework = (
        run.texts(arguments.get(0)),
        run.text(arguments.get(1)),
        run.text(arguments.get(2)),
    )
    site = Site(arguments.site, arguments.line)

    def decorate(run: Interpreter, given: Arguments) -> Value:
        described = framework == "axum"
        below = given.get(0)
        also = below if isinstance(below, View) else None
        view = View(
            also.handler if also is not None else below,
            extra=Mapping(
                methods=methods, path=path, framework=framework, at=site, used=described, also=also
            ),
        )
        run.attributed.append(view)
        return view

    return Native(decorate)


def _add_attributed(run: Interpreter, router: Router, view: View) -> None:
    extra = view.extra or Mapping()
    extra["used"] = True
    site: Site = extra["at"]
    for method in extra["methods"]:
        given = Arguments([], {}, site.line, site.path)
        run.add(router, method, extra["path"].partition("?")[0], run.name_of(view.handler) or UNKNOWN, given)
    if isinstance(extra["also"], View):
        _add_attributed(run, router, extra["also"])


def finish(run: Interpreter) -> None:
    """Functions with a route that nothing was seen to mount are reported by their own path."""
    for view in run.attributed:
        if view.extra is not None and not view.extra["used"]:
            kind = ROCKET if view.extra["framework"] == "Rocket" else ACTIX
            _add_attributed(run, run.new_router(kind, view.extra["at"]), view)


# axum


def _axum_route(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    handlers = run.router(arguments.get(1))
    if handlers is not None:
        router.mount(run.text(arguments.get(0)), handlers)
    return router


def _axum_service(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`route_service("/x", service)`: any method, unless the service is a method router."""
    if run.router(arguments.get(1)) is not None:
        return _axum_route(run, router, arguments)
    run.add(router, "ANY", run.text(arguments.get(0)), UNKNOWN, arguments)
    return router


def _axum_on(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`on(MethodFilter::GET.or(MethodFilter::PUT), handler)`."""
    for method in methods_of(run, arguments.get(0), ()):
        run.add(router, method, "", arguments.get(1), arguments)
    return router


def _either_filter(method: str) -> Callable[[Interpreter, Arguments], Value]:
    """`MethodFilter::PUT.or(MethodFilter::DELETE)`."""
    return lambda run, arguments: [method, *methods_of(run, arguments.get(0), ())]


def _axum_nest(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    child = run.router(arguments.get(1))
    if child is not None:
        router.mount(run.text(arguments.get(0)).rstrip("/"), child)
    return router


def _axum_nest_service(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`nest_service("/x", service)`: mounted at the path, unless the service is a router."""
    if run.router(arguments.get(1)) is not None:
        return _axum_nest(run, router, arguments)
    run.add(router, "ANY", run.text(arguments.get(0)).rstrip("/") or "/", UNKNOWN, arguments)
    return router


def _merge(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    child = run.router(arguments.get(0))
    if child is not None:
        router.mount("", child)
    return router


def _axum_verb(method: str) -> Method:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        run.add(router, method, "", arguments.get(0), arguments)
        return router

    return made


def _axum_first(method: str) -> Callable[[Interpreter, Arguments], Value]:
    def made(run: Interpreter, arguments: Arguments) -> Value:
        router = run.new_router(AXUM_METHODS, Site(arguments.site, arguments.line))
        router.mounted = True
        return _axum_verb(method)(run, router, arguments)

    return made


def _empty_methods(run: Interpreter, arguments: Arguments) -> Router:
    router = run.new_router(AXUM_METHODS, Site(arguments.site, arguments.line))
    router.mounted = True
    return router


def _axum_empty(run: Interpreter, arguments: Arguments) -> Value:
    return _empty_methods(run, arguments)


# Actix Web


def _service(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    services = run.force(arguments.get(0))
    for service in map(run.force, services if isinstance(services, list) else [services]):
        if isinstance(service, View) and service.extra is not None:
            _add_attributed(run, router, service)
        elif isinstance(service, Router):
            for prefix in service.attributes.get("paths") or [service.prefix]:
                router.mount(prefix, service)
    return router


def _actix_route(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`.route("/x", web::get().to(h))`, and of a resource `.route(web::get().to(h))`."""
    route = run.router(arguments.positional[-1]) if arguments.positional else None
    path = run.text(arguments.get(0)) if len(arguments.positional) > 1 else ""
    if route is not None and "method" in route.attributes:
        given = Arguments([], {}, arguments.line, arguments.site)
        run.add(
            router, str(route.attributes["method"]), path, route.attributes.get("handler", UNKNOWN), given
        )
    return router


def _to(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    router.attributes["handler"] = run.name_of(arguments.get(0)) or UNKNOWN
    return router


def _resource_verb(method: str) -> Method:
    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        run.add(router, method, "", arguments.get(0), arguments)
        return router

    return made


def _web_to(run: Interpreter, arguments: Arguments) -> Value:
    """`web::to(handler)`: any method."""
    route = run.new_router(ACTIX_ROUTE, Site(arguments.site, arguments.line))
    route.attributes["method"] = "any"
    return _to(run, route, arguments)


def _web_method(run: Interpreter, arguments: Arguments) -> Value:
    """`web::method(Method::PATCH)`."""
    named = methods_of(run, arguments.get(0), ("ANY",))
    return _actix_verb(named[0])(run, arguments)


def _resource_to(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    run.add(router, str(router.attributes.get("method", "ANY")), "", arguments.get(0), arguments)
    return router


def _method_guard(method: str) -> Callable[[Interpreter, Arguments], Value]:
    return lambda _, __: method


def _guard(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """`.guard(guard::Get())` names the method; guards of hosts and headers do not."""
    method = run.force(arguments.get(0))
    if isinstance(method, str):
        router.attributes["method"] = method
    return router


def _configure(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    run.call(run.force(arguments.get(0)), Arguments([router], {}, arguments.line, arguments.site))
    return router


def _scope(run: Interpreter, arguments: Arguments) -> Value:
    router = run.new_router(ACTIX, Site(arguments.site, arguments.line))
    router.attributes["prefix"] = run.text(arguments.get(0)).rstrip("/")
    return router


def _actix_resource(run: Interpreter, arguments: Arguments) -> Value:
    router = run.new_router(ACTIX_RESOURCE, Site(arguments.site, arguments.line))
    paths = run.texts(arguments.get(0))
    router.attributes["prefix"] = paths[0] if paths else run.text(arguments.get(0))
    router.attributes["paths"] = paths
    return router


def _redirect(run: Interpreter, arguments: Arguments) -> Value:
    """`web::redirect("/old", "/new")`: a resource of any method."""
    router = _actix_resource(run, arguments)
    if isinstance(router, Router):
        run.add(router, "ANY", "", UNKNOWN, arguments)
    return router


def _actix_verb(method: str) -> Callable[[Interpreter, Arguments], Value]:
    def made(run: Interpreter, arguments: Arguments) -> Value:
        route = run.new_router(ACTIX_ROUTE, Site(arguments.site, arguments.line))
        route.attributes["method"] = method
        return route

    return made


def _server(run: Interpreter, arguments: Arguments) -> Value:
    """`HttpServer::new(|| App::new()…)`: the closure is run."""
    return run.call(run.force(arguments.get(0)), Arguments([], {}, arguments.line, arguments.site))


# Rocket


def _rocket_mount(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    prefix = run.text(arguments.get(0)).rstrip("/")
    below = run.new_router(ROCKET, router.site)
    router.mount(prefix, below)
    _service(run, below, Arguments([arguments.get(1)], {}, arguments.line, arguments.site))
    return router


def _on_ignite(run: Interpreter, arguments: Arguments) -> Value:
    """`AdHoc::on_ignite("x", |rocket| …)`: the closure mounts on the rocket it is given."""
    rocket = run.new_router(ROCKET, Site(arguments.site, arguments.line))
    return run.call(run.force(arguments.get(1)), Arguments([rocket], {}, arguments.line, arguments.site))


AXUM = Kind(
    "axum",
    nothing,
    {
        **dict.fromkeys(("merge",), _merge),
        **dict.fromkeys(("nest", "nest_api_service"), _axum_nest),
        "nest_service": _axum_nest_service,
        **dict.fromkeys(("api_route", "api_route_with", "route"), _axum_route),
        "route_service": _axum_service,
        "routes": _service,
    },
    join=join,
    fluent=True,
)
AXUM_METHODS = Kind(
    "axum",
    nothing,
    {
        **{f"{verb}{end}": _axum_verb(verb) for verb in (*VERBS, "any") for end in ("", "_with", "_service")},
        "on": _axum_on,
    },
    join=join,
    fluent=True,
)
ACTIX = Kind(
    "Actix Web",
    nothing,
    {"configure": _configure, "route": _actix_route, "service": _service},
    join=join,
    own_prefix=True,
    fluent=True,
)
ACTIX_RESOURCE = Kind(
    "Actix Web",
    nothing,
    {
        **{verb: _resource_verb(verb) for verb in VERBS},
        "guard": _guard,
        "route": _actix_route,
        "to": _resource_to,
    },
    join=join,
    own_prefix=True,
    fluent=True,
)
ACTIX_ROUTE = Kind("Actix Web", nothing, {"guard": _guard, "to": _to}, join=join, fluent=True)
ROCKET = Kind("Rocket", nothing, {"mount": _rocket_mount}, join=join, fluent=True)
KINDS = {
    "actix_web.App.new": ACTIX,
    **dict.fromkeys(
        (
            "aide.axum.ApiRouter.new",
            "axum.Router.default",
            "axum.Router.new",
            "utoipa_axum.router.OpenApiRouter.default",
            "utoipa_axum.router.OpenApiRouter.new",
            "utoipa_axum.router.OpenApiRouter.with_openapi",
        ),
        AXUM,
    ),
    "axum.routing.Router.new": AXUM,
    "rocket.build": ROCKET,
    "rocket.custom": ROCKET,
    "rocket.ignite": ROCKET,
}
FUNCTIONS: dict[str, Callable[[Interpreter, Arguments], Value]] = {
    **{
        f"{module}.routing.{verb}{end}": _axum_first(verb)
        for module in ("aide.axum", "axum")
        for verb in (*VERBS, "any")
        for end in ("", "_with", "_service")
    },
    "Vec.new": lambda _, __: [],
    "Vec.with_capacity": lambda _, __: [],
    "axum.routing.MethodRouter.new": _axum_empty,
    "axum.routing.on": lambda run, arguments: _axum_on(run, _empty_methods(run, arguments), arguments),
    **{f"axum.routing.MethodFilter.{verb.upper()}.or": _either_filter(verb) for verb in VERBS},
    **{f"actix_web.guard.{verb.title()}": _method_guard(verb) for verb in VERBS},
    "actix_web.web.method": _web_method,
    "actix_web.web.to": _web_to,
    "rocket.fairing.AdHoc.on_ignite": _on_ignite,
    **{f"actix_web.web.{verb}": _actix_verb(verb) for verb in VERBS},
    "actix_web.HttpServer.new": _server,
    "actix_web.web.redirect": _redirect,
    "actix_web.web.resource": _actix_resource,
    "actix_web.web.route": _actix_verb("any"),
    "actix_web.web.scope": _scope,
}
ANNOTATIONS = {"actix_web.web.ServiceConfig": "actix_web.App.new"}
