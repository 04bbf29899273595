"""Runs the small programs, without effects, to see which routes they make.

Every branch is taken, a loop over something unknown is taken once, and what is not modelled is `UNKNOWN`: the
outcome is an over-approximation of the routes that one run of the application could have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from repo_architect.analysis.endpoints import attributes, calls, expressions, ir, paths, statements
from repo_architect.analysis.endpoints.router import Kind, Route, Router, Site
from repo_architect.analysis.endpoints.values import (
    UNKNOWN,
    Arguments,
    ClassValue,
    Closure,
    External,
    Hidden,
    Instance,
    Lazy,
    Native,
    Scope,
    Value,
    View,
)
from repo_architect.analysis.endpoints.world import World

MAX_STEPS = 2_000_000
MAX_PART_STEPS = 150_000
MAX_CALLS = 2_000
MAX_DEPTH = 24
IN_CRATE = ("crate#", "mod#", "self#", "super#")


class ExhaustedError(Exception):
    """The programs ask for more steps than are given."""


class Interpreter:
    """State of one run: the modules, the routers found so far, and what is being decorated."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.routers: list[Router] = []
        self.attributed: list[View] = []
        self.stack: list[ir.Function] = []
        self.executed: set[int] = set()
        self.decorating: list[tuple[str, Site]] = []
        self.steps = 0
        self.limit = MAX_PART_STEPS
        self.calls: dict[int, int] = {}
        self.assuming = False
        self.rooting = False
        world.interpreter = self

    @contextmanager
    def assumption(self, holds: bool = True) -> Iterator[None]:
        """Routers made meanwhile are only assumed to stand by themselves: others may put them below a prefix."""
        before, self.assuming = self.assuming, self.assuming or holds
        try:
            yield
        finally:
            self.assuming = before

    def step(self) -> None:
        self.steps += 1
        if self.steps > self.limit:
            raise ExhaustedError

    def allow(self) -> None:
        """Begin a part: it may take MAX_PART_STEPS, and all parts together MAX_STEPS."""
        self.limit = min(self.steps + MAX_PART_STEPS, MAX_STEPS)
        self.stack, self.decorating = [], []
        if self.steps >= MAX_STEPS:
            raise ExhaustedError

    def may_call(self, function: ir.Function) -> bool:
        """Whether a function was not called too often yet."""
        self.calls[id(function)] = self.calls.get(id(function), 0) + 1
        return self.calls[id(function)] <= MAX_CALLS

    def evaluate(self, expression: ir.Expr, scope: Scope) -> Value:
        return expressions.evaluate(self, expression, scope)

    def run(self, body: Iterable[ir.Stmt], scope: Scope) -> Value:
        return statements.run(self, body, scope)

    def call(self, function: Value, arguments: Arguments) -> Value:
        return calls.call(self, function, arguments)

    def attribute(self, value: Value, name: str) -> Value:
        return attributes.attribute(self, value, name)

    def force(self, value: Value) -> Value:
        """The value itself, reading its module if need be."""
        for _ in range(MAX_DEPTH):
            if isinstance(value, External) and value.name.startswith(IN_CRATE):
                return self.world.in_crate(value)
            if not isinstance(value, Lazy):
                return value
            value = value.force()
        return UNKNOWN

    def text(self, value: Value, hint: str = "") -> str:
        """The value as text, with a hole where it is not known."""
        value = self.force(value)
        if isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return paths.hole(value.hint or hint if isinstance(value, Hidden) else hint)

    def texts(self, value: Value) -> list[str]:
        """One text or a list of them."""
        value = self.force(value)
        if isinstance(value, list):
            return [self.text(item) for item in value]
        return [self.text(value)] if isinstance(value, str) else []

    def router(self, value: Value) -> Router | None:
        value = self.force(value)
        if isinstance(value, Instance):
            value = self.force(value.attributes.get("Handler"))
        return value if isinstance(value, Router) else None

    def new_router(self, kind: Kind, site: Site, cls: ClassValue | None = None) -> Router:
        router = Router(kind, site, cls, assumed=self.assuming)
        self.routers.append(router)
        return router

    def add(self, router: Router, method: str, path: str, handler: Value, arguments: Arguments) -> None:
        """Add a route. Inside a decorator, the route stands where the decorator does and leads to what it decorates."""
        name, site = self.name_of(handler), Site(arguments.site, arguments.line)
        if self.decorating:
            name, site = self.decorating[0]
        router.entries.append(Route(method.upper(), path, name, site, router.kind.framework))

    def _handler(self, written: Value) -> Value:
        """What a handler is; an item of the crate that was not read stands for itself."""
        handler = self.force(written)
        if isinstance(written, External) and handler is UNKNOWN:
            return written
        return self.force(handler.handler) if isinstance(handler, Native) else handler

    def name_of(self, handler: Value) -> str | None:
        """What a handler is called; None for one that has no name."""
        if isinstance(handler, Lazy) and not handler.ready():
            return handler.hint or None
        handler = self._handler(handler)
        if isinstance(handler, str):
            return handler
        if isinstance(handler, list) and handler:
            return self.name_of(handler[-1])
        if isinstance(handler, Closure | ClassValue):
            return handler.name if handler.name and not handler.name.startswith("<") else None
        if isinstance(handler, External):
            return handler.name.rpartition(".")[2]
        return (handler.hint or None) if isinstance(handler, Hidden) else None
