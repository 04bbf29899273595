"""NestJS: controllers, modules, the global prefix, versions in the path."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks.common import nothing
from repo_architect.analysis.endpoints.frameworks.express import join
from repo_architect.analysis.endpoints.router import Kind, Route, Router, Site
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    ClassValue,
    External,
    Mapping,
    Native,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

_VERSION = re.compile(r"/<version>([^/]*)")
VERBS = ("Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "All", "Sse")


def _verb(method: str) -> Callable[[Interpreter, Arguments], Value]:
    """`@Get(":id")`: kept on the method until its class is decorated."""

    def made(run: Interpreter, arguments: Arguments) -> Value:
        paths = run.texts(arguments.get(0)) or [""]
        extra = Mapping(nest=method, paths=paths, at=Site(arguments.site, arguments.line))
        return Native(lambda _, given: View(given.get(0), extra=extra))

    return made


def _versions(run: Interpreter, value: Value) -> list[str]:
    """Versions as texts; the neutral one as `-`."""
    value = run.force(value)
    listed = value if isinstance(value, list) else [] if value is None else [value]
    forced = [run.force(one) for one in listed]
    return ["-" if isinstance(one, External) else run.text(one) for one in forced]


def _version(run: Interpreter, arguments: Arguments) -> Value:
    versions = _versions(run, arguments.get(0))

    def decorate(_: Interpreter, given: Arguments) -> Value:
        view = given.get(0)
        if isinstance(view, View) and view.extra is not None:
            view.extra["version"] = versions
        return view

    return Native(decorate)


def _controller(run: Interpreter, arguments: Arguments) -> Value:
    given = run.force(arguments.get(0))
    options = given if isinstance(given, Mapping) else Mapping(path=given if given is not None else "")

    def decorate(run: Interpreter, decorated: Arguments) -> Value:
        cls = decorated.get(0)
        if isinstance(cls, ClassValue):
            _routes(run, cls, options)
        return cls

    return Native(decorate)


def _routes(run: Interpreter, cls: ClassValue, options: Mapping) -> None:
    from repo_architect.analysis.endpoints.classes import lineage

    router = run.new_router(CONTROLLER, Site(cls.scope.module.path, cls.definition.line))
    cls.attributes["<router>"] = router
    members = [
        view
        for base in lineage(run, cls)
        if isinstance(base, ClassValue)
        for view in base.attributes.values()
    ]
    versions = _versions(run, options.get("version")) or [""]
    saved, run.decorating = run.decorating, []
    for prefix in run.texts(options.get("path")) or [""]:
        for view in members:
            if isinstance(view, View) and view.extra is not None and "nest" in view.extra:
                _add(run, router, cls, view, prefix=prefix, versions=versions)
    run.decorating = saved


def _add(
    run: Interpreter, router: Router, cls: ClassValue, view: View, *, prefix: str, versions: list[str]
) -> None:
    extra = view.extra or Mapping()
    site: Site = extra["at"]
    name = (run.name_of(view.handler) or "").rpartition(".")[2]
    for version in extra.get("version") or versions:
        base = "/".join(part for part in (f"<version>{version}", prefix) if part)
        for path in extra["paths"]:
            run.add(
                router,
                extra["nest"],
                join("/" + base.strip("/"), path),
                f"{cls.name}.{name}",
                Arguments([], {}, site.line, site.path),
            )


def _module(run: Interpreter, arguments: Arguments) -> Value:
    options = run.force(arguments.get(0))

    def decorate(_: Interpreter, given: Arguments) -> Value:
        cls = given.get(0)
        if isinstance(cls, ClassValue) and isinstance(options, Mapping):
            cls.attributes["<module>"] = options
        return cls

    return Native(decorate)


def _create(run: Interpreter, arguments: Arguments) -> Value:
    """`NestFactory.create(AppModule)`: every controller of the module and those it imports is mounted."""
    app = run.new_router(APPLICATION, Site(arguments.site, arguments.line))
    for router in _controllers(run, arguments.get(0), set()):
        app.mount("", router)
    return app


def _controllers(run: Interpreter, module: Value, seen: set[int]) -> Iterator[Router]:
    module = run.force(module)
    module = run.force(module.get("module")) if isinstance(module, Mapping) else module
    if not isinstance(module, ClassValue) or id(module) in seen:
        return
    seen.add(id(module))
    options = module.attributes.get("<module>")
    for controller in _listed(run, options, "controllers"):
        router = controller.attributes.get("<router>") if isinstance(controller, ClassValue) else None
        if isinstance(router, Router):
            router.attributes["below"] = module.attributes.get("<below>", "")
            yield router
    for imported in _listed(run, options, "imports"):
        yield from _controllers(run, imported, seen)


def _listed(run: Interpreter, options: Value, name: str) -> list[Value]:
    found = run.force(options.get(name)) if isinstance(options, Mapping) else None
    return [run.force(item) for item in found] if isinstance(found, list) else []


def _set_prefix(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    router.attributes["prefix"] = "/" + run.text(arguments.get(0)).strip("/")
    options = run.force(arguments.get(1))
    excluded = run.force(options.get("exclude")) if isinstance(options, Mapping) else None
    for item in map(run.force, excluded if isinstance(excluded, list) else []):
        path = run.text(item.get("path")) if isinstance(item, Mapping) else run.text(item)
        router.attributes.setdefault("exclude", []).append(path.strip("/"))
    return router


def _enable_versioning(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    """Versions stand in the path unless a header or a media type carries them."""
    options = run.force(arguments.get(0))
    kind = run.force(options.get("type")) if isinstance(options, Mapping) else None
    if isinstance(kind, External) and not kind.name.endswith(".URI"):
        return router
    if isinstance(options, Mapping) and "defaultVersion" in options:
        router.attributes["default"] = [one for one in run.texts(options["defaultVersion"]) if one]
    prefix = run.force(options.get("prefix")) if isinstance(options, Mapping) else None
    router.attributes["version"] = prefix if isinstance(prefix, str) else "" if prefix is False else "v"
    return router


def _listen(_: Interpreter, router: Router, __: Arguments) -> Value:
    router.attributes["listens"] = True
    return router


def _silence(applications: list[Router]) -> None:
    """An application that never listens, beside one of the same file that does, was made to be asked for its settings."""
    serving = {app.site.path for app in applications if "listens" in app.attributes}
    for app in applications:
        if app.site.path in serving and "listens" not in app.attributes:
            app.entries.clear()


def finish(run: Interpreter) -> None:
    """Controllers that no application was seen to load belong to the application, when there is one."""
    applications = [router for router in run.routers if router.kind is APPLICATION]
    _silence(applications)
    asked = next((app for app in applications if "version" in app.attributes), None)
    excluded = {path for app in applications for path in app.attributes.get("exclude", ())}
    bare = run.new_router(CONTROLLER, Site("", 0))
    bare.mounted = not excluded
    for router in [one for one in run.routers if one.kind is CONTROLLER and one is not bare]:
        entries = [
            found
            for entry in router.entries
            if isinstance(entry, Route)
            for found in _versioned(entry, asked, str(router.attributes.get("below", "")))
        ]
        outside = [entry for entry in entries if entry.path.strip("/") in excluded]
        bare.entries.extend(outside)
        router.entries = [entry for entry in entries if entry not in outside]
        if len(applications) == 1 and not router.mounted:
            applications[0].mount("", router)


def _versioned(route: Route, asked: Router | None, below: str) -> Iterator[Route]:
    """The route below its module's path, its version before that where the application asks for it in the path."""
    found = _VERSION.search(route.path)
    own = found.group(1) if found is not None else ""
    default = asked.attributes.get("default", []) if asked is not None else []
    for version in [own] if own else default or [""]:
        sign = f"/{asked.attributes['version']}{version}" if asked and version not in ("", "-") else ""
        yield replace(route, path=join(sign + below, _VERSION.sub("", route.path, count=1) or "/"))


def _register_modules(run: Interpreter, arguments: Arguments) -> Value:
    """`RouterModule.register([{ path, module, children }])`: controllers of a module below a path."""
    _below(run, arguments.get(0), "")
    return UNKNOWN


def _below(run: Interpreter, routes: Value, prefix: str) -> None:
    routes = run.force(routes)
    for item in map(run.force, routes if isinstance(routes, list) else []):
        if isinstance(item, ClassValue):
            item.attributes["<below>"] = prefix
        if not isinstance(item, Mapping):
            continue
        whole = join(prefix, "/" + run.text(item.get("path")).strip("/")) if "path" in item else prefix
        module = run.force(item.get("module"))
        if isinstance(module, ClassValue):
            module.attributes["<below>"] = whole
        _below(run, item.get("children"), whole)


def _request_mapping(run: Interpreter, arguments: Arguments) -> Value:
    options = run.force(arguments.get(0))
    options = options if isinstance(options, Mapping) else Mapping()
    method = run.force(options.get("method"))
    verb = method.name.rpartition(".")[2] if isinstance(method, External) else "GET"
    given = Arguments([options.get("path")], {}, arguments.line, arguments.site)
    return _verb({"ALL": "ANY"}.get(verb, verb))(run, given)


def _operation(method: str) -> Callable[[Interpreter, Arguments], Value]:
    """`@Query()`, `@Mutation()` of a GraphQL resolver: named by the method unless the decorator says otherwise."""

    def made(run: Interpreter, arguments: Arguments) -> Value:
        options = next(
            (one for one in map(run.force, arguments.positional) if isinstance(one, Mapping)), None
        )
        first = run.force(arguments.get(0))
        written = first if isinstance(first, str) else run.force(options.get("name")) if options else None
        site = Site(arguments.site, arguments.line)

        def decorate(run: Interpreter, given: Arguments) -> Value:
            name = (run.name_of(given.get(0)) or "").rpartition(".")[2]
            if name:
                router = run.new_router(RESOLVER, site)
                router.entries.append(
                    Route(method, written if isinstance(written, str) else name, name, site, "GraphQL")
                )
            return given.get(0)

        return Native(decorate)

    return made


RESOLVER = Kind("GraphQL", nothing, {}, join=lambda prefix, path: prefix + path)
CONTROLLER = Kind("NestJS", nothing, {}, join=join)
APPLICATION = Kind(
    "NestJS",
    nothing,
    {"enableVersioning": _enable_versioning, "listen": _listen, "setGlobalPrefix": _set_prefix},
    join=join,
    own_prefix=True,
)
KINDS: dict[str, Kind] = {}
FUNCTIONS = {
    **{
        f"@nestjs/common.{verb}": _verb({"All": "ANY", "Sse": "GET"}.get(verb, verb.upper()))
        for verb in VERBS
    },
    "@nestjs/common.RequestMapping": _request_mapping,
    "@nestjs/core.RouterModule.register": _register_modules,
    **{f"@nestjs/graphql.{name}": _operation(name.upper()) for name in ("Query", "Mutation", "Subscription")},
    "@nestjs/common.Controller": _controller,
    "@nestjs/common.Module": _module,
    "@nestjs/common.Version": _version,
    "@nestjs/core.NestFactory.create": _create,
}
