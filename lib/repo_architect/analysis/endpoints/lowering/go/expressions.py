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

    def string(self, node: Node) -> ir.Expr:
        text = self.text(node)
        return ir.Literal(text[1:-1] if text.startswith("`") else unescape(text[1:-1]))

    def binary(self, node: Node) -> ir.Expr:
        operator = node.child_by_field_name("operator")
        sides = (
            self.expression(node.child_by_field_name("left")),
            self.expression(node.child_by_field_name("right")),
        )
        return ir.Join(sides) if operator is not None and self.text(operator) == "+" else ir.Unknown()

    def composite(self, node: Node) -> ir.Expr:
        kind, body = node.child_by_field_name("type"), node.child_by_field_name("body")
        elements = body.named_children if body is not None else []
        if kind is not None and kind.type in ("slice_type", "array_type", "implicit_length_array_type"):
            return ir.Sequence(tuple(self.element(child) for child in elements))
        keyed = [
            child for child in elements if child.type == "keyed_element" and len(child.named_children) > 1
        ]
        fields = tuple(
            (self.text(child.named_children[0]).strip('"'), self.element(child.named_children[1]))
            for child in keyed
        )
        made = self.type_of(kind)
        if made is None:
            positional = tuple(
                (str(index), self.element(child))
                for index, child in enumerate(elements)
                if child not in keyed
            )
            return ir.Table(
                tuple((ir.Literal(name), value, self.line(node)) for name, value in (*fields, *positional))
            )
        return ir.Call(made, (), fields, self.line(node))

    def element(self, node: Node) -> ir.Expr:
        if node.type == "literal_element" and node.named_children:
            return self.element(node.named_children[0])
        if node.type == "literal_value":
            keyed = [
                child
                for child in node.named_children
                if child.type == "keyed_element" and len(child.named_children) > 1
            ]
            entries = [
                (self.text(child.named_children[0]), self.element(child.named_children[1])) for child in keyed
            ]
            plain = [child for child in node.named_children if child not in keyed]
            entries += [(str(index), self.element(child)) for index, child in enumerate(plain)]
            return ir.Table(tuple((ir.Literal(name), value, self.line(node)) for name, value in entries))
        return self.expression(node)

    def index(self, node: Node) -> ir.Expr:
        return ir.Index(
            self.expression(node.child_by_field_name("operand")),
            self.expression(node.child_by_field_name("index")),
        )
