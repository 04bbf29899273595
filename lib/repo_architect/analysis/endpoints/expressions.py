"""Expressions of the small program, evaluated."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from repo_architect.analysis.endpoints import calls, ir
from repo_architect.analysis.endpoints.frameworks import rust
from repo_architect.analysis.endpoints.router import Router
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    ClassValue,
    Closure,
    External,
    Hidden,
    Lazy,
    Mapping,
    ModuleValue,
    Native,
    Scope,
    Super,
    Value,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

MAX_ITEMS = 2_000


def evaluate(run: Interpreter, expression: ir.Expr, scope: Scope) -> Value:
    """The expression's value; `UNKNOWN` for what is not modelled."""
    run.step()
    return EVALUATORS[type(expression)](run, expression, scope)


def _literal(_: Interpreter, expression: ir.Literal, __: Scope) -> Value:
    return expression.value


def _unknown(_: Interpreter, expression: ir.Unknown, __: Scope) -> Value:
    return Hidden(expression.hint) if expression.hint else UNKNOWN


def _name(run: Interpreter, expression: ir.Name, scope: Scope) -> Value:
    value = scope.find(expression.id)
    if value is not None:
        return value
    if scope.module.language == "Rust" and expression.id.lstrip(":") in _CRATES:
        return External(expression.id.lstrip(":"))
    starred = scope.module.starred_name(expression.id)
    return starred if starred is not None else _builtin(run, expression.id, scope)


def _builtin(run: Interpreter, name: str, scope: Scope) -> Value:
    made = _BUILTINS.get(name)
    if made is not None:
        return made(run, scope)
    if name in ("str", "String", "list", "tuple", "sorted", "reversed", "set", "sum"):
        return External(f"builtins.{name}")
    return Hidden(name)


def _super(scope: Scope) -> Value:
    owner, this = scope.nearest_owner(), scope.find("self") or scope.find("this")
    return Super(owner, this) if owner is not None and this is not None else UNKNOWN


def _require(run: Interpreter, arguments: Arguments, scope: Scope) -> Value:
    specifier = run.force(arguments.get(0))
    return scope.module.imported(specifier, "*") if isinstance(specifier, str) else UNKNOWN


def _in_crate(name: str) -> Callable[[Interpreter, Scope], Value]:
    return lambda run, scope: External(run.world.crate_of(name, scope.module.path))


_CRATES = ("Vec", "actix_web", "aide", "axum", "rocket", "utoipa_axum")
_BUILTINS: dict[str, Callable[[Interpreter, Scope], Value]] = {
    "<rust>": lambda _, __: Native(rust.attribute),
    "Self": lambda _, scope: ModuleValue(scope.module) if scope.module.language == "Rust" else Hidden("Self"),
    "crate": _in_crate("crate"),
    "self": lambda run, scope: (
        _in_crate("self")(run, scope) if scope.module.language == "Rust" else Hidden("self")
    ),
    "<assume>": lambda run, scope: Native(lambda _, given: calls.assumed(run, given.get(0), scope)),
    "<assert>": lambda run, scope: Native(lambda _, given: _asserted(run, given, scope)),
    "<range>": lambda run, _: Native(lambda _, given: ranged(run, given.get(0))),
    "__dirname": lambda _, scope: scope.module.path.rpartition("/")[0] or ".",
    "exports": lambda _, scope: ModuleValue(scope.module),
    "module": lambda _, __: External("module"),
    "require": lambda run, scope: Native(lambda _, given: _require(run, given, scope)),
    "super": lambda _, scope: (
        _in_crate("super")(_, scope)
        if scope.module.language == "Rust"
        else Native(lambda _, __: _super(scope))
    ),
}


def _attribute(run: Interpreter, expression: ir.Attribute, scope: Scope) -> Value:
    value = run.attribute(evaluate(run, expression.object, scope), expression.name)
    return Hidden(expression.name) if value is UNKNOWN else value


def _index(run: Interpreter, expression: ir.Index, scope: Scope) -> Value:
    holder, key = (
        run.force(evaluate(run, expression.object, scope)),
        run.force(evaluate(run, expression.key, scope)),
    )
    if isinstance(holder, Mapping) and isinstance(key, str | External):
        name = key_of(key)
        return holder.get(name, Hidden(name))
    if isinstance(holder, list) and isinstance(key, int) and -len(holder) <= key < len(holder):
        return holder[key]
    if isinstance(key, str):
        found = run.attribute(holder, key)
        return Hidden(key) if found is UNKNOWN or isinstance(found, External) else found
    return holder if isinstance(holder, External) else UNKNOWN


def _call(run: Interpreter, expression: ir.Call, scope: Scope) -> Value:
    function = evaluate(run, expression.function, scope)
    arguments = arguments_of(run, expression, scope)
    value = run.call(function, arguments)
    if isinstance(value, Hidden) and (wrapped := _wrapped(arguments)) is not None:
        return Hidden(wrapped)
    return Hidden(ir.callee(expression.function)) if value is UNKNOWN else value


def _wrapped(arguments: Arguments) -> str | None:
    """The function that an unknown one is called with, by its name: `wrap(api.query)` stands for `api.query`."""
    return next(
        (
            one.name
            for one in arguments.positional
            if isinstance(one, Closure) and not one.function.name.startswith("<")
        ),
        None,
    )


def arguments_of(run: Interpreter, expression: ir.Call, scope: Scope) -> Arguments:
    """The arguments of a call, spread lists and mappings laid out."""
    positional: list[Value] = []
    for argument in expression.arguments:
        if isinstance(argument, ir.Star):
            spread = run.force(evaluate(run, argument.value, scope))
            positional.extend(spread if isinstance(spread, list) else [UNKNOWN])
        else:
            positional.append(evaluate(run, argument, scope))
    keywords: dict[str, Value] = {}
    for name, given in expression.keywords:
        value = evaluate(run, given, scope)
        if name is not None:
            keywords[name] = value
        elif isinstance(value := run.force(value), Mapping):
            keywords.update(value)
    return Arguments(positional, keywords, expression.line, scope.module.path)


def _star(run: Interpreter, expression: ir.Star, scope: Scope) -> Value:
    return evaluate(run, expression.value, scope)


def _join(run: Interpreter, expression: ir.Join, scope: Scope) -> Value:
    parts = [run.force(evaluate(run, part, scope)) for part in expression.parts]
    if any(isinstance(part, list) for part in parts):
        return [item for part in parts for item in listed(part)][:MAX_ITEMS]
    if len(parts) == 2 and all(isinstance(part, int) for part in parts):
        return parts[0] + parts[1]
    return "".join(run.text(part) for part in parts)[:2_000]


def listed(value: Value) -> list[Value]:
    """What a value adds to a list: its items, or a router's routes as one item."""
    return value if isinstance(value, list) else [value] if isinstance(value, Router) else []


def _sequence(run: Interpreter, expression: ir.Sequence, scope: Scope) -> Value:
    items: list[Value] = []
    for item in expression.items:
        value = evaluate(run, item, scope)
        spread = run.force(value) if isinstance(item, ir.Star) else None
        items.extend(spread if isinstance(spread, list) else [value])
    return items


def _table(run: Interpreter, expression: ir.Table, scope: Scope) -> Value:
    table = Mapping()
    table.line = expression.entries[0][2] if expression.entries else 1
    table.lines = {}
    for key, given, line in expression.entries:
        value = evaluate(run, given, scope)
        if key is None:
            spread = run.force(value)
            table.update(spread if isinstance(spread, Mapping) else {})
            continue
        name = run.force(evaluate(run, key, scope))
        if isinstance(name, str | int | External):
            table[key_of(name)] = value
            table.lines[key_of(name)] = line
    return table


def key_of(key: str | int | External) -> str:
    """What a table's key is kept as: a name of another package as its last part."""
    return key.name.rpartition(".")[2] if isinstance(key, External) else str(key)


def _either(run: Interpreter, expression: ir.Either, scope: Scope) -> Value:
    values = [evaluate(run, option, scope) for option in expression.options]
    known = [value for value in values if not isinstance(value, Hidden) and value is not None]
    if not known:
        return values[0] if values else UNKNOWN
    return next((value for value in known if value not in ("", False)), known[0])


def _each(run: Interpreter, expression: ir.Each, scope: Scope) -> Value:
    found: list[Value] = []
    for item in iterate(run, evaluate(run, expression.over, scope), expression.target):
        inner = Scope(scope.module, scope)
        bind(run, expression.target, item, inner)
        found.append(evaluate(run, expression.value, inner))
    return found


def iterate(run: Interpreter, value: Value, target: ir.Expr) -> list[Value]:
    """The elements of a value; one unknown element when they are not known."""
    value = run.force(value)
    if isinstance(value, list):
        return value[:MAX_ITEMS]
    if isinstance(value, Mapping):
        return list(value)
    return [Hidden(target.id if isinstance(target, ir.Name) else "")]


def _asserted(run: Interpreter, given: Arguments, scope: Scope) -> Value:
    """A value of a type that is asserted: a router that is made up, where the type is one and the value not known."""
    value = run.force(given.get(0))
    return calls.assumed(run, given.get(1), scope) if isinstance(value, Hidden | External) else value


def ranged(run: Interpreter, value: Value) -> Value:
    """What Go's `range` gives: pairs of index or key, and element."""
    value = run.force(value)
    if isinstance(value, list):
        return [[index, one] for index, one in enumerate(value[:MAX_ITEMS])]
    return [[key, one] for key, one in value.items()] if isinstance(value, Mapping) else UNKNOWN


def bind(run: Interpreter, target: ir.Expr, value: Value, scope: Scope) -> None:
    """Give a name, or each name of a pattern, its value."""
    if isinstance(target, ir.Name):
        scope.names[target.id] = value
    elif isinstance(target, ir.Sequence):
        value = run.force(value)
        items = value if isinstance(value, list) else []
        for index, part in enumerate(target.items):
            bind(run, part, items[index] if index < len(items) else _hidden(part), scope)
    elif isinstance(target, ir.Table):
        for key, part, _ in target.entries:
            if isinstance(key, ir.Literal) and isinstance(key.value, str):
                bind(run, part, run.attribute(value, key.value), scope)


def _hidden(part: ir.Expr) -> Hidden:
    return Hidden(part.id) if isinstance(part, ir.Name) else UNKNOWN


def _function(_: Interpreter, expression: ir.Function, scope: Scope) -> Value:
    """A function without a name: where `this` is a parameter of methods alone, it has none of its own."""
    explicit = scope.module.language in ("Python", "Go")
    return Closure(expression, scope, None if explicit else scope.find("this"))


def _class(run: Interpreter, expression: ir.Class, scope: Scope) -> Value:
    bases = [evaluate(run, base, scope) for base in expression.bases]
    inner = Scope(scope.module, scope)
    cls = ClassValue(expression.name, expression, bases, inner)
    inner.owner = cls
    run.run(expression.body, inner)
    return cls


def lazily(run: Interpreter, value: Lazy, name: str) -> Lazy:
    """An attribute of a lazy value, itself lazy."""
    return Lazy(lambda: run.attribute(run.force(value), name), value.ready, name)


EVALUATORS: dict[type[ir.Expr], Callable[[Interpreter, Any, Scope], Value]] = {
    ir.Attribute: _attribute,
    ir.Call: _call,
    ir.Class: _class,
    ir.Each: _each,
    ir.Either: _either,
    ir.Function: _function,
    ir.Index: _index,
    ir.Join: _join,
    ir.Literal: _literal,
    ir.Name: _name,
    ir.Sequence: _sequence,
    ir.Star: _star,
    ir.Table: _table,
    ir.Unknown: _unknown,
}
