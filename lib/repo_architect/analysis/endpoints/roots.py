"""Functions that nothing seen calls (`create_app`, `main`) are run as if something did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.calls import instantiate
from repo_architect.analysis.endpoints.frameworks import no_arguments
from repo_architect.analysis.endpoints.interpreter import Interpreter
from repo_architect.analysis.endpoints.values import Arguments, ClassValue, Closure, Value, View


def roots(run: Interpreter) -> Iterator[Callable[[], object]]:
    """Calls of every function that might add routes and was not run: those that nothing calls first, and of these
    those that need no arguments. What is made by one that something calls is only assumed to stand by itself.
    """
    called = frozenset[str]().union(*(program.called for program in run.world.programs.values()))
    waiting = sorted(
        _functions(run, called), key=lambda found: (found.function.name in called, _needed(found.function))
    )
    run.rooting = True
    for closure in waiting:
        if id(closure.function) not in run.executed:
            given = no_arguments(closure.scope.module.path, closure.function.line)
            yield partial(_call, run, closure, given, closure.function.name in called)


def _call(run: Interpreter, closure: Closure, given: Arguments, is_called: bool) -> None:
    with run.assumption(is_called):
        run.call(closure, given)


def _needed(function: ir.Function) -> int:
    return sum(1 for parameter in function.parameters if parameter.default is None and not parameter.kind)


def _functions(run: Interpreter, called: frozenset[str]) -> Iterator[Closure]:
    for path in sorted(run.world.programs):
        module = run.world.modules.get(path)
        values = [*module.scope.names.values(), *module.exports.values(), module.replaced] if module else []
        for value in values:
            yield from _runnable(run, value, path, called)


def _runnable(run: Interpreter, value: Value, path: str, called: frozenset[str]) -> Iterator[Closure]:
    if isinstance(value, View):
        value = value.handler
    if isinstance(value, Closure) and value.scope.module.path == path and value.function.routes:
        yield value
    elif isinstance(value, ClassValue) and value.scope.module.path == path:
        yield from _methods(run, value, called)


def _methods(run: Interpreter, cls: ClassValue, called: frozenset[str]) -> Iterator[Closure]:
    methods = [
        member for member in cls.attributes.values() if isinstance(member, Closure) and member.function.routes
    ]
    waiting = [method for method in methods if id(method.function) not in run.executed]
    if waiting:
        with run.assumption(cls.definition.name in called or _was_made(run, cls)):
            this = instantiate(run, cls, no_arguments(cls.scope.module.path, cls.definition.line))
        for method in waiting:
            yield Closure(method.function, method.scope, this, method.owner)


def _was_made(run: Interpreter, cls: ClassValue) -> bool:
    """Whether an object of the class was made already, under whatever name its class is known there."""
    return any(
        id(member.function) in run.executed
        for member in cls.attributes.values()
        if isinstance(member, Closure)
    )
