"""Functions, classes and their decorators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.python.calls import Calls

ROUTES = re.compile(
    rb"rout|lueprint|mount|regist|add_url|add_resource|include|prefix|Starlette|FastAPI|Flask|Sanic|Falcon|"
    rb"[Aa]pplication|DESCRIPTOR|urlpatterns|path\(|\.(?:get|post|put|patch|delete|head|options|websocket|add_[a-z]+)\("
)
"""What a function's body says when running it might add a route, or give back something that does."""


class Definitions(Calls):
    """Functions, classes and their decorators."""

    def function(self, node: Node, decorators: tuple[ir.Expr, ...] = ()) -> Iterator[ir.Stmt]:
        body = node.child_by_field_name("body")
        text = self.file.source[body.start_byte : body.end_byte] if body is not None else b""
        routes = ROUTES.search(text) is not None
        handler = any(_is_route_decorator(decorator) for decorator in decorators)
        yield ir.Define(
            ir.Function(
                name=self.text(node.child_by_field_name("name") or node),
                parameters=self.parameters(node.child_by_field_name("parameters")),
                body=() if handler or not (routes or len(text) < 400) else self.block(body),
                line=self.line(node),
                decorators=decorators,
                routes=routes and not handler,
                static=any(isinstance(found, ir.Name) and found.id == "staticmethod" for found in decorators),
            )
        )

    def class_(self, node: Node, decorators: tuple[ir.Expr, ...] = ()) -> Iterator[ir.Stmt]:
        arguments, keywords = self.arguments(node.child_by_field_name("superclasses"))
        name = self.text(node.child_by_field_name("name") or node)
        body = self.block(node.child_by_field_name("body"))
        yield ir.Define(ir.Class(name, arguments, body, self.line(node), decorators, keywords))

    def decorated(self, node: Node) -> Iterator[ir.Stmt]:
        decorators = tuple(
            self.expression(child.named_children[0])
            for child in node.named_children
            if child.type == "decorator" and child.named_children
        )
        definition = node.child_by_field_name("definition")
        if definition is not None:
            make = self.class_ if definition.type == "class_definition" else self.function
            yield from make(definition, decorators)


def _is_route_decorator(decorator: ir.Expr) -> bool:
    """Whether it looks like `@router.get("/x")`: such a function handles requests and is not run."""
    return (
        isinstance(decorator, ir.Call)
        and isinstance(decorator.function, ir.Attribute)
        and bool(decorator.arguments)
        and isinstance(decorator.arguments[0], ir.Literal | ir.Join)
    )
