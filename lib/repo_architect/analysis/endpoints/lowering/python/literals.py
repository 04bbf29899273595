"""Strings, lists, dictionaries, operators."""

from __future__ import annotations

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.python.base import Base
from repo_architect.analysis.endpoints.lowering.text import unescape


class Literals(Base):
    """Strings, lists, dictionaries, operators."""

    def string(self, node: Node) -> ir.Expr:
        prefix = self.text(node.children[0]) if node.children else ""
        raw = "r" in prefix.lower().rstrip("\"'")
        formatted = "f" in prefix.lower().rstrip("\"'")
        parts: list[ir.Expr] = []
        for child in node.children[1:-1]:
            if child.type == "interpolation":
                inner = child.child_by_field_name("expression")
                parts.append(self.expression(inner) if inner is not None else ir.Unknown())
                if inner is not None and isinstance(parts[-1], ir.Unknown):
                    parts[-1] = ir.Unknown(self.text(inner))
            else:
                text = self.text(child) if raw else unescape(self.text(child))
                parts.append(ir.Literal(_braces(text) if formatted else text))
        if len(parts) == 1 and isinstance(parts[0], ir.Literal):
            return parts[0]
        return ir.Join(tuple(parts)) if parts else ir.Literal("")

    def join(self, node: Node) -> ir.Expr:
        return ir.Join(tuple(self.expression(child) for child in node.named_children))

    def binary(self, node: Node) -> ir.Expr:
        operator = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = self.text(operator) if operator is not None else ""
        if sign == "+":
            return ir.Join((self.expression(left), self.expression(right)))
        if sign == "|":
            return ir.Either((self.expression(left), self.expression(right)))
        if sign == "%":
            return ir.Call(
                ir.Attribute(self.expression(left), "%"), (self.expression(right),), (), self.line(node)
            )
        return ir.Unknown()

    def attribute(self, node: Node) -> ir.Expr:
        name = node.child_by_field_name("attribute")
        return ir.Attribute(self.expression(node.child_by_field_name("object")), self.text(name or node))

    def subscript(self, node: Node) -> ir.Expr:
        children = node.named_children
        return ir.Index(self.expression(children[0]), self.expression(children[-1]))

    def sequence(self, node: Node) -> ir.Expr:
        return ir.Sequence(
            tuple(self.expression(child) for child in node.named_children if child.type != "comment")
        )

    def dictionary(self, node: Node) -> ir.Expr:
        entries: list[tuple[ir.Expr | None, ir.Expr, int]] = []
        for child in node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                entries.append((self.expression(key), self.expression(value), self.line(child)))
            elif child.type == "dictionary_splat":
                entries.append((None, self.expression(child.named_children[0]), self.line(child)))
        return ir.Table(tuple(entries))

    def either(self, node: Node) -> ir.Expr:
        children = node.named_children
        chosen = [children[0], children[-1]] if node.type == "conditional_expression" else children
        return ir.Either(tuple(self.expression(child) for child in chosen))

    def star(self, node: Node) -> ir.Expr:
        return ir.Star(self.inner(node))

    def integer(self, node: Node) -> ir.Expr:
        text = self.text(node)
        return ir.Literal(int(text)) if text.isdecimal() and len(text) < 10 else ir.Unknown()


def _braces(text: str) -> str:
    """Text of a formatted string, in which a brace is written twice."""
    return text.replace("{{", "{").replace("}}", "}")
