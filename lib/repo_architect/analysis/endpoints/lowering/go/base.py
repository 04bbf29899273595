"""Walks Go's syntax tree; what each kind of node becomes is told by two tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.syntax import ParsedFile


class Base:
    """A syntax tree being lowered: its file, the names of what it calls, the types it declares."""

    statements: ClassVar[dict[str, Callable[[Any, Node], Iterator[ir.Stmt]]]]
    expressions: ClassVar[dict[str, Callable[[Any, Node], ir.Expr]]]

    def __init__(self, file: ParsedFile) -> None:
        self.file = file
        self.text = file.text
        self.line = file.line
        self.called: set[str] = set()
        self.declared: dict[str, Node] = {}

    def block(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        return tuple(
            one
            for child in (node.named_children if node is not None else ())
            for one in self.statement(child)
        )

    def statement(self, node: Node) -> Iterator[ir.Stmt]:
        lowered = self.statements.get(node.type)
        if lowered is not None:
            yield from lowered(self, node)

    def expression(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Literal(None)
        lowered = self.expressions.get(node.type)
        return lowered(self, node) if lowered else ir.Unknown()

    def type_of(self, node: Node | None) -> ir.Expr | None:
        while node is not None and node.type in ("pointer_type", "parenthesized_type"):
            node = node.named_children[0] if node.named_children else None
        if node is None:
            return None
        if node.type == "qualified_type":
            package, name = node.child_by_field_name("package"), node.child_by_field_name("name")
            return ir.Attribute(ir.Name(self.text(package or node)), self.text(name or node))
        return ir.Name(self.text(node)) if node.type == "type_identifier" else None

    def first(self, node: Node) -> ir.Expr:
        return self.expression(node.named_children[0]) if node.named_children else ir.Unknown()

    def name(self, node: Node) -> ir.Expr:
        return ir.Name(self.text(node))

    def fields(self, kind: Node | None) -> tuple[str, ...]:
        """The fields of a struct, in order."""
        if kind is None or kind.type != "struct_type" or not kind.named_children:
            return ()
        return tuple(
            self.text(name)
            for declared in kind.named_children[0].named_children
            for name in declared.children_by_field_name("name") or declared.children_by_field_name("type")
        )
