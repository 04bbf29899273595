"""What the small program's expressions evaluate to.

Text is a Python `str` in which an unknown part stands between two private-use marks (`paths.hole`); lists and
numbers are Python's own. Everything else is one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from repo_architect.analysis.endpoints import ir

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter
    from repo_architect.analysis.endpoints.router import Router
    from repo_architect.analysis.endpoints.world import Module

Value = Any


@dataclass(slots=True, eq=False)
class Hidden:
    """A value that is not known; `hint` names it in a path."""

    hint: str = ""


UNKNOWN = Hidden()


@dataclass(slots=True, eq=False)
class External:
    """Something of a package outside the repository, by its dotted name: `fastapi.APIRouter`."""

    name: str


@dataclass(slots=True, eq=False)
class Scope:
    """Names and their values; `owner` is the class whose method is being run."""

    module: Module
    parent: Scope | None = None
    names: dict[str, Value] = field(default_factory=dict)
    owner: ClassValue | None = None

    def find(self, name: str) -> Value | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None

    def nearest_owner(self) -> ClassValue | None:
        scope: Scope | None = self
        while scope is not None and scope.owner is None:
            scope = scope.parent
        return scope.owner if scope is not None else None


@dataclass(slots=True, eq=False)
class Closure:
    """A function of the repository, where it was defined, and what it is bound to."""

    function: ir.Function
    scope: Scope
    this: Value | None = None
    owner: ClassValue | None = None

    @property
    def name(self) -> str:
        return f"{self.owner.name}.{self.function.name}" if self.owner else self.function.name


@dataclass(slots=True, eq=False)
class ClassValue:
    """A class of the repository."""

    name: str
    definition: ir.Class
    bases: list[Value]
    scope: Scope

    @property
    def attributes(self) -> dict[str, Value]:
        return self.scope.names


@dataclass(slots=True, eq=False)
class Instance:
    cls: ClassValue
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Super:
    """`super()`: the object, seen as its class's bases see it."""

    owner: ClassValue
    this: Value


@dataclass(slots=True, eq=False)
class Bound:
    """A framework's method on one of its routers."""

    router: Router
    name: str


@dataclass(slots=True, eq=False)
class Native:
    """A function of a framework, known to us; `handler` is what it stands for, where it has a name."""

    call: Callable[[Interpreter, Arguments], Value]
    handler: Value = None


@dataclass(slots=True, eq=False)
class Declared:
    """A route written as a value, in a list: `path("x/", view)`, `Route("/x", view)`. `apply` adds it to a router."""

    apply: Callable[[Interpreter, Router], None]


@dataclass(slots=True, eq=False)
class View:
    """A handler with what its decorators or `as_view` say: the methods, or the action of each method."""

    handler: Value
    methods: tuple[str, ...] | None = None
    actions: Mapping | None = None
    extra: Mapping | None = None
    framework: str = ""


@dataclass(slots=True, eq=False)
class ModuleValue:
    module: Module


class Mapping(dict[str, Any]):
    """A table whose keys are text; `line` is where it begins, `lines` where each value does."""

    line: int = 1
    lines: dict[str, int]


@dataclass(slots=True, eq=False)
class Lazy:
    """A value made when it is asked for. `ready` tells whether its module was read already, so that it is cheap."""

    make: Callable[[], Value]
    ready: Callable[[], bool]
    hint: str = ""
    done: bool = False
    value: Value = None

    def force(self) -> Value:
        if not self.done:
            self.done, self.value = True, UNKNOWN
            self.value = self.make()
        return self.value


@dataclass(slots=True, eq=False)
class Arguments:
    """Arguments of a call, and where it stands. `site` is the file of the call."""

    positional: list[Value]
    keywords: dict[str, Value]
    line: int
    site: str

    def get(self, position: int | None, *names: str) -> Value | None:
        """The argument at a position or by one of its names; None when it was not given."""
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return next((self.keywords[name] for name in names if name in self.keywords), None)

    def all(self) -> Iterator[Value]:
        yield from self.positional
        yield from self.keywords.values()
