"""Statements of the small program, run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.expressions import bind, iterate, listed
from repo_architect.analysis.endpoints.router import Router, Site
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    ClassValue,
    Closure,
    External,
    Hidden,
    Instance,
    Mapping,
    ModuleValue,
    Scope,
    Value,
    View,
)

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def run(interpreter: Interpreter, body: Iterable[ir.Stmt], scope: Scope) -> Value:
    """Run statements; what they return, `UNKNOWN` when they return nothing.

    A return below a branch does not end the body, since the branch might not be taken; the last known value wins.
    """
    result: Value = UNKNOWN
    for statement in body:
        interpreter.step()
        returned = RUNNERS[type(statement)](interpreter, statement, scope)
        if returned is not None and (not isinstance(returned, Hidden) or result is UNKNOWN):
            result = returned
        if isinstance(statement, ir.Return):
            break
    return result


def _evaluate(run_: Interpreter, statement: ir.Evaluate, scope: Scope) -> None:
    run_.evaluate(statement.value, scope)


def _assign(run_: Interpreter, statement: ir.Assign, scope: Scope) -> None:
    value = run_.evaluate(statement.value, scope)
    target = statement.target
    if statement.add and isinstance(target, ir.Name):
        value = _added(run_, scope.find(target.id), value)
    if isinstance(target, ir.Attribute):
        _set_attribute(run_, run_.force(run_.evaluate(target.object, scope)), target.name, value, scope)
    elif isinstance(target, ir.Index):
        _set_item(
            run_, run_.force(run_.evaluate(target.object, scope)), run_.evaluate(target.key, scope), value
        )
    else:
        bind(run_, target, value, scope)
    if statement.export:
        scope.module.exports[statement.export] = value


def _added(run_: Interpreter, old: Value, new: Value) -> Value:
    old, new = run_.force(old), run_.force(new)
    if isinstance(old, list) or isinstance(new, list):
        return [*listed(old), *listed(new)]
    return run_.text(old) + run_.text(new)


def _set_attribute(run_: Interpreter, holder: Value, name: str, value: Value, scope: Scope) -> None:
    if isinstance(holder, Router | Instance | ClassValue):
        holder.attributes[name] = run_.force(value) if isinstance(holder, Router) else value
    elif isinstance(holder, ModuleValue):
        holder.module.exports[name] = value
    elif isinstance(holder, Mapping):
        holder[name] = value
    elif isinstance(holder, External) and holder.name == "module" and name == "exports":
        scope.module.replaced = value


def _set_item(run_: Interpreter, holder: Value, key: Value, value: Value) -> None:
    key = run_.force(key)
    if isinstance(holder, Mapping) and isinstance(key, str):
        holder[key] = value


def _define(run_: Interpreter, statement: ir.Define, scope: Scope) -> None:
    definition = statement.value
    value: Value
    if isinstance(definition, ir.Function):
        value = Closure(definition, scope, None, scope.owner)
    else:
        value = run_.evaluate(definition, scope)
    scope.names[definition.name] = value
    for decorator in reversed(definition.decorators):
        value = _decorated(run_, decorator, value, definition, scope)
    scope.names[definition.name] = value
    if statement.export:
        scope.module.exports[statement.export] = value


def _decorated(
    run_: Interpreter, decorator: ir.Expr, value: Value, definition: ir.Function | ir.Class, scope: Scope
) -> Value:
    line = decorator.line if isinstance(decorator, ir.Call) else definition.line
    site = Site(scope.module.path, line)
    run_.decorating.append((run_.name_of(value) or definition.name, site))
    try:
        wrapper = run_.evaluate(decorator, scope)
        result = run_.call(wrapper, Arguments([value], {}, line, scope.module.path))
    finally:
        run_.decorating.pop()
    return result if isinstance(result, ClassValue | Router | View) else value


def _return(run_: Interpreter, statement: ir.Return, scope: Scope) -> Value:
    return run_.evaluate(statement.value, scope) if statement.value is not None else None


def _branch(run_: Interpreter, statement: ir.Branch, scope: Scope) -> Value:
    result: Value = None
    for body in statement.bodies:
        returned = run(run_, body, scope)
        result = returned if returned is not UNKNOWN else result
    return result


def _block(run_: Interpreter, statement: ir.Block, scope: Scope) -> Value:
    inner = Scope(scope.module, scope)
    result = run(run_, statement.body, inner)
    scope.names.update({name: one for name, one in inner.names.items() if name not in statement.declared})
    return result


def _loop(run_: Interpreter, statement: ir.Loop, scope: Scope) -> Value:
    result: Value = None
    for item in iterate(run_, run_.evaluate(statement.over, scope), statement.target):
        bind(run_, statement.target, item, scope)
        returned = run(run_, statement.body, scope)
        result = returned if returned is not UNKNOWN else result
    return result


def _import(_: Interpreter, statement: ir.Import, scope: Scope) -> None:
    module = scope.module
    for name, local in statement.names:
        if local is None:
            module.starred.append((statement.specifier, statement.reexport))
            continue
        value = module.imported(statement.specifier, name)
        if statement.reexport:
            module.exports[local] = value
        else:
            scope.names[local] = value


RUNNERS: dict[type[ir.Stmt], Callable[[Interpreter, Any, Scope], Value]] = {
    ir.Assign: _assign,
    ir.Block: _block,
    ir.Branch: _branch,
    ir.Define: _define,
    ir.Evaluate: _evaluate,
    ir.Import: _import,
    ir.Loop: _loop,
    ir.Return: _return,
}
