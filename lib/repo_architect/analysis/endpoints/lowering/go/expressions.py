"""Calls, literals, operators."""

from __future__ import annotations

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.go.base import Base
from repo_architect.analysis.endpoints.lowering.text import unescape


class Expressions(Base):
    """Calls, literals, operators."""

    def call(self, node: Node) -> ir.Expr:
        callee = node.child_by_field_name("function")
        function, given = self.expression(callee), node.child_by_field_name("arguments")
        self.called.add(ir.callee(function))
        arguments = tuple(self.argument(child) for child in given.named_children) if given is not None else ()
        field = callee.child_by_field_name("field") if callee is not None else None
        return ir.Call(function, arguments, (), self.line(field or node))

    def argument(self, node: Node) -> ir.Expr:
        return ir.Star(self.first(node)) if node.type == "variadic_argument" else self.expression(node)

    def selector(self, node: Node) -> ir.Expr:
        field = node.child_by_field_name("field")
        return ir.Attribute(self.expression(node.child_by_field_name("operand")), self.text(field or node))

    def asserted(self, node: Node) -> ir.Expr:
        """`x.(T)`: the value, or where it is not known what its type is taken to be."""
        kind = self.type_of(node.child_by_field_name("type"))
        value = self.expression(node.child_by_field_name("operand"))
        return value if kind is None else ir.Call(ir.Name("<assert>"), (value, kind), (), self.line(node))

    def string(self, node: Node) -> ir.Expr:
        text = self.text(node)
        return ir.Literal(text[1:-1] if text.startswith("`") else unescape(text[1:-1]))

    def binary(self, node: Node) -> ir.Expr:
        operator, sides = node.child_by_field_name("operator"), self.sides(node)
        if operator is None or self.text(operator) != "+":
            return ir.Unknown()
        named = [self.text(side) for side in sides if side.type == "identifier"]
        if any(side.type.endswith(("int_literal", "float_literal")) for side in sides):
            return ir.Unknown(named[0] if named else "")
        return ir.Join(tuple(map(self.expression, sides)))

    def sides(self, node: Node) -> list[Node]:
        found = (node.child_by_field_name("left"), node.child_by_field_name("right"))
        return [side for side in found if side is not None]

    def index(self, node: Node) -> ir.Expr:
        return ir.Index(
            self.expression(node.child_by_field_name("operand")),
            self.expression(node.child_by_field_name("index")),
        )
