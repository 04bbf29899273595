"""Classes, their members, decorators."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.javascript.functions import Functions


class Classes(Functions):
    """Classes, their members, decorators."""

    def class_(self, node: Node, decorators: tuple[ir.Expr, ...] = ()) -> ir.Class:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
        bases = tuple(self.bases(heritage)) if heritage is not None else ()
        return ir.Class(
            self.text(name) if name is not None else "",
            bases,
            tuple(self.members(body)) if body is not None else (),
            self.line(node),
            (*decorators, *self.decorators(node)),
        )

    def bases(self, heritage: Node) -> Iterator[ir.Expr]:
        for child in heritage.named_children:
            if child.type == "extends_clause":
                yield self.field(child, "value")
            elif child.type != "implements_clause":
                yield self.expression(child)

    def members(self, body: Node) -> Iterator[ir.Stmt]:
        waiting: list[ir.Expr] = []
        for child in body.named_children:
            if child.type == "decorator":
                waiting.extend(self.decorator(child))
            elif child.type == "method_definition":
                function = self.function(child)
                function.decorators, waiting = (*waiting, *self.decorators(child)), []
                yield ir.Define(function)
            elif child.type in ("field_definition", "public_field_definition"):
                name = child.child_by_field_name("property") or child.child_by_field_name("name")
                waiting = []
                if name is not None:
                    yield ir.Assign(ir.Name(self.text(name)), self.field(child, "value"))

    def decorators(self, node: Node) -> tuple[ir.Expr, ...]:
        return tuple(
            found
            for child in node.named_children
            if child.type == "decorator"
            for found in self.decorator(child)
        )

    def decorator(self, node: Node) -> Iterator[ir.Expr]:
        if node.named_children:
            yield self.expression(node.named_children[0])

    def class_expression(self, node: Node) -> ir.Expr:
        return self.class_(node)
