"""What frameworks' classes and functions do to routes: a row for each name that can be imported.

KINDS     dotted name of a class (`fastapi.APIRouter`) -> the kind of router it makes
FUNCTIONS dotted name of a function (`django.urls.path`) -> what calling it does
A framework's module fills both; adding a framework is adding a module to `_MODULES` and its names to the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks import (
    aiohttp,
    django,
    environment,
    express,
    fastapi,
    fastify,
    flask,
    go,
    go_ducks,
    hono,
    nest,
    other_python,
    rest_framework,
    rust,
    starlette,
)
from repo_architect.analysis.endpoints.router import Kind, Router
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    ClassValue,
    External,
    Lazy,
    Mapping,
    Native,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

_MODULES = (
    aiohttp,
    django,
    environment,
    express,
    fastapi,
    fastify,
    flask,
    go,
    hono,
    nest,
    other_python,
    rest_framework,
    rust,
    starlette,
)

KINDS: dict[str, Kind] = {name: kind for module in _MODULES for name, kind in module.KINDS.items()}
FUNCTIONS: dict[str, Callable[[Interpreter, Arguments], Value]] = {
    name: function for module in _MODULES for name, function in module.FUNCTIONS.items()
}
SELF_ATTRIBUTES = frozenset({"router", "routes", "urls", "server", "app", "http", "wsgi_app"})
"""Attributes of routers that stand for the router itself."""


def kind_of_constructor(name: str) -> Kind | None:
    """The kind of router that calling a name of another package makes."""
    return KINDS.get(name) or (
        go_ducks.kind_of(name) if name not in FUNCTIONS and name not in ANNOTATIONS else None
    )


def kind_of_name(run: Interpreter, name: str) -> Kind | None:
    """The kind of router that a parameter of a script's plugin is by its name, where the scripts leave no doubt."""
    if name in ("fastify", "instance"):
        return fastify.FASTIFY
    if name in ("app", "router", "server"):
        kinds = {router.kind for router in run.routers} & {
            express.EXPRESS,
            fastify.FASTIFY,
            hono.HONO,
            express.KOA_ROUTER,
        }
        return next(iter(kinds)) if len(kinds) == 1 else None
    return None


def kind_of_annotation(run: Interpreter, annotation: Value) -> Kind | None:
    """The kind of router that a parameter annotated so is given."""
    if isinstance(annotation, Lazy):
        annotation = run.force(annotation) if annotation.ready() else UNKNOWN
    if isinstance(annotation, External):
        known = KINDS.get(annotation.name) or KINDS.get(ANNOTATIONS.get(annotation.name, ""))
        return known or go_ducks.kind_of(annotation.name)
    if isinstance(annotation, ClassValue):
        from repo_architect.analysis.endpoints.classes import kind_of

        return kind_of(run, annotation)
    return None


ANNOTATIONS: dict[str, str] = {
    name: target for module in _MODULES for name, target in getattr(module, "ANNOTATIONS", {}).items()
}
"""Types that a parameter is annotated with, where they are not the class that makes the router."""


def router_attribute(router: Router, name: str) -> Value:
    """An attribute that every router has."""
    if name in SELF_ATTRIBUTES:
        return router
    return router.prefix if name in ("prefix", "url_prefix") else UNKNOWN


def class_attribute(cls: ClassValue, name: str) -> Value:
    """An attribute that a class of views has from its framework."""
    if name in ("as_view", "as_asgi"):
        return Native(lambda run, arguments: _as_view(run, cls, arguments))
    return UNKNOWN


def _as_view(run: Interpreter, cls: ClassValue, arguments: Arguments) -> Value:
    actions = run.force(arguments.get(0))
    return View(cls, actions=actions if isinstance(actions, Mapping) else None)


def mapping_method(table: Mapping, name: str) -> Value:
    """A method of a dictionary."""
    method = _MAPPING.get(name)
    return Native(lambda run, arguments: method(run, table, arguments)) if method is not None else UNKNOWN


def _get(run: Interpreter, table: Mapping, arguments: Arguments) -> Value:
    default, key = arguments.get(1), run.force(arguments.get(0))
    name = key.name.rpartition(".")[2] if isinstance(key, External) else run.text(key)
    return table.get(name, UNKNOWN if default is None else default)


def _update(run: Interpreter, table: Mapping, arguments: Arguments) -> Value:
    given = run.force(arguments.get(0))
    table.update(given if isinstance(given, Mapping) else {})
    table.update(arguments.keywords)
    return UNKNOWN


def _set_default(run: Interpreter, table: Mapping, arguments: Arguments) -> Value:
    return table.setdefault(run.text(arguments.get(0)), arguments.get(1))


_MAPPING: dict[str, Callable[[Interpreter, Mapping, Arguments], Value]] = {
    "entries": lambda _, table, __: [[key, value] for key, value in table.items()],
    "get": _get,
    "items": lambda _, table, __: [[key, value] for key, value in table.items()],
    "keys": lambda _, table, __: list(table),
    "pop": _get,
    "setdefault": _set_default,
    "update": _update,
    "values": lambda _, table, __: list(table.values()),
}


def no_arguments(site: str, line: int) -> Arguments:
    return Arguments([], {}, line, site)
