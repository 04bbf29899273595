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
    Arguments,
    ClassValue,
    Mapping,
    Native,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

_VERSION = re.compile(r"/<version>[^/]*")
VERBS = ("Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "All", "Sse")


def _verb(method: str) -> Callable[[Interpreter, Arguments], Value]:
    """`@Get(":id")`: kept on the method until its class is decorated."""

    def made(run: Interpreter, arguments: Arguments) -> Value:
        paths = run.texts(arguments.get(0)) or [""]
        extra = Mapping(nest=method, paths=paths, at=Site(arguments.site, arguments.line))
        return Native(lambda _, given: View(given.get(0), extra=extra))

    return made


def _version(run: Interpreter, arguments: Arguments) -> Value:
    versions = run.texts(arguments.get(0))

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
    versions = run.texts(options.get("version")) or [""]
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
        base = "/".join(part for part in (f"<version>{version}" if version else "", prefix) if part)
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
            yield router
    for imported in _listed(run, options, "imports"):
        yield from _controllers(run, imported, seen)


def _listed(run: Interpreter, options: Value, name: str) -> list[Value]:
    found = run.force(options.get(name)) if isinstance(options, Mapping) else None
    return [run.force(item) for item in found] if isinstance(found, list) else []


def _set_prefix(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    router.attributes["prefix"] = "/" + run.text(arguments.get(0)).strip("/")
    return router


def _enable_versioning(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    options = run.force(arguments.get(0))
    prefix = run.force(options.get("prefix")) if isinstance(options, Mapping) else None
    router.attributes["version"] = prefix if isinstance(prefix, str) else "" if prefix is False else "v"
    return router


def finish(run: Interpreter) -> None:
    """Controllers that no application was seen to load belong to the application, when there is one."""
    applications = [router for router in run.routers if router.kind is APPLICATION]
    version = next(
        (str(app.attributes["version"]) for app in applications if "version" in app.attributes), None
    )
    for router in run.routers:
        if router.kind is CONTROLLER:
            router.entries = [
                _versioned(entry, version) if isinstance(entry, Route) else entry for entry in router.entries
            ]
    if len(applications) == 1:
        for router in run.routers:
            if router.kind is CONTROLLER and not router.mounted:
                applications[0].mount("", router)


def _versioned(route: Route, version: str | None) -> Route:
    """The route with its version in the path where the application asks for that, and without it elsewhere."""
    path = _VERSION.sub("", route.path) if version is None else route.path.replace("<version>", version)
    return replace(route, path=path or "/")


CONTROLLER = Kind("NestJS", nothing, {}, join=join)
APPLICATION = Kind(
    "NestJS",
    nothing,
    {"enableVersioning": _enable_versioning, "setGlobalPrefix": _set_prefix},
    join=join,
    own_prefix=True,
)
KINDS: dict[str, Kind] = {}
FUNCTIONS = {
    **{
        f"@nestjs/common.{verb}": _verb({"All": "ANY", "Sse": "GET"}.get(verb, verb.upper()))
        for verb in VERBS
    },
    "@nestjs/common.Controller": _controller,
    "@nestjs/common.Module": _module,
    "@nestjs/common.Version": _version,
    "@nestjs/core.NestFactory.create": _create,
}
