"""Calls, paths, literals."""

from __future__ import annotations

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.rust.base import Base
from repo_architect.analysis.endpoints.lowering.text import unescape

_CRATES = frozenset({"actix_web", "aide", "axum", "rocket"})


class Expressions(Base):
    """Calls, paths, literals."""

    def closure(self, node: Node) -> ir.Expr:
        body = node.child_by_field_name("body")
        block = (
            self.block(body)
            if body is not None and body.type == "block"
            else (ir.Return(self.expression(body)),)
        )
        given = node.child_by_field_name("parameters")
        parameters = tuple(
            ir.Parameter(self.text(child)) for child in (given.named_children if given is not None else ())
        )
        return ir.Function("", parameters, block, self.line(node))

    def call(self, node: Node) -> ir.Expr:
        callee, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        function = self.expression(callee)
        self.called.add(ir.callee(function))
        arguments = (
            tuple(
                self.expression(child) for child in given.named_children if not child.type.endswith("comment")
            )
            if given is not None
            else ()
        )
        field = callee.child_by_field_name("field") if callee is not None else None
        return ir.Call(function, arguments, (), self.line(field or node))

    def field(self, node: Node) -> ir.Expr:
        name = node.child_by_field_name("field")
        return ir.Attribute(self.expression(node.child_by_field_name("value")), self.text(name or node))

    def scoped(self, node: Node) -> ir.Expr:
        """A path; a function may be called as its crate is, and does not hide it in one."""
        path, name = node.child_by_field_name("path"), node.child_by_field_name("name")
        if path is None:
            return self.name(name or node)
        crate = self.text(path) if path.type == "identifier" and self.text(path) in _CRATES else None
        holder = ir.Name(f"::{crate}") if crate else self.expression(path)
        return ir.Attribute(holder, self.text(name or node))

    def string(self, node: Node) -> ir.Expr:
        text = "".join(self.text(child) for child in node.named_children)
        return ir.Literal(unescape(text) if node.type == "string_literal" else text)

    def generic(self, node: Node) -> ir.Expr:
        return self.expression(node.child_by_field_name("function") or node.child_by_field_name("type"))

    def sequence(self, node: Node) -> ir.Expr:
        return ir.Sequence(tuple(self.expression(child) for child in node.named_children))

    def block_value(self, node: Node) -> ir.Expr:
        """The value of a block, what comes before it run too."""
        body = next((child for child in node.named_children if child.type == "block"), node)
        function = ir.Function("<block>", (), self.block(body), self.line(node))
        return ir.Call(function, (), (), self.line(node))

    def either(self, node: Node) -> ir.Expr:
        blocks = [child for child in node.named_children if child.type in ("block", "else_clause")]
        values = [block.named_children[-1] for block in blocks if block.named_children]
        return ir.Either(tuple(self.expression(value) for value in values))
