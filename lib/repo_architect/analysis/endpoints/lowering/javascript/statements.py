"""Statements: what is declared, assigned, branched, looped."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.javascript.classes import Classes
from repo_architect.analysis.endpoints.lowering.javascript.literals import Literals


class Statements(Classes, Literals):
    """Statements: what is declared, assigned, branched, looped."""

    def statement(self, node: Node) -> Iterator[ir.Stmt]:
        for child in node.named_children:
            yield from self.effect(child)

    def effect(self, node: Node) -> Iterator[ir.Stmt]:
        if node.type in ("assignment_expression", "augmented_assignment_expression"):
            target, value = self.field(node, "left"), node.child_by_field_name("right")
            if value is not None and value.type == "assignment_expression":
                yield from self.effect(value)
                value = value.child_by_field_name("left")
            yield ir.Assign(target, self.expression(value), add=node.type.startswith("aug"))
        elif node.type in ("call_expression", "await_expression", "new_expression"):
            yield ir.Evaluate(self.expression(node))
        elif node.type in ("sequence_expression", "parenthesized_expression", "unary_expression"):
            yield from self.statement(node)

    def variables(self, node: Node, exported: bool = False) -> Iterator[ir.Stmt]:
        for declarator in node.named_children:
            name = declarator.child_by_field_name("name")
            if declarator.type != "variable_declarator" or name is None:
                continue
            value = self.expression(declarator.child_by_field_name("value"))
            _annotate(value, self.annotation(declarator.child_by_field_name("type")))
            if isinstance(value, ir.Function) and not value.name:
                value.name = self.text(name)
            target = self.pattern(name)
            export = target.id if exported and isinstance(target, ir.Name) else None
            yield ir.Assign(target, value, export=export)

    def function_statement(self, node: Node) -> Iterator[ir.Stmt]:
        yield ir.Define(self.function(node))

    def class_statement(self, node: Node, decorators: tuple[ir.Expr, ...] = ()) -> Iterator[ir.Stmt]:
        yield ir.Define(self.class_(node, decorators))

    def branches(self, node: Node) -> Iterator[ir.Stmt]:
        bodies = [self.block(part) for part in _blocks(node)]
        yield ir.Branch(tuple(body for body in bodies if body))

    def nested(self, node: Node) -> Iterator[ir.Stmt]:
        yield from self.block(node)

    def loop(self, node: Node) -> Iterator[ir.Stmt]:
        left, body = node.child_by_field_name("left"), node.child_by_field_name("body")
        if left is None:
            yield ir.Branch((self.block(body),))
        else:
            yield ir.Loop(self.pattern(left), self.field(node, "right"), self.loop_body(body))

    def loop_body(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        """A block, or the one statement that stands for it."""
        lowered = (
            self.statements.get(node.type) if node is not None and node.type != "statement_block" else None
        )
        return tuple(lowered(self, node)) if lowered is not None and node is not None else self.block(node)

    def return_(self, node: Node) -> Iterator[ir.Stmt]:
        children = node.named_children
        yield ir.Return(self.expression(children[0]) if children else None)

    def enum(self, node: Node, exported: bool = False) -> Iterator[ir.Stmt]:
        """TypeScript's enum as an object; members without a value are numbered."""
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is None or body is None:
            return
        entries: list[tuple[ir.Expr | None, ir.Expr, int]] = []
        for index, child in enumerate(body.named_children):
            key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if key is not None and value is not None:
                entries.append((self.key(key), self.expression(value), self.line(child)))
            elif child.type != "comment":
                entries.append((self.key(child), ir.Literal(index), self.line(child)))
        yield ir.Assign(
            ir.Name(self.text(name)), ir.Table(tuple(entries)), export=self.text(name) if exported else None
        )


def _annotate(value: ir.Expr, annotation: ir.Expr | None) -> None:
    """Give the type of a variable that holds a function to the function's first parameter."""
    if annotation is not None and isinstance(value, ir.Function) and value.parameters:
        first = value.parameters[0]
        first.annotation = first.annotation or annotation


def _blocks(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type == "statement_block":
            yield child
        elif child.type.endswith(("_clause", "_body", "_case", "_default")):
            yield child
            yield from _blocks(child)
        elif child.type.endswith("_statement"):
            yield node if child.type != "if_statement" else child
            if child.type == "if_statement":
                yield from _blocks(child)
