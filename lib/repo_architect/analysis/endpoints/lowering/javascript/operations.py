"""Calls, members, operators."""

from __future__ import annotations

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.javascript.base import Base

_OF_OBJECTS = frozenset({"entries", "keys", "values"})


class Operations(Base):
    """Calls, members, operators."""

    def call(self, node: Node) -> ir.Expr:
        callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        function = (
            ir.Name("require") if callee is not None and callee.type == "import" else self.expression(callee)
        )
        self.called.add(ir.callee(function))
        given = node.child_by_field_name("arguments")
        arguments = (
            tuple(self.expression(child) for child in given.named_children if child.type != "comment")
            if given is not None
            else ()
        )
        prop = callee.child_by_field_name("property") if callee is not None else None
        if arguments and _is_of_objects(function):
            function, arguments = ir.Attribute(arguments[0], ir.callee(function)), ()
        return ir.Call(function, arguments, (), self.line(prop or node))

    def member(self, node: Node) -> ir.Expr:
        name, holder = node.child_by_field_name("property"), node.child_by_field_name("object")
        if name is not None and holder is not None and holder.type == "meta_property":
            return ir.Name(f"__{self.text(name)}")
        return ir.Attribute(self.field(node, "object"), self.text(name) if name is not None else "")

    def subscript(self, node: Node) -> ir.Expr:
        return ir.Index(self.field(node, "object"), self.field(node, "index"))

    def binary(self, node: Node) -> ir.Expr:
        operator = node.child_by_field_name("operator")
        sign = self.text(operator) if operator is not None else ""
        sides = (self.field(node, "left"), self.field(node, "right"))
        if sign == "+":
            return ir.Join(sides)
        if sign in ("||", "??"):
            return ir.Either(sides)
        return sides[1] if sign == "&&" else ir.Unknown()

    def ternary(self, node: Node) -> ir.Expr:
        return ir.Either((self.field(node, "consequence"), self.field(node, "alternative")))

    def assigned(self, node: Node) -> ir.Expr:
        return self.field(node, "right")


def _is_of_objects(function: ir.Expr) -> bool:
    """`Object.entries`, called as a method of its argument."""
    holder = function.object if isinstance(function, ir.Attribute) else None
    return isinstance(holder, ir.Name) and holder.id == "Object" and ir.callee(function) in _OF_OBJECTS
