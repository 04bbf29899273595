"""Calls: arguments, parameters, comprehensions."""

from __future__ import annotations

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.python.base import Base


class Calls(Base):
    """Calls: arguments, parameters, comprehensions."""

    def call(self, node: Node) -> ir.Expr:
        function = self.expression(node.child_by_field_name("function"))
        self.called.add(ir.callee(function))
        given = node.child_by_field_name("arguments")
        if given is not None and given.type == "generator_expression":
            return ir.Call(function, (self.comprehension(given),), (), self.line(node))
        arguments, keywords = self.arguments(given)
        return ir.Call(function, arguments, keywords, self.line(node))

    def arguments(
        self, node: Node | None
    ) -> tuple[tuple[ir.Expr, ...], tuple[tuple[str | None, ir.Expr], ...]]:
        arguments: list[ir.Expr] = []
        keywords: list[tuple[str | None, ir.Expr]] = []
        for child in node.named_children if node is not None else ():
            if child.type == "keyword_argument":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                keywords.append((self.text(name or child), self.expression(value)))
            elif child.type == "dictionary_splat":
                keywords.append((None, self.expression(child.named_children[0])))
            elif child.type != "comment":
                arguments.append(self.expression(child))
        return tuple(arguments), tuple(keywords)

    def parameters(self, node: Node | None) -> tuple[ir.Parameter, ...]:
        return tuple(self.parameter(child) for child in node.named_children) if node is not None else ()

    def parameter(self, node: Node) -> ir.Parameter:
        if node.type == "identifier":
            return ir.Parameter(self.text(node))
        name = node.child_by_field_name("name") or (node.named_children[0] if node.named_children else node)
        kind = {"list_splat_pattern": "*", "dictionary_splat_pattern": "**"}.get(
            node.type, {"list_splat_pattern": "*", "dictionary_splat_pattern": "**"}.get(name.type, "")
        )
        annotation, default = node.child_by_field_name("type"), node.child_by_field_name("value")
        return ir.Parameter(
            self.text(name).lstrip("*"),
            self.expression(default) if default is not None else None,
            self.expression(annotation.named_children[0])
            if annotation is not None and annotation.named_children
            else None,
            kind,
        )

    def comprehension(self, node: Node) -> ir.Expr:
        clause = next((child for child in node.named_children if child.type == "for_in_clause"), None)
        target = clause.child_by_field_name("left") if clause is not None else None
        if clause is None or target is None:
            return ir.Unknown()
        over = self.expression(clause.child_by_field_name("right"))
        return ir.Each(self.target(target), over, self.expression(node.child_by_field_name("body")))

    def lambda_(self, node: Node) -> ir.Expr:
        body = ir.Return(self.expression(node.child_by_field_name("body")))
        return ir.Function(
            "<lambda>", self.parameters(node.child_by_field_name("parameters")), (body,), self.line(node)
        )
