"""Django REST framework: routers, viewsets and their extra actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints.frameworks import django
from repo_architect.analysis.endpoints.frameworks.common import VERBS, known_text, methods_of
from repo_architect.analysis.endpoints.patterns import plain
from repo_architect.analysis.endpoints.router import Kind, Router
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

ACTIONS: dict[str, tuple[str, bool]] = {
    "list": ("GET", False),
    "create": ("POST", False),
    "retrieve": ("GET", True),
    "update": ("PUT", True),
    "partial_update": ("PATCH", True),
    "destroy": ("DELETE", True),
}
"""An action's method, and whether it is of one object."""
MIXINS: dict[str, tuple[str, ...]] = {
    "ModelViewSet": tuple(ACTIONS),
    "ReadOnlyModelViewSet": ("list", "retrieve"),
    "ListModelMixin": ("list",),
    "CreateModelMixin": ("create",),
    "RetrieveModelMixin": ("retrieve",),
    "UpdateModelMixin": ("update", "partial_update"),
    "DestroyModelMixin": ("destroy",),
}


def _construct(run: Interpreter, router: Router, arguments: Arguments) -> None:
    slash = run.force(arguments.get(None, "trailing_slash"))
    router.attributes["slash"] = "" if slash is False else "/"
    router.attributes["routes"] = [_mapped(detail=False), UNKNOWN, _mapped(detail=True), UNKNOWN]


def _mapped(*, detail: bool) -> Mapping:
    """One of a router's `routes`: a subclass may map more methods to actions."""
    actions = {method.lower(): action for action, (method, of_one) in ACTIONS.items() if of_one is detail}
    return Mapping({"mapping": Mapping(actions)})


def _default(run: Interpreter, router: Router, arguments: Arguments) -> None:
    _construct(run, router, arguments)
    run.add(router, "GET", "", "APIRootView", arguments)


def _nested(run: Interpreter, router: Router, arguments: Arguments) -> None:
    """drf-nested-routers: below one object of what the parent registered."""
    _construct(run, router, arguments)
    lookup = known_text(run, arguments.get(2, "lookup")) or "parent"
    router.attributes["prefix"] = f"{run.text(arguments.get(1, 'parent_prefix'))}/<{lookup}_pk>/"


def _register(run: Interpreter, router: Router, arguments: Arguments) -> Value:
    viewset = run.force(arguments.get(1, "viewset"))
    base = router.prefix + plain(run.text(arguments.get(0, "prefix")))
    for method, path, action in _routes(run, viewset, router):
        run.add(router, method, _below(base, path), f"{run.name_of(viewset)}.{action}", arguments)
    below = Native(lambda run, given: _register_below(run, router, base, given))
    return Mapping({"register": below})


def _register_below(run: Interpreter, router: Router, base: str, arguments: Arguments) -> Value:
    """drf-extensions: below one object of what was registered, named by the last of the parents' lookups."""
    lookups = run.texts(arguments.get(None, "parents_query_lookups") or arguments.get(3))
    prefix = f"{base}/<{lookups[-1] if lookups else 'parent'}>/{run.text(arguments.get(0, 'prefix'))}"
    return _register(run, router, replace(arguments, positional=[prefix, *arguments.positional[1:]]))


def _below(base: str, path: str) -> str:
    return base + path if base else path.removeprefix("/")


def _actions(router: Router) -> Iterator[tuple[str, str, bool]]:
    """(action, method, of one object) that a router maps."""
    for route, detail in zip(router.attributes.get("routes") or (), (False, False, True, True), strict=False):
        mapping_ = route.get("mapping") if isinstance(route, Mapping) else None
        for method, action in (mapping_ or {}).items():
            if isinstance(action, str):
                yield action, method.upper(), detail


def _routes(run: Interpreter, viewset: Value, router: Router) -> Iterator[tuple[str, str, str]]:
    """(method, path, action) of a viewset, paths below its prefix."""
    from repo_architect.analysis.endpoints.classes import find_member, lineage

    if not isinstance(viewset, ClassValue):
        return
    bases = list(lineage(run, viewset))
    mixed = {
        action
        for base in bases
        if isinstance(base, External)
        for action in MIXINS.get(base.name.rpartition(".")[2], ())
    }
    allowed = methods_of(run, find_member(run, viewset, "http_method_names"), ())
    slash = str(router.attributes.get("slash", "/"))
    one = f"/<{_lookup(run, viewset)}>"
    extra = {
        name: member
        for base in reversed(bases)
        if isinstance(base, ClassValue)
        for name, member in base.attributes.items()
    }
    for action, method, detail in _actions(router):
        if (action in mixed or action in extra) and (not allowed or method in allowed):
            yield method, (one if detail else "") + slash, action
    for name, member in extra.items():
        if isinstance(member, View) and member.extra is not None:
            where = one if run.force(member.extra.get("detail")) else ""
            url = known_text(run, member.extra.get("url_path")) or name
            for method in member.methods or ("GET",):
                yield method, f"{where}/{plain(url)}{slash}", name


def _lookup(run: Interpreter, viewset: ClassValue) -> str:
    from repo_architect.analysis.endpoints.classes import find_member

    for name in ("lookup_url_kwarg", "lookup_field"):
        value = run.force(find_member(run, viewset, name))
        if isinstance(value, str):
            return value
    return "pk"


def _action(run: Interpreter, arguments: Arguments) -> Value:
    methods = methods_of(run, arguments.get(0, "methods"), ("GET",))
    return Native(lambda _, given: View(given.get(0), methods, extra=Mapping(arguments.keywords)))


def mapping(view: View) -> Mapping:
    """`@action.mapping.delete`: another method of the same extra action."""

    def adds(method: str) -> Native:
        def add(_: Interpreter, given: Arguments) -> Value:
            view.methods = tuple(dict.fromkeys((*(view.methods or ()), method)))
            return given.get(0)

        return Native(add)

    return Mapping({verb: adds(verb.upper()) for verb in VERBS})


def _old_action(detail: bool) -> Callable[[Interpreter, Arguments], Value]:
    def made(run: Interpreter, arguments: Arguments) -> Value:
        keywords = {**arguments.keywords, "detail": detail}
        return _action(run, Arguments(arguments.positional, keywords, arguments.line, arguments.site))

    return made


def _extend(run: Interpreter, router: Router, arguments: Arguments) -> None:
    other = run.router(arguments.get(0))
    if other is not None:
        router.mount("", other)


METHODS = {"extend": _extend, "register": _register}


def _format_suffixes(run: Interpreter, arguments: Arguments) -> Value:
    return run.force(arguments.get(0, "urlpatterns"))


DEFAULT = Kind("Django REST framework", _default, METHODS, join=django.join)
SIMPLE = Kind("Django REST framework", _construct, METHODS, join=django.join)
NESTED = Kind("Django REST framework", _nested, METHODS, join=django.join)
KINDS = {
    "rest_framework.routers.DefaultRouter": DEFAULT,
    "rest_framework.routers.SimpleRouter": SIMPLE,
    "rest_framework_extensions.routers.ExtendedSimpleRouter": SIMPLE,
    "rest_framework_nested.routers.DefaultRouter": DEFAULT,
    "rest_framework_nested.routers.NestedDefaultRouter": NESTED,
    "rest_framework_nested.routers.NestedSimpleRouter": NESTED,
    "rest_framework_nested.routers.SimpleRouter": SIMPLE,
}
FUNCTIONS = {
    "rest_framework.decorators.action": _action,
    "rest_framework.decorators.detail_route": _old_action(True),
    "rest_framework.decorators.list_route": _old_action(False),
    "rest_framework.urlpatterns.format_suffix_patterns": _format_suffixes,
}
