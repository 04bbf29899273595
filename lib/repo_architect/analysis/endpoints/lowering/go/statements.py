"""Statements."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.go.base import Base


class Statements(Base):
    """Statements."""

    def assigned(self, node: Node) -> Iterator[ir.Stmt]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        targets, values = (left.named_children if left else []), (right.named_children if right else [])
        for index, target in enumerate(targets):
            if index < len(values):
                yield ir.Assign(self.expression(target), self.expression(values[index]))

    def specs(self, node: Node) -> Iterator[ir.Stmt]:
        for spec in node.named_children:
            if spec.type.endswith("_list"):
                yield from self.specs(spec)
                continue
            values = spec.child_by_field_name("value")
            for index, name in enumerate(spec.children_by_field_name("name")):
                given = values.named_children if values is not None else []
                if index < len(given):
                    yield ir.Assign(ir.Name(self.text(name)), self.expression(given[index]))

    def evaluated(self, node: Node) -> Iterator[ir.Stmt]:
        for child in node.named_children:
            if child.type == "call_expression":
                yield ir.Evaluate(self.expression(child))

    def nested(self, node: Node) -> Iterator[ir.Stmt]:
        yield from self.block(node)

    def scoped(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        """The statements of a block, apart when it declares names, which may hide those around it."""
        body, declared = self.block(node), frozenset(self.declares(node))
        return (ir.Block(body, declared),) if declared else body

    def inner(self, node: Node) -> Iterator[ir.Stmt]:
        yield from self.scoped(node)

    def declares(self, node: Node | None) -> Iterator[str]:
        """The names that the statements of a block declare by `:=`."""
        for child in node.named_children if node is not None else ():
            if child.type == "statement_list":
                yield from self.declares(child)
            left = child.child_by_field_name("left") if child.type == "short_var_declaration" else None
            yield from (self.text(name) for name in (left.named_children if left is not None else ()))

    def branches(self, node: Node) -> Iterator[ir.Stmt]:
        bodies = [
            self.scoped(child)
            for child in node.named_children
            if child.type in ("block", "if_statement") or child.type.endswith("_case")
        ]
        yield ir.Branch(tuple(body for body in bodies if body))

    def loop(self, node: Node) -> Iterator[ir.Stmt]:
        body = self.scoped(node.child_by_field_name("body"))
        clause = next((child for child in node.named_children if child.type == "range_clause"), None)
        left = clause.child_by_field_name("left") if clause is not None else None
        if clause is None or left is None:
            yield ir.Branch((body,))
            return
        over = self.expression(clause.child_by_field_name("right"))
        yield ir.Loop(
            ir.Sequence(tuple(self.expression(one) for one in left.named_children)),
            ir.Call(ir.Name("<range>"), (over,), (), self.line(clause)),
            body,
        )

    def returned(self, node: Node) -> Iterator[ir.Stmt]:
        values = node.named_children[0].named_children if node.named_children else []
        yield ir.Return(self.expression(values[0]) if values else None)
