"""Blocks, statements, what is used from other modules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.rust.functions import Functions

_ONLY_TESTS = re.compile(r"#\[\s*(?:cfg\s*\(\s*(?:all\s*\(\s*)?test\b|(?:\w+::)*(?:test|rstest)\b)")
"""Attributes of what is compiled for tests alone."""


class Statements(Functions):
    """Blocks, statements, what is used from other modules."""

    def block(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        """Statements of a block, functions and imports first; its value is returned."""
        early: list[ir.Stmt] = []
        found: list[ir.Stmt] = []
        attributes: list[Node] = []
        children = node.named_children if node is not None else []
        for child in children:
            if child.type == "attribute_item":
                attributes.append(child)
                continue
            if any(_ONLY_TESTS.match(self.text(one)) for one in attributes):
                pass
            elif child.type == "function_item":
                early.append(ir.Define(self.function(child, attributes)))
            elif child.type == "use_declaration":
                early.extend(self.uses(child.named_children[-1], ""))
            elif child.type == "mod_item":
                early.extend(self.module(child))
            else:
                found.extend(self.statement(child))
            attributes = attributes if child.type.endswith("comment") else []
        if children and children[-1].type in self.expressions and node is not None and node.type == "block":
            found.append(ir.Return(self.expression(children[-1])))
        return (*early, *found)

    def statement(self, node: Node) -> Iterator[ir.Stmt]:
        if node.type == "let_declaration":
            pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
            if pattern is not None:
                name = self.text(pattern).removeprefix("mut ").strip()
                yield ir.Assign(ir.Name(name), self.expression(value))
        elif node.type in ("const_item", "static_item"):
            name_node, value = node.child_by_field_name("name"), node.child_by_field_name("value")
            if name_node is not None:
                yield ir.Assign(ir.Name(self.text(name_node)), self.expression(value))
        elif node.type == "expression_statement" and node.named_children:
            yield from self.effect(node.named_children[0])
        elif node.type in ("impl_item", "declaration_list"):
            yield from self.block(node.child_by_field_name("body") or node)

    def effect(self, node: Node) -> Iterator[ir.Stmt]:
        if node.type == "assignment_expression":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            yield ir.Assign(self.expression(left), self.expression(right))
        elif node.type == "return_expression":
            yield ir.Return(self.expression(node.named_children[0] if node.named_children else None))
        elif node.type == "for_expression":
            target = ir.Name(self.text(node.child_by_field_name("pattern") or node))
            over = self.expression(node.child_by_field_name("value"))
            yield ir.Loop(target, over, self.block(node.child_by_field_name("body")))
        elif node.type in (
            "if_expression",
            "match_expression",
            "block",
            "loop_expression",
            "unsafe_block",
        ):
            yield ir.Branch(
                tuple(self.block(child) for child in node.named_children if child.type == "block")
            )
        else:
            yield ir.Evaluate(self.expression(node))

    def module(self, node: Node) -> Iterator[ir.Stmt]:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if body is not None:
            yield from self.block(body)
        elif name is not None:
            yield ir.Import("mod", ((self.text(name), self.text(name)),))

    def uses(self, node: Node, prefix: str) -> Iterator[ir.Stmt]:
        """The names of a `use`, flattened."""
        if node.type == "scoped_use_list":
            path, below = node.child_by_field_name("path"), node.child_by_field_name("list")
            inner = f"{prefix}{self.text(path)}::" if path is not None else prefix
            for child in below.named_children if below is not None else ():
                yield from self.uses(child, inner)
            return
        if node.type == "use_list":
            for child in node.named_children:
                yield from self.uses(child, prefix)
            return
        path, alias = node, None
        if node.type == "use_as_clause":
            path, alias = node.named_children[0], self.text(node.named_children[-1])
        if node.type == "use_wildcard":
            inside = (
                f"{prefix}{self.text(node.named_children[0])}" if node.named_children else prefix.rstrip(":")
            )
            yield ir.Import(inside.replace("::", "."), (("*", None),))
            return
        whole = prefix + self.text(path)
        parent, _, last = whole.rpartition("::")
        if last == "self":
            parent, _, last = parent.rpartition("::")
        if last and node.type != "use_wildcard":
            yield ir.Import(parent.replace("::", "."), ((last, alias or last),))
