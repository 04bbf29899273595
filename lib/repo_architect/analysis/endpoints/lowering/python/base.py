"""Walks Python's syntax tree; what each kind of node becomes is told by two tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
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

    def block(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        if node is None:
            return ()
        found: list[ir.Stmt] = []
        for child in node.named_children:
            lowered = self.statements.get(child.type)
            if lowered is not None:
                found.extend(lowered(self, child))
        return tuple(found)

    def expression(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Literal(None)
        lowered = self.expressions.get(node.type)
        return lowered(self, node) if lowered else ir.Unknown()

    def inner(self, node: Node) -> ir.Expr:
        children = node.named_children
        return self.expression(children[-1]) if children else ir.Unknown()

    def name(self, node: Node) -> ir.Expr:
        return ir.Name(self.text(node))

    def target(self, node: Node) -> ir.Expr:
        if node.type in ("pattern_list", "tuple_pattern", "list_pattern"):
            return ir.Sequence(tuple(self.target(child) for child in node.named_children))
        return self.expression(node)
