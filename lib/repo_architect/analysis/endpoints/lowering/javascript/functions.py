"""Functions, their parameters, the patterns that take objects apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.javascript.base import Base

ROUTES = re.compile(
    rb"\.(?:get|post|put|patch|delete|del|all|use|route|register|mount|head|options|basePath|on|routes|prefix|group|"
    rb"setGlobalPrefix|openapi|decorate|create\w*|forEach|ws)\s*[(<]|Router|[rR]outes|require\(|import\(|new \w"
)
REQUEST_NAMES = frozenset({
    "req", "_req", "request", "_request", "ctx", "_ctx", "c", "context", "event", "reply", "res", "err", "error", "_",
})  # fmt: skip
"""What the first parameter of a function that handles requests is called: it is not run."""


class Functions(Base):
    """Functions, their parameters, the patterns that take objects apart."""

    def function(self, node: Node) -> ir.Function:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        parameters = tuple(self.parameters(node))
        handles = bool(parameters) and parameters[0].name in REQUEST_NAMES and not parameters[0].annotation
        text = self.file.source[body.start_byte : body.end_byte] if body is not None else b""
        routes = not handles and ROUTES.search(text) is not None
        keep = not handles and (routes or len(text) < 300)
        return ir.Function(
            self.text(name) if name is not None else "",
            parameters,
            self.body(body) if keep else (),
            self.line(node),
            routes=routes,
        )

    def body(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        if node is None or node.type == "statement_block":
            return self.block(node)
        return (ir.Return(self.expression(node)),)

    def parameters(self, node: Node) -> Iterator[ir.Parameter]:
        single = node.child_by_field_name("parameter")
        if single is not None:
            yield ir.Parameter(self.text(single))
            return
        given = node.child_by_field_name("parameters")
        for child in given.named_children if given is not None else ():
            if child.type != "comment":
                yield self.parameter(child)

    def parameter(self, node: Node) -> ir.Parameter:
        annotation = self.annotation(node.child_by_field_name("type"))
        default = node.child_by_field_name("value") or node.child_by_field_name("right")
        target = node.child_by_field_name("pattern") or node.child_by_field_name("left") or node
        if target.type == "rest_pattern":
            return ir.Parameter(self.text(target.named_children[0]), kind="*")
        pattern = self.pattern(target) if target.type in ("object_pattern", "array_pattern") else None
        name = self.text(target) if pattern is None else "<pattern>"
        return ir.Parameter(
            name, self.expression(default) if default is not None else None, annotation, "", pattern
        )

    def annotation(self, node: Node | None) -> ir.Expr | None:
        """The name of a type, its arguments left out."""
        inner = node.named_children[0] if node is not None and node.named_children else None
        if inner is not None and inner.type == "generic_type":
            inner = inner.child_by_field_name("name") or inner.named_children[0]
        if inner is None or inner.type not in ("type_identifier", "nested_type_identifier"):
            return None
        parts = self.text(inner).split(".")
        found: ir.Expr = ir.Name(parts[0])
        for part in parts[1:]:
            found = ir.Attribute(found, part)
        return found

    def pattern(self, node: Node) -> ir.Expr:
        if node.type == "array_pattern":
            return ir.Sequence(tuple(self.pattern(child) for child in node.named_children))
        if node.type == "object_pattern":
            return ir.Table(tuple(entry for child in node.named_children for entry in self.picked(child)))
        if node.type in ("assignment_pattern", "object_assignment_pattern"):
            left = node.child_by_field_name("left")
            return self.pattern(left) if left is not None else ir.Unknown()
        return ir.Name(self.text(node))

    def picked(self, node: Node) -> Iterator[tuple[ir.Expr | None, ir.Expr, int]]:
        if node.type == "pair_pattern":
            key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
            if key is not None and value is not None:
                yield ir.Literal(self.text(key)), self.pattern(value), self.line(node)
            return
        target = node.child_by_field_name("left") or node
        if target.type in ("shorthand_property_identifier_pattern", "identifier"):
            yield ir.Literal(self.text(target)), ir.Name(self.text(target)), self.line(node)
