"""Steps that several frameworks' rows share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.router import Method, Router
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    ClassValue,
    Declared,
    External,
    Hidden,
    Instance,
    Native,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

VERBS = ("get", "post", "put", "patch", "delete", "head", "options")


def nothing(_: Interpreter, __: Router, ___: Arguments) -> None:
    """A constructor or method that adds no route."""


def methods_of(run: Interpreter, value: Value, default: tuple[str, ...]) -> tuple[str, ...]:
    """HTTP methods written as a text, a list of them, or of constants named like them."""
    value = run.force(value)
    found = [_method(run, item) for item in (value if isinstance(value, list) else [value] if value else [])]
    return tuple(dict.fromkeys(method for method in found if method)) or default


def _method(run: Interpreter, value: Value) -> str:
    value = run.force(value)
    text = value.name.rpartition(".")[2] if isinstance(value, External) else value
    if isinstance(value, Hidden) and value.hint.lower() in VERBS:
        text = value.hint
    return text.upper() if isinstance(text, str) and text.isalpha() and text.isascii() else ""


def add_all(run: Interpreter, router: Router, value: Value) -> None:
    """Add routes written as values: a list of them, nested lists, or another router's."""
    value = run.force(value)
    if isinstance(value, list):
        for item in value:
            add_all(run, router, item)
    elif isinstance(value, Declared):
        value.apply(run, router)
    elif isinstance(value, Router):
        router.mount("", value)


def class_methods(run: Interpreter, view: Value, spelled: str = "{}") -> tuple[str, ...]:
    """The HTTP methods that a class of views (or an object of it) answers by having a method of that name."""
    from repo_architect.analysis.endpoints.classes import find_member

    view = run.force(view)
    view = view.cls if isinstance(view, Instance) else view
    if not isinstance(view, ClassValue):
        return ()
    written = tuple(
        verb.upper() for verb in VERBS if find_member(run, view, spelled.format(verb)) is not None
    )
    if written:
        return written
    listed = find_member(run, view, "methods")
    return methods_of(run, listed, ())


def add_view(
    run: Interpreter,
    router: Router,
    path: str,
    view: Value,
    arguments: Arguments,
    *,
    default: tuple[str, ...],
) -> None:
    """Add a route for each method that a function or a class of views answers."""
    view = run.force(view)
    methods = arguments.get(None, "methods")
    handler = view.handler if isinstance(view, View) else view
    if isinstance(handler, ClassValue | Instance) and methods is None:
        found = class_methods(run, handler) or default
        name = handler.name if isinstance(handler, ClassValue) else handler.cls.name
        for method in found:
            run.add(router, method, path, f"{name}.{method.lower()}", arguments)
        return
    for method in methods_of(run, methods, (isinstance(view, View) and view.methods) or default):
        run.add(router, method, path, handler, arguments)


def decorator(method: str, path_names: tuple[str, ...] = ("path",)) -> Method:
    """`@router.get("/x")`: the function it decorates answers one method."""

    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        path = prefixed(router, run.text(arguments.get(0, *path_names)))

        def decorate(run: Interpreter, given: Arguments) -> Value:
            run.add(router, method, path, given.get(0), arguments)
            return given.get(0)

        return Native(decorate)

    return made


def prefixed(router: Router, path: str) -> str:
    """The path below the router's own prefix, for kinds that put it in at once."""
    return path if router.kind.own_prefix or not router.prefix else router.kind.join(router.prefix, path)


def view_decorator(path_names: tuple[str, ...] = ("path",), default: tuple[str, ...] = ("GET",)) -> Method:
    """`@router.route("/x", methods=[…])`, over a function or a class of views."""

    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        path = prefixed(router, run.text(arguments.get(0, *path_names)))

        def decorate(run: Interpreter, given: Arguments) -> Value:
            add_view(run, router, path, given.get(0), arguments, default=default)
            return given.get(0)

        return Native(decorate)

    return made


def setting(attribute: str, position: int | None = None, *names: str) -> Method:
    """A method that keeps an argument as an attribute of the router."""

    def made(run: Interpreter, router: Router, arguments: Arguments) -> Value:
        router.attributes[attribute] = run.text(arguments.get(position, *names))
        return router

    return made


def known_text(run: Interpreter, value: Value) -> str:
    """Text, empty when the argument was not given or is None."""
    value = run.force(value)
    return "" if value is None or value is UNKNOWN else run.text(value)
