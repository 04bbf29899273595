"""Rust's syntax tree to the small program: paths are attributes, route attributes decorators, a last value a return."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.text import unescape
from repo_architect.analysis.syntax import ParsedFile

_ROUTE = re.compile(
    r"^(?:\w+::)*(get|post|put|patch|delete|head|options|route)\s*\(\s*(?:([A-Z]\w*)\s*,\s*)?(?:uri\s*=\s*)?r?#*\"([^\"]*)\"(.*)\)$",
    re.DOTALL,
)
_UTOIPA = re.compile(r"^(?:utoipa::)?path\s*\((.*)\)$", re.DOTALL)
_UTOIPA_PATH = re.compile(r"\bpath\s*=\s*\"([^\"]*)\"")
_VERB = re.compile(r"\b(get|post|put|patch|delete|head|options|trace)\b")
_CRATES = frozenset({"actix_web", "aide", "axum", "rocket"})
_ARGUMENT = re.compile(r"\"(?:[^\"\\]|\\.)*\"|(?:\w+::)*[A-Za-z_]\w*")
_HOLE = re.compile(r"(?<!\{)\{(\w*)(?::[^{}]*)?\}(?!\})")
_METHOD = re.compile(r"method\s*=\s*\"?(\w+)\"?")


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program."""
    lowering = _Lowering(file)
    body = lowering.block(file.root)
    return ir.Program(file.path, "Rust", body, frozenset(lowering.called))


def _braces(text: str) -> str:
    return text.replace("{{", "{").replace("}}", "}")


class _Lowering:
    def __init__(self, file: ParsedFile) -> None:
        self.file = file
        self.text = file.text
        self.line = file.line
        self.called: set[str] = set()
        self.framework = "Rocket" if b"rocket" in file.source else "Actix Web"

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
            if child.type == "function_item":
                early.append(ir.Define(self.function(child, attributes)))
            elif child.type == "use_declaration":
                early.extend(self.uses(child.named_children[-1], ""))
            elif child.type == "mod_item":
                early.extend(self.module(child))
            else:
                found.extend(self.statement(child))
            attributes = attributes if child.type.endswith("comment") else []
        if children and children[-1].type in EXPRESSIONS and node is not None and node.type == "block":
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

    def expression(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Literal(None)
        lowered = EXPRESSIONS.get(node.type)
        return lowered(self, node) if lowered else ir.Unknown()

    def function(self, node: Node, attributes: list[Node]) -> ir.Function:
        name = node.child_by_field_name("name")
        decorators = tuple(found for attribute in attributes for found in self.route_attribute(attribute))
        return ir.Function(
            self.text(name) if name is not None else "",
            tuple(self.parameters(node.child_by_field_name("parameters"))),
            () if decorators else self.block(node.child_by_field_name("body")),
            self.line(node),
            decorators,
            routes=not decorators,
        )

    def route_attribute(self, node: Node) -> Iterator[ir.Expr]:
        inner = node.named_children[0] if node.named_children else node
        found = _ROUTE.match(self.text(inner))
        if found is not None:
            verb, first, path, rest = found.groups()
            methods = [verb] if verb != "route" else [first] if first else _METHOD.findall(rest) or ["any"]
            listed = ir.Sequence(tuple(ir.Literal(method) for method in methods))
            given = (listed, ir.Literal(path), ir.Literal(self.framework))
            yield ir.Call(ir.Name("<rust>"), given, (), self.line(node))

        documented = _UTOIPA.match(self.text(inner))
        where = _UTOIPA_PATH.search(documented.group(1)) if documented else None
        if documented is not None and where is not None:
            verbs = (
                _VERB.findall(documented.group(1)[: where.start()]) or _VERB.findall(documented.group(1))[:1]
            )
            listed = ir.Sequence(tuple(ir.Literal(verb) for verb in verbs))
            given = (listed, ir.Literal(where.group(1)), ir.Literal("axum"))
            yield ir.Call(ir.Name("<rust>"), given, (), self.line(node))

    def parameters(self, node: Node | None) -> Iterator[ir.Parameter]:
        for child in node.named_children if node is not None else ():
            pattern, kind = child.child_by_field_name("pattern"), child.child_by_field_name("type")
            if child.type == "parameter" and pattern is not None:
                yield ir.Parameter(self.text(pattern).removeprefix("mut "), annotation=self.type_of(kind))

    def type_of(self, node: Node | None) -> ir.Expr | None:
        while node is not None and node.type in ("reference_type", "generic_type"):
            node = node.child_by_field_name("type")
        if node is None or node.type not in ("type_identifier", "scoped_type_identifier"):
            return None
        parts = self.text(node).split("::")
        found: ir.Expr = ir.Name(parts[0])
        for part in parts[1:]:
            found = ir.Attribute(found, part)
        return found

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

    def macro(self, node: Node) -> ir.Expr:
        """`routes![a, b::c]` as a list of names, `concat!` and `format!` as text; another macro is not known."""
        name = self.text(node.named_children[0])
        if name == "concat":
            return ir.Join(tuple(self.literal_or_name(found) for found in self.macro_arguments(node)))
        if name == "format":
            return self.formatted(self.macro_arguments(node))
        if name.rpartition("::")[2] not in ("routes", "vec"):
            return ir.Unknown(name)
        paths = re.findall(r"[A-Za-z_]\w*(?:\s*::\s*\w+)*", self.text(node.named_children[-1]))
        return ir.Sequence(tuple(self.path(found.replace(" ", "")) for found in paths))

    def macro_arguments(self, node: Node) -> list[str]:
        return _ARGUMENT.findall(self.text(node.named_children[-1])[1:-1])

    def literal_or_name(self, written: str) -> ir.Expr:
        return ir.Literal(unescape(written[1:-1])) if written.startswith('"') else self.path(written)

    def formatted(self, given: list[str]) -> ir.Expr:
        """The text of `format!`, `{}` and `{name}` in it by what they stand for; `{{` is a brace."""
        if not given or not given[0].startswith('"'):
            return ir.Unknown("format")
        others = iter(given[1:])
        literal, *rest = _HOLE.split(unescape(given[0][1:-1]))
        parts: list[ir.Expr] = [ir.Literal(_braces(literal))]
        for hole, after in zip(rest[::2], rest[1::2], strict=True):
            named = hole or next(others, "")
            parts += [self.literal_or_name(named) if named else ir.Unknown(), ir.Literal(_braces(after))]
        return ir.Join(tuple(parts))

    def path(self, text: str) -> ir.Expr:
        parts = text.split("::")
        found: ir.Expr = ir.Name(parts[0])
        for part in parts[1:]:
            found = ir.Attribute(found, part)
        return found

    def string(self, node: Node) -> ir.Expr:
        text = "".join(self.text(child) for child in node.named_children)
        return ir.Literal(unescape(text) if node.type == "string_literal" else text)

    def generic(self, node: Node) -> ir.Expr:
        return self.expression(node.child_by_field_name("function") or node.child_by_field_name("type"))

    def inner(self, node: Node) -> ir.Expr:
        return self.expression(node.named_children[-1]) if node.named_children else ir.Unknown()

    def sequence(self, node: Node) -> ir.Expr:
        return ir.Sequence(tuple(self.expression(child) for child in node.named_children))

    def block_value(self, node: Node) -> ir.Expr:
        """The value of a block, what comes before it run too."""
        body = next((child for child in node.named_children if child.type == "block"), node)
        function = ir.Function("<block>", (), self.block(body), self.line(node))
        return ir.Call(function, (), (), self.line(node))

    def first(self, node: Node) -> ir.Expr:
        return self.expression(node.named_children[0]) if node.named_children else ir.Unknown()

    def name(self, node: Node) -> ir.Expr:
        return ir.Name(self.text(node))

    def either(self, node: Node) -> ir.Expr:
        blocks = [child for child in node.named_children if child.type in ("block", "else_clause")]
        values = [block.named_children[-1] for block in blocks if block.named_children]
        return ir.Either(tuple(self.expression(value) for value in values))


EXPRESSIONS: dict[str, Callable[[_Lowering, Node], ir.Expr]] = {
    "array_expression": _Lowering.sequence,
    "async_block": _Lowering.block_value,
    "await_expression": _Lowering.first,
    "block": _Lowering.block_value,
    "call_expression": _Lowering.call,
    "closure_expression": _Lowering.closure,
    "crate": _Lowering.name,
    "field_expression": _Lowering.field,
    "generic_function": _Lowering.generic,
    "identifier": _Lowering.name,
    "if_expression": _Lowering.either,
    "macro_invocation": _Lowering.macro,
    "parenthesized_expression": _Lowering.first,
    "raw_string_literal": _Lowering.string,
    "reference_expression": _Lowering.inner,
    "scoped_identifier": _Lowering.scoped,
    "self": _Lowering.name,
    "string_literal": _Lowering.string,
    "super": _Lowering.name,
    "tuple_expression": _Lowering.sequence,
    "try_expression": _Lowering.first,
    "type_identifier": _Lowering.name,
}
