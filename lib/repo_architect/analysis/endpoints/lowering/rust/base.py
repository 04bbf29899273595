"""Walks Rust's syntax tree; what each kind of node becomes is told by a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.syntax import ParsedFile


class Base:
    """A syntax tree being lowered: its file, and the names of what it calls."""

    expressions: ClassVar[dict[str, Callable[[Any, Node], ir.Expr]]]

    def __init__(self, file: ParsedFile) -> None:
        self.file = file
        self.text = file.text
        self.line = file.line
        self.called: set[str] = set()
        self.framework = "Rocket" if b"rocket" in file.source else "Actix Web"

    def expression(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Literal(None)
        lowered = self.expressions.get(node.type)
        return lowered(self, node) if lowered else ir.Unknown()

    def name(self, node: Node) -> ir.Expr:
        return ir.Name(self.text(node))

    def first(self, node: Node) -> ir.Expr:
        return self.expression(node.named_children[0]) if node.named_children else ir.Unknown()

    def inner(self, node: Node) -> ir.Expr:
        return self.expression(node.named_children[-1]) if node.named_children else ir.Unknown()

    def path(self, text: str) -> ir.Expr:
        parts = text.split("::")
        found: ir.Expr = ir.Name(parts[0])
        for part in parts[1:]:
            found = ir.Attribute(found, part)
        return found

    def type_of(self, node: Node | None) -> ir.Expr | None:
        while node is not None and node.type in ("reference_type", "generic_type"):
            node = node.child_by_field_name("type")
        if node is None or node.type not in ("type_identifier", "scoped_type_identifier"):
            return None
        parts = self.text(node).split("::")
        found: ir.Expr = ir.Name(parts[0])
        for part in parts[1:]:
            found = ir.Attribute(found, part)
        return found

    def parameters(self, node: Node | None) -> Iterator[ir.Parameter]:
        for child in node.named_children if node is not None else ():
            pattern, kind = child.child_by_field_name("pattern"), child.child_by_field_name("type")
            if child.type == "parameter" and pattern is not None:
                yield ir.Parameter(self.text(pattern).removeprefix("mut "), annotation=self.type_of(kind))

    def block(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        raise NotImplementedError
