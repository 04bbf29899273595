"""Statements: what is assigned, branched, looped, imported."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.python.base import Base


class Statements(Base):
    """Statements: what is assigned, branched, looped, imported."""

    def expression_statement(self, node: Node) -> Iterator[ir.Stmt]:
        for child in node.named_children:
            if child.type in ("assignment", "augmented_assignment"):
                yield from self.assignment(child)
            elif child.type in ("call", "await"):
                yield ir.Evaluate(self.expression(child))

    def assignment(self, node: Node) -> Iterator[ir.Stmt]:
        target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
        if target is None or value is None:
            return
        if value.type == "assignment":
            yield from self.assignment(value)
            value = value.child_by_field_name("left") or value
        yield ir.Assign(self.target(target), self.expression(value), add=node.type == "augmented_assignment")

    def return_statement(self, node: Node) -> Iterator[ir.Stmt]:
        children = node.named_children
        yield ir.Return(self.expression(children[0]) if children else None)

    def branches(self, node: Node) -> Iterator[ir.Stmt]:
        bodies = [self.block(part) for part in _blocks(node)]
        yield ir.Branch(tuple(body for body in bodies if body))

    def with_statement(self, node: Node) -> Iterator[ir.Stmt]:
        for item in _descendants(node.named_children[0] if node.named_children else None, "as_pattern"):
            value, alias = item.named_children[0], item.named_children[-1]
            names = alias.named_children
            if names:
                yield ir.Assign(self.expression(names[0]), self.expression(value))
        yield from self.block(node.child_by_field_name("body"))

    def for_statement(self, node: Node) -> Iterator[ir.Stmt]:
        target, over = node.child_by_field_name("left"), node.child_by_field_name("right")
        if target is not None:
            yield ir.Loop(
                self.target(target), self.expression(over), self.block(node.child_by_field_name("body"))
            )

    def import_(self, node: Node) -> Iterator[ir.Stmt]:
        for child in node.named_children:
            if child.type == "aliased_import":
                name, alias = child.named_children[0], child.named_children[-1]
                yield ir.Import(self.text(name), (("*", self.text(alias)),))
            elif child.type == "dotted_name":
                top = self.text(child).partition(".")[0]
                yield ir.Import(top, (("*", top),))

    def import_from(self, node: Node) -> Iterator[ir.Stmt]:
        module = node.child_by_field_name("module_name")
        if module is None:
            return
        names: list[tuple[str, str | None]] = []
        for child in node.named_children:
            if child.type == "wildcard_import":
                names.append(("*", None))
            elif child.type == "aliased_import":
                names.append((self.text(child.named_children[0]), self.text(child.named_children[-1])))
            elif child.type == "dotted_name" and child != module:
                names.append((self.text(child), self.text(child)))
        yield ir.Import(self.text(module).replace(" ", ""), tuple(names))


def _blocks(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type == "block":
            yield child
        elif child.type.endswith("_clause"):
            yield from _blocks(child)


def _descendants(node: Node | None, kind: str) -> Iterator[Node]:
    for child in node.named_children if node is not None else ():
        if child.type == kind:
            yield child
        elif child.type == "with_item":
            yield from _descendants(child, kind)
