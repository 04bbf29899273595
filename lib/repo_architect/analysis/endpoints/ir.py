"""The small program that a source file is reduced to: what can build a route, in no particular language.

A lowering (`lowering/`) makes it from a syntax tree; the interpreter runs it. Lines are from 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Expr:
    """An expression."""


@dataclass(slots=True, eq=False)
class Literal(Expr):
    """A string, number, boolean or None."""

    value: str | int | bool | None


@dataclass(slots=True, eq=False)
class Name(Expr):
    id: str


@dataclass(slots=True, eq=False)
class Attribute(Expr):
    object: Expr
    name: str


@dataclass(slots=True, eq=False)
class Index(Expr):
    object: Expr
    key: Expr


@dataclass(slots=True, eq=False)
class Call(Expr):
    """A call. `keywords` are (name, value); a None name spreads a mapping."""

    function: Expr
    arguments: tuple[Expr, ...]
    keywords: tuple[tuple[str | None, Expr], ...]
    line: int


@dataclass(slots=True, eq=False)
class Star(Expr):
    """A spread list: `*xs`, `...xs`."""

    value: Expr


@dataclass(slots=True, eq=False)
class Join(Expr):
    """Text or lists set one after another: `a + b`, f-strings, templates."""

    parts: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Sequence(Expr):
    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Table(Expr):
    """A mapping; an entry with a None key spreads another. Entries know their line."""

    entries: tuple[tuple[Expr | None, Expr, int], ...]


@dataclass(slots=True, eq=False)
class Either(Expr):
    """One of several values: conditional expressions, `or`, `??`."""

    options: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Each(Expr):
    """A comprehension: `value` for every element of `over`."""

    target: Expr
    over: Expr
    value: Expr


@dataclass(slots=True, eq=False)
class Unknown(Expr):
    """What is not modelled; `hint` names it in a path."""

    hint: str = ""


@dataclass(slots=True, eq=False)
class Parameter:
    """`kind` is "" for a plain parameter, "*" or "**" for one that gathers the rest."""

    name: str
    default: Expr | None = None
    annotation: Expr | None = None
    kind: str = ""
    pattern: Expr | None = None


@dataclass(slots=True, eq=False)
class Function(Expr):
    """A function or lambda. `routes` tells whether its body might add a route."""

    name: str
    parameters: tuple[Parameter, ...]
    body: tuple[Stmt, ...]
    line: int
    decorators: tuple[Expr, ...] = ()
    routes: bool = True
    static: bool = False


@dataclass(slots=True, eq=False)
class Class(Expr):
    """A class. `body` is run when it is defined; methods are Define statements in it.

    `fields` are those of a struct, in the order in which a literal may give them.
    """

    name: str
    bases: tuple[Expr, ...]
    body: tuple[Stmt, ...]
    line: int
    decorators: tuple[Expr, ...] = ()
    keywords: tuple[tuple[str | None, Expr], ...] = ()
    fields: tuple[str, ...] = ()


def callee(function: Expr) -> str:
    """The last name of what is called, empty when it has none."""
    if isinstance(function, Attribute):
        return function.name
    return function.id if isinstance(function, Name) else ""


@dataclass(slots=True, eq=False)
class Stmt:
    """A statement."""


@dataclass(slots=True, eq=False)
class Evaluate(Stmt):
    value: Expr


@dataclass(slots=True, eq=False)
class Assign(Stmt):
    """`add` marks `+=`."""

    target: Expr
    value: Expr
    add: bool = False
    export: str | None = None


@dataclass(slots=True, eq=False)
class Define(Stmt):
    """A named function or class; `export` is the name it is exported under."""

    value: Function | Class
    export: str | None = None


@dataclass(slots=True, eq=False)
class Return(Stmt):
    value: Expr | None


@dataclass(slots=True, eq=False)
class Branch(Stmt):
    """Bodies that may or may not run: every one is run."""

    bodies: tuple[tuple[Stmt, ...], ...]


@dataclass(slots=True, eq=False)
class Block(Stmt):
    """Statements with names of their own, which `declared` lists; others that they set are set outside."""

    body: tuple[Stmt, ...]
    declared: frozenset[str]


@dataclass(slots=True, eq=False)
class Loop(Stmt):
    target: Expr
    over: Expr
    body: tuple[Stmt, ...]


@dataclass(slots=True, eq=False)
class Import(Stmt):
    """Names bound from another module: (imported, local). An imported `*` with a local is the module itself,
    without one every name of it. `reexport` passes them on to importers.
    """

    specifier: str
    names: tuple[tuple[str, str | None], ...]
    reexport: bool = False


@dataclass(slots=True, eq=False)
class Program:
    """A file, lowered."""

    path: str
    language: str
    body: tuple[Stmt, ...]
    called: frozenset[str] = frozenset()
    """Names of what is called anywhere in it."""
