"""Walks a script's syntax tree; what each kind of node becomes is told by two tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.text import unescape
from repo_architect.analysis.syntax import ParsedFile


class Base:
    """A syntax tree being lowered: its file, and the names of what it calls."""

    statements: ClassVar[dict[str, Callable[[Any, Node], Iterator[ir.Stmt]]]]
    expressions: ClassVar[dict[str, Callable[[Any, Node], ir.Expr]]]

    def __init__(self, file: ParsedFile) -> None:
        self.file = file
        self.text = file.text
        self.line = file.line
        self.called: set[str] = set()
        self.exports: list[ir.Stmt] = []

    def block(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        """The statements of a block, its functions first, as they are hoisted."""
        found: list[ir.Stmt] = []
        for child in node.named_children if node is not None else ():
            lowered = self.statements.get(child.type)
            if lowered is not None:
                found.extend(lowered(self, child))
        return tuple(
            sorted(
                found, key=lambda one: not (isinstance(one, ir.Define) and isinstance(one.value, ir.Function))
            )
        )

    def expression(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Literal(None)
        lowered = self.expressions.get(node.type)
        return lowered(self, node) if lowered else ir.Unknown()

    def field(self, node: Node, name: str) -> ir.Expr:
        return self.expression(node.child_by_field_name(name))

    def string_of(self, node: Node) -> str:
        return unescape(self.text(node)[1:-1])

    def name(self, node: Node) -> ir.Expr:
        return ir.Name(self.text(node))

    def inner(self, node: Node) -> ir.Expr:
        children = node.named_children
        return self.expression(children[0]) if children else ir.Unknown()
