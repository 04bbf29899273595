"""Strings, numbers, lists, objects."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.javascript.functions import Functions
from repo_architect.analysis.endpoints.lowering.text import unescape


class Literals(Functions):
    """Strings, numbers, lists, objects."""

    def string(self, node: Node) -> ir.Expr:
        return ir.Literal(self.string_of(node))

    def template(self, node: Node) -> ir.Expr:
        parts: list[ir.Expr] = []
        for child in node.named_children:
            if child.type == "template_substitution" and child.named_children:
                inner = self.expression(child.named_children[0])
                parts.append(
                    ir.Unknown(self.text(child.named_children[0])) if isinstance(inner, ir.Unknown) else inner
                )
            else:
                parts.append(ir.Literal(unescape(self.text(child))))
        return ir.Join(tuple(parts))

    def object(self, node: Node) -> ir.Expr:
        entries: list[tuple[ir.Expr | None, ir.Expr, int]] = []
        for child in node.named_children:
            entries.extend(self.entry(child))
        return ir.Table(tuple(entries))

    def entry(self, node: Node) -> Iterator[tuple[ir.Expr | None, ir.Expr, int]]:
        line = self.line(node)
        if node.type == "pair":
            key = node.child_by_field_name("key")
            yield self.key(key), self.field(node, "value"), line
        elif node.type == "method_definition":
            function = self.function(node)
            yield ir.Literal(function.name), function, line
        elif node.type == "shorthand_property_identifier":
            yield ir.Literal(self.text(node)), ir.Name(self.text(node)), line
        elif node.type == "spread_element" and node.named_children:
            yield None, self.expression(node.named_children[0]), line

    def key(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Unknown()
        if node.type == "string":
            return self.string(node)
        return (
            self.expression(node.named_children[0])
            if node.type == "computed_property_name" and node.named_children
            else ir.Literal(self.text(node))
        )

    def array(self, node: Node) -> ir.Expr:
        return ir.Sequence(
            tuple(self.expression(child) for child in node.named_children if child.type != "comment")
        )

    def spread(self, node: Node) -> ir.Expr:
        return ir.Star(self.inner(node))

    def number(self, node: Node) -> ir.Expr:
        text = self.text(node)
        return ir.Literal(int(text)) if text.isdecimal() and len(text) < 10 else ir.Unknown()

    def regex(self, node: Node) -> ir.Expr:
        return ir.Literal(self.text(node))
