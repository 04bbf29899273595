"""Calls: of functions and classes of the repository, of frameworks, and of what is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from repo_architect.analysis.endpoints import expressions, frameworks, ir
from repo_architect.analysis.endpoints.classes import find_member, kind_of
from repo_architect.analysis.endpoints.frameworks import descriptors
from repo_architect.analysis.endpoints.router import Kind, Router, Site
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    Bound,
    ClassValue,
    Closure,
    External,
    Hidden,
    Instance,
    Lazy,
    Mapping,
    Native,
    Scope,
    Super,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

MAX_DEPTH = 24


def call(run: Interpreter, function: Value, arguments: Arguments) -> Value:
    """What the call gives. A function of a module not read yet is read only when a router is handed to it."""
    if isinstance(function, Lazy):
        if not function.ready() and not any(
            isinstance(given, Router | Instance) for given in arguments.all()
        ):
            lazy = function
            return Lazy(lambda: call(run, run.force(lazy), arguments), lambda: False)
        function = run.force(function)
    if isinstance(function, External):
        function = run.force(function)
    handler = CALLS.get(type(function))
    return handler(run, function, arguments) if handler is not None else UNKNOWN


def _bound(run: Interpreter, function: Bound, arguments: Arguments) -> Value:
    return function.router.kind.methods[function.name](run, function.router, arguments)


def _router(run: Interpreter, function: Router, arguments: Arguments) -> Value:
    called = function.kind.methods.get("()")
    return called(run, function, arguments) if called is not None else UNKNOWN


def _closure(run: Interpreter, closure: Closure, arguments: Arguments) -> Value:
    function = closure.function
    run.executed.add(id(function))
    if (
        not function.body
        or len(run.stack) >= MAX_DEPTH
        or function in run.stack
        or not run.may_call(function)
    ):
        return UNKNOWN
    scope = Scope(closure.scope.module, closure.scope, owner=closure.owner)
    positional = list(arguments.positional)
    if closure.this is not None:
        scope.names["this"] = closure.this
        if scope.module.language in ("Python", "Go") and not function.static:
            positional.insert(0, closure.this)
    _bind_parameters(
        run, function, Arguments(positional, arguments.keywords, arguments.line, arguments.site), scope
    )
    run.stack.append(function)
    try:
        return run.run(function.body, scope)
    finally:
        run.stack.pop()


def _bind_parameters(run: Interpreter, function: ir.Function, arguments: Arguments, scope: Scope) -> None:
    position, used = 0, set[str]()
    for parameter in function.parameters:
        value: Value
        if parameter.kind == "*":
            value = arguments.positional[position:]
            position = len(arguments.positional)
        elif parameter.kind == "**":
            value = Mapping({name: given for name, given in arguments.keywords.items() if name not in used})
        else:
            value = arguments.get(position, parameter.name)
            position += 1
            used.add(parameter.name)
            if value is None:
                value = _unbound(run, parameter, scope)
            elif isinstance(value, Hidden) and parameter.annotation is not None:
                value = _annotated(run, parameter.annotation, scope) or value
        scope.names[parameter.name] = value
        if parameter.pattern is not None:
            expressions.bind(run, parameter.pattern, value, scope)


def _unbound(run: Interpreter, parameter: ir.Parameter, scope: Scope) -> Value:
    """The value of a parameter that was not given: its default, or a router when its annotation says so."""
    if parameter.default is not None:
        return run.evaluate(parameter.default, scope)
    if parameter.annotation is not None:
        router = _annotated(run, parameter.annotation, scope)
        if router is not None:
            return router
    if run.rooting and len(run.stack) == 0 and scope.module.language == "JavaScript":
        kind = frameworks.kind_of_name(run, parameter.name)
        if kind is not None:
            return _assumed(run, kind, scope)
    return Hidden(parameter.name)


def _annotated(run: Interpreter, annotation: ir.Expr, scope: Scope) -> Value | None:
    """A router, or in Go an object, made up for a value that is not known, where its annotation says that it is one."""
    named = run.evaluate(annotation, scope)
    kind = frameworks.kind_of_annotation(run, named)
    if kind is not None:
        return _assumed(run, kind, scope)
    return (
        assumed(run, named, scope)
        if scope.module.language == "Go" and isinstance(named, Lazy | ClassValue)
        else None
    )


def _assumed(run: Interpreter, kind: Kind, scope: Scope) -> Router:
    with run.assumption():
        return run.new_router(kind, Site(scope.module.path, 1))


def assumed(run: Interpreter, annotation: Value, scope: Scope) -> Value:
    """What a field of a type is taken to hold: a router, when the type is one, or an object of another package's."""
    kind = frameworks.kind_of_annotation(run, annotation)
    if kind is not None:
        return _assumed(run, kind, scope)
    if isinstance(annotation, Lazy):
        return Lazy(lambda: _object(run, annotation, scope), annotation.ready, annotation.hint)
    return _object(run, annotation, scope)


def _object(run: Interpreter, annotation: Value, scope: Scope) -> Value:
    cls = run.force(annotation)
    if not isinstance(cls, ClassValue):
        return UNKNOWN
    with run.assumption():
        return instantiate(run, cls, Arguments([], {}, 1, scope.module.path))


def _external(run: Interpreter, function: External, arguments: Arguments) -> Value:
    known = frameworks.FUNCTIONS.get(function.name)
    if known is not None:
        return known(run, arguments)
    if function.name.endswith(".as_view"):
        return View(External(function.name.removesuffix(".as_view")))
    generated = descriptors.call(run, function.name, arguments)
    if generated is not None:
        return generated
    kind = frameworks.kind_of_constructor(function.name)
    if kind is None:
        return UNKNOWN
    router = run.new_router(kind, Site(arguments.site, arguments.line))
    return kind.construct(run, router, arguments) or router


def instantiate(run: Interpreter, cls: ClassValue, arguments: Arguments) -> Value:
    """An object of a class of the repository: a router when the class is one by inheritance."""
    kind = kind_of(run, cls)
    this: Router | Instance
    if kind is not None:
        this = run.new_router(kind, Site(arguments.site, arguments.line), cls)
    else:
        this = Instance(cls)
    method = find_member(run, cls, "__init__") or find_member(run, cls, "constructor")
    if cls.scope.module.language == "Go":
        this.attributes.update(zip(cls.definition.fields, arguments.positional, strict=False))
        this.attributes.update(arguments.keywords)
    elif isinstance(method, Closure):
        _closure(run, Closure(method.function, method.scope, this, method.owner), arguments)
    elif isinstance(this, Router):
        this.kind.construct(run, this, arguments)
    return this


def initialize(run: Interpreter, this: Value, owner: ClassValue, arguments: Arguments) -> Value:
    """`super().__init__(…)` or `super(…)`."""
    for base in map(run.force, owner.bases):
        if isinstance(base, ClassValue):
            method = find_member(run, base, "__init__") or find_member(run, base, "constructor")
            if isinstance(method, Closure):
                return _closure(run, Closure(method.function, method.scope, this, method.owner), arguments)
    if isinstance(this, Router):
        this.kind.construct(run, this, arguments)
    return UNKNOWN


CALLS: dict[type, Callable[[Interpreter, Any, Arguments], Value]] = {
    Bound: _bound,
    ClassValue: instantiate,
    Closure: _closure,
    External: _external,
    Native: lambda run, function, arguments: function.call(run, arguments),
    Router: _router,
    Super: lambda run, function, arguments: initialize(run, function.this, function.owner, arguments),
}
