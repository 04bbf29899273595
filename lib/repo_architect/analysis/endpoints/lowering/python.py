"""Python's syntax tree to the small program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.text import unescape
from repo_architect.analysis.syntax import ParsedFile

ROUTES = re.compile(
    rb"rout|lueprint|mount|regist|add_url|add_resource|include|prefix|Starlette|FastAPI|Flask|Sanic|Falcon|"
    rb"[Aa]pplication|DESCRIPTOR|urlpatterns|path\(|\.(?:get|post|put|patch|delete|head|options|websocket|add_[a-z]+)\("
)
"""What a function's body says when running it might add a route, or give back something that does."""


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program."""
    lowering = _Lowering(file)
    body = lowering.block(file.root)
    return ir.Program(file.path, file.language, body, frozenset(lowering.called))


class _Lowering:
    def __init__(self, file: ParsedFile) -> None:
        self.file = file
        self.text = file.text
        self.line = file.line
        self.called: set[str] = set()

    def block(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        if node is None:
            return ()
        found: list[ir.Stmt] = []
        for child in node.named_children:
            lowered = STATEMENTS.get(child.type)
            if lowered is not None:
                found.extend(lowered(self, child))
        return tuple(found)

    def expression(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Literal(None)
        lowered = EXPRESSIONS.get(node.type)
        return lowered(self, node) if lowered else ir.Unknown()

    # statements

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

    def target(self, node: Node) -> ir.Expr:
        if node.type in ("pattern_list", "tuple_pattern", "list_pattern"):
            return ir.Sequence(tuple(self.target(child) for child in node.named_children))
        return self.expression(node)

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

    # expressions

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

    def string(self, node: Node) -> ir.Expr:
        prefix = self.text(node.children[0]) if node.children else ""
        raw = "r" in prefix.lower().rstrip("\"'")
        formatted = "f" in prefix.lower().rstrip("\"'")
        parts: list[ir.Expr] = []
        for child in node.children[1:-1]:
            if child.type == "interpolation":
                inner = child.child_by_field_name("expression")
                parts.append(self.expression(inner) if inner is not None else ir.Unknown())
                if inner is not None and isinstance(parts[-1], ir.Unknown):
                    parts[-1] = ir.Unknown(self.text(inner))
            else:
                text = self.text(child) if raw else unescape(self.text(child))
                parts.append(ir.Literal(_braces(text) if formatted else text))
        if len(parts) == 1 and isinstance(parts[0], ir.Literal):
            return parts[0]
        return ir.Join(tuple(parts)) if parts else ir.Literal("")

    def join(self, node: Node) -> ir.Expr:
        return ir.Join(tuple(self.expression(child) for child in node.named_children))

    def binary(self, node: Node) -> ir.Expr:
        operator = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = self.text(operator) if operator is not None else ""
        if sign == "+":
            return ir.Join((self.expression(left), self.expression(right)))
        if sign == "|":
            return ir.Either((self.expression(left), self.expression(right)))
        if sign == "%":
            return ir.Call(
                ir.Attribute(self.expression(left), "%"), (self.expression(right),), (), self.line(node)
            )
        return ir.Unknown()

    def attribute(self, node: Node) -> ir.Expr:
        name = node.child_by_field_name("attribute")
        return ir.Attribute(self.expression(node.child_by_field_name("object")), self.text(name or node))

    def subscript(self, node: Node) -> ir.Expr:
        children = node.named_children
        return ir.Index(self.expression(children[0]), self.expression(children[-1]))

    def sequence(self, node: Node) -> ir.Expr:
        return ir.Sequence(
            tuple(self.expression(child) for child in node.named_children if child.type != "comment")
        )

    def dictionary(self, node: Node) -> ir.Expr:
        entries: list[tuple[ir.Expr | None, ir.Expr, int]] = []
        for child in node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                entries.append((self.expression(key), self.expression(value), self.line(child)))
            elif child.type == "dictionary_splat":
                entries.append((None, self.expression(child.named_children[0]), self.line(child)))
        return ir.Table(tuple(entries))

    def either(self, node: Node) -> ir.Expr:
        children = node.named_children
        chosen = [children[0], children[-1]] if node.type == "conditional_expression" else children
        return ir.Either(tuple(self.expression(child) for child in chosen))

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

    def inner(self, node: Node) -> ir.Expr:
        children = node.named_children
        return self.expression(children[-1]) if children else ir.Unknown()

    def star(self, node: Node) -> ir.Expr:
        return ir.Star(self.inner(node))

    def name(self, node: Node) -> ir.Expr:
        return ir.Name(self.text(node))

    def integer(self, node: Node) -> ir.Expr:
        text = self.text(node)
        return ir.Literal(int(text)) if text.isdecimal() and len(text) < 10 else ir.Unknown()


def _braces(text: str) -> str:
    """Text of a formatted string, in which a brace is written twice."""
    return text.replace("{{", "{").replace("}}", "}")


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


def _is_route_decorator(decorator: ir.Expr) -> bool:
    """Whether it looks like `@router.get("/x")`: such a function handles requests and is not run."""
    return (
        isinstance(decorator, ir.Call)
        and isinstance(decorator.function, ir.Attribute)
        and bool(decorator.arguments)
        and isinstance(decorator.arguments[0], ir.Literal | ir.Join)
    )


STATEMENTS: dict[str, Callable[[_Lowering, Node], Iterator[ir.Stmt]]] = {
    "class_definition": _Lowering.class_,
    "decorated_definition": _Lowering.decorated,
    "expression_statement": _Lowering.expression_statement,
    "for_statement": _Lowering.for_statement,
    "function_definition": _Lowering.function,
    "if_statement": _Lowering.branches,
    "import_from_statement": _Lowering.import_from,
    "import_statement": _Lowering.import_,
    "return_statement": _Lowering.return_statement,
    "try_statement": _Lowering.branches,
    "while_statement": _Lowering.branches,
    "with_statement": _Lowering.with_statement,
}
EXPRESSIONS: dict[str, Callable[[_Lowering, Node], ir.Expr]] = {
    "attribute": _Lowering.attribute,
    "await": _Lowering.inner,
    "binary_operator": _Lowering.binary,
    "boolean_operator": _Lowering.either,
    "call": _Lowering.call,
    "concatenated_string": _Lowering.join,
    "conditional_expression": _Lowering.either,
    "dictionary": _Lowering.dictionary,
    "expression_list": _Lowering.sequence,
    "false": lambda _, __: ir.Literal(False),
    "generator_expression": _Lowering.comprehension,
    "identifier": _Lowering.name,
    "integer": _Lowering.integer,
    "lambda": _Lowering.lambda_,
    "list": _Lowering.sequence,
    "list_comprehension": _Lowering.comprehension,
    "list_splat": _Lowering.star,
    "none": lambda _, __: ir.Literal(None),
    "parenthesized_expression": _Lowering.inner,
    "set": _Lowering.sequence,
    "string": _Lowering.string,
    "subscript": _Lowering.subscript,
    "true": lambda _, __: ir.Literal(True),
    "tuple": _Lowering.sequence,
    "type": _Lowering.inner,
}
