"""The words of Rails' routes: scopes, resources, verbs, mounts, concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from tree_sitter import Node

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found
from repo_architect.analysis.endpoints.dsl.ruby import resources, scopes
from repo_architect.analysis.endpoints.dsl.ruby.joined import DRAWN
from repo_architect.analysis.endpoints.dsl.ruby.scopes import Scope, below, text
from repo_architect.analysis.endpoints.dsl.ruby.script import Call, Script
from repo_architect.analysis.endpoints.dsl.ruby.values import Constant, Names, Quoted

VERBS = ("get", "post", "put", "patch", "delete", "options", "head")
_NO_ROUTES = frozenset({"direct", "resolve", "namespace_for", "inflect", "lambda", "proc"})
_DRAWS = frozenset({"draw", "append", "prepend", "add_routes"})
_APPLICATION = "Rails.application"


class Rails:
    """Reads the calls of `routes.draw`; what it does not know it reads the block of, in the same scope."""

    def __init__(self, drawn: bool) -> None:
        self.drawn = drawn
        self.found: list[Found] = []
        self.concerns: dict[str, tuple[Node, Names]] = {}
        self._meanings: dict[str, Callable[[Script, Scope, Call], Iterable[Scope]]] = {
            "namespace": lambda _, scope, call: [scopes.namespaced(scope, call)],
            "scope": lambda _, scope, call: [scopes.scoped(scope, call)],
            "with_options": lambda _, scope, call: [scopes.with_options(scope, call)],
            "shallow": lambda _, scope, __: [replace(scope, shallow=True)],
            "controller": lambda _, scope, call: [replace(scope, controller=_first(call))],
            "resources": self._resources,
            "resource": self._resources,
            "member": lambda _, scope, __: [_at(scope, "member")],
            "collection": lambda _, scope, __: [_at(scope, "collection")],
            "new": lambda _, scope, __: [_at(scope, "new")],
            "concern": self._concern,
            "concerns": self._concerns,
            "root": self._root,
            "mount": self._mount,
            "match": self._verb,
            "draw": self._draw,
            **dict.fromkeys(VERBS, self._verb),
        }

    def start(self) -> Scope:
        return Scope(drawn=self.drawn)

    def within(self, scope: Scope, _: str) -> Scope:
        return scope

    def call(self, script: Script, scope: Scope, call: Call) -> Iterable[Scope]:
        if call.word in _NO_ROUTES:
            return []
        if call.word in _DRAWS and call.block is not None:
            return [_drawn(scope, call)]
        if (
            scope.drawn
            and (not call.receiver or call.receiver.isidentifier())
            and call.word in self._meanings
        ):
            return self._meanings[call.word](script, scope, call)
        return [scope]

    def _draw(self, _: Script, scope: Scope, call: Call) -> list[Scope]:
        """`draw(:name)` of a file in `config/routes`."""
        name = _first(call)
        if name:
            self.found.append(Found(DRAWN, scope.path, "Rails", name, call.line, scope.module))
        return []

    def _resources(self, script: Script, scope: Scope, call: Call) -> Iterator[Scope]:
        scope = replace(scope, shallow=bool(call.pairs.get("shallow", scope.shallow)))
        for name in _names(call.arguments):
            resource = resources.declared(scope, call, name)
            self.found.extend(resources.routes(scope, call, resource))
            inner = resources.inside(scope, call, resource)
            self._use(script, inner, _listed(call.pairs.get("concerns")))
            yield inner

    def _concern(self, _: Script, __: Scope, call: Call) -> list[Scope]:
        if call.block is not None:
            self.concerns[_first(call)] = (call.block, call.names)
        return []

    def _concerns(self, script: Script, scope: Scope, call: Call) -> list[Scope]:
        self._use(script, scope, _names(call.arguments))
        return []

    def _use(self, script: Script, scope: Scope, names: list[str]) -> None:
        for name in names:
            if name in self.concerns:
                block, known = self.concerns[name]
                script.block(block, scope, known, [])

    def _root(self, _: Script, scope: Scope, call: Call) -> list[Scope]:
        target = text(call.pairs.get("to")) or _first(call)
        handler = _within(scope, target) if "#" in target else None
        self.found.append(Found("GET", scope.path or "/", "Rails", handler, call.line, scope.engine))
        return []

    def _mount(self, _: Script, scope: Scope, call: Call) -> list[Scope]:
        """An application below a path: `mount Engine, at: "/x"` or `mount Engine => "/x"`."""
        pairs = [(key, one) for key, one in call.pairs.items() if isinstance(key, Constant)]
        mounted, at = pairs[0] if pairs else (next(iter(call.arguments), None), call.pairs.get("at"))
        whole = below(scope.path, text(at))
        if whole:
            name = mounted.name if isinstance(mounted, Constant) else None
            self.found.append(Found("ANY", whole, "Rails", name, call.line, scope.engine))
        return []

    def _verb(self, _: Script, scope: Scope, call: Call) -> list[Scope]:
        on = text(call.pairs.get("on"))
        base = _at(scope, on) if on in ("member", "collection", "new") else scope
        targets = [
            (key, one) for key, one in call.pairs.items() if isinstance(key, str) and _is_path(key, one)
        ]
        given = targets or [(one, call.pairs.get("to")) for one in _names(call.arguments)]
        for path, to in given:
            segment = scope.names.get(path, path)
            whole = below(base.path, segment) or "/"
            for method in _methods(call):
                handler = _handler(scope, call, path, to)
                self.found.append(Found(method, whole, "Rails", handler, call.line, scope.engine))
        return []


def _drawn(scope: Scope, call: Call) -> Scope:
    """The scope of `Blog::Engine.routes.draw do`; what draws nothing keeps its own."""
    on = call.receiver.removeprefix("::")
    if call.word != "add_routes" and not on.endswith(".routes"):
        return scope
    engine = on.removesuffix(".routes")
    return replace(
        scope, drawn=True, engine=engine if engine != _APPLICATION and engine[:1].isupper() else ""
    )


def _first(call: Call) -> str:
    return text(call.arguments[0]) if call.arguments else ""


def _names(values: list[Any]) -> list[str]:
    """The texts of arguments, those of lists among them."""
    found: list[str] = []
    for one in values:
        found.extend(_names(one) if isinstance(one, list) else [one] if isinstance(one, str) else [])
    return found


def _listed(value: Any) -> list[str]:
    return _names(value if isinstance(value, list) else [value])


def _at(scope: Scope, place: str) -> Scope:
    """The scope of what acts on one, on all or on a new one of the resource around."""
    if scope.resource is None:
        return scope
    return replace(scope, path=getattr(scope.resource, place))


def _is_path(key: str, target: Any) -> bool:
    """Whether a pair is `"path" => "controller#action"`, not an option."""
    return isinstance(key, Quoted) or (key != "to" and isinstance(target, str) and "#" in target)


def _methods(call: Call) -> list[str]:
    if call.word != "match":
        return [call.word.upper()]
    verbs = [verb.upper() for verb in _listed(call.pairs.get("via"))]
    return ["ANY"] if not verbs or "ALL" in verbs else verbs


def _handler(scope: Scope, call: Call, path: str, to: Any) -> str | None:
    """The controller and action that answer, as Rails names them."""
    target = text(to)
    if "#" in target:
        return _within(scope, target)
    if to is not None and not target:
        return None
    controller = text(call.pairs.get("controller")) or scope.controller
    action = text(call.pairs.get("action")) or target or path.strip("/")
    if not controller and "/" in action and ":" not in action:
        controller, _, action = action.rpartition("/")
    known = controller and action.replace("_", "").isalnum() and paths.OPEN not in controller
    return _within(scope, f"{controller}#{action}") if known else None


def _within(scope: Scope, target: str) -> str:
    return target[1:] if target.startswith("/") else f"{scope.module}/{target}".strip("/")
