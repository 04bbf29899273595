"""Literals of lists, maps and structs."""

from __future__ import annotations

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.go.expressions import Expressions

_LISTS = frozenset({"slice_type", "array_type", "implicit_length_array_type"})


class Literals(Expressions):
    """Literals of lists, maps and structs."""

    def composite(self, node: Node) -> ir.Expr:
        return self.made(node.child_by_field_name("type"), node.child_by_field_name("body"), node)

    def made(self, kind: Node | None, body: Node | None, node: Node) -> ir.Expr:
        """What a literal of a type holds: a list, a table, or an object of a struct."""
        shape = self.shape(kind)
        elements = [one for one in body.named_children if one.type != "comment"] if body is not None else []
        if shape is not None and shape.type in _LISTS:
            inner = shape.child_by_field_name("element")
            return ir.Sequence(tuple(self.element(child, inner) for child in elements))
        if shape is not None and shape.type == "map_type":
            return self.table(elements, shape.child_by_field_name("value"))
        keyed = [one for one in elements if one.type == "keyed_element" and len(one.named_children) > 1]
        fields = tuple(
            (self.text(one.named_children[0]).strip('"'), self.element(one.named_children[1]))
            for one in keyed
        )
        plain = tuple(self.element(one) for one in elements if one not in keyed)
        made = self.type_of(kind)
        is_elsewhere = body == node and not plain and self.text(kind or node) not in self.declared
        if made is not None and not is_elsewhere:
            return ir.Call(made, plain, fields, self.line(node))
        named = (*fields, *zip(self.fields(shape), plain, strict=False))
        return ir.Table(tuple((ir.Literal(name), value, self.line(node)) for name, value in named))

    def table(self, elements: list[Node], inner: Node | None) -> ir.Expr:
        """The entries of a map, its keys without the quotes."""
        return ir.Table(
            tuple(
                (
                    self.element(one.named_children[0]),
                    self.element(one.named_children[1], inner),
                    self.line(one),
                )
                for one in elements
                if len(one.named_children) > 1
            )
        )

    def element(self, node: Node, kind: Node | None = None) -> ir.Expr:
        """An element, whose type may stand with what it is an element of."""
        if node.type == "literal_element" and node.named_children:
            return self.element(node.named_children[0], kind)
        return self.made(kind, node, node) if node.type == "literal_value" else self.expression(node)

    def shape(self, kind: Node | None) -> Node | None:
        """A type without pointers, and that for which a name of the file stands."""
        for _ in range(5):
            named = (
                self.declared.get(self.text(kind))
                if kind is not None and kind.type == "type_identifier"
                else None
            )
            if (
                kind is not None
                and kind.type in ("pointer_type", "parenthesized_type")
                and kind.named_children
            ):
                kind = kind.named_children[0]
            elif named is not None and named.type != "struct_type":
                kind = named
        return kind
