"""Go's syntax tree to the small program: a type with its methods is a class, a composite literal makes an object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.text import unescape
from repo_architect.analysis.syntax import ParsedFile

_MAJOR = re.compile(r"v\d+")
_HANDLES = re.compile(
    rb"http\.ResponseWriter|\*gin\.Context|echo\.Context|\*fiber\.Ctx|fiber\.Ctx|\*http\.Request"
)
_FUNCTION_TYPE = re.compile(rb"\bfunc\([^()]*\)")


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program."""
    lowering = _Lowering(file)
    body = tuple(lowering.file_body(file.root))
    return ir.Program(file.path, "Go", body, frozenset(lowering.called))


class _Lowering:
    def __init__(self, file: ParsedFile) -> None:
        self.file = file
        self.text = file.text
        self.line = file.line
        self.called: set[str] = set()

    def file_body(self, root: Node) -> Iterator[ir.Stmt]:
        types: dict[str, list[ir.Stmt]] = {}
        functions: list[ir.Stmt] = []
        rest: list[ir.Stmt] = []
        for node in root.named_children:
            if node.type == "method_declaration":
                types.setdefault(self.receiver(node), []).append(ir.Define(self.function(node)))
            elif node.type == "function_declaration":
                functions.append(ir.Define(self.function(node)))
            elif node.type == "type_declaration":
                for name, fields in self.structures(node):
                    types.setdefault(name, [])[:0] = fields
            else:
                rest.extend(self.statement(node))
        imports = [one for one in rest if isinstance(one, ir.Import)]
        yield from imports
        yield from (ir.Define(ir.Class(name, (), tuple(body), 1)) for name, body in types.items() if name)
        yield from functions
        yield from (one for one in rest if not isinstance(one, ir.Import))

    def receiver(self, node: Node) -> str:
        receiver = node.child_by_field_name("receiver")
        found = (
            re.search(r"\*?\s*(\w+)\s*(?:\[[^\]]*\])?\s*\)$", self.text(receiver))
            if receiver is not None
            else None
        )
        return found.group(1) if found else ""

    def structures(self, node: Node) -> Iterator[tuple[str, list[ir.Stmt]]]:
        """(name, fields) of each struct: a field of a framework's type is taken to hold one."""
        for spec in node.named_children:
            name, kind = spec.child_by_field_name("name"), spec.child_by_field_name("type")
            if name is None or kind is None or kind.type != "struct_type":
                continue
            fields: list[ir.Stmt] = []
            for declared in kind.named_children[0].named_children if kind.named_children else ():
                annotation = self.type_of(declared.child_by_field_name("type"))
                if isinstance(annotation, ir.Attribute):
                    made = ir.Call(ir.Name("<assume>"), (annotation,), (), self.line(declared))
                    names = declared.children_by_field_name("name")
                    fields.extend(ir.Assign(ir.Name(self.text(one)), made) for one in names)
                    if not names:
                        fields.append(ir.Assign(ir.Name(annotation.name), made))
            yield self.text(name), fields

    def block(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        return tuple(
            one
            for child in (node.named_children if node is not None else ())
            for one in self.statement(child)
        )

    def statement(self, node: Node) -> Iterator[ir.Stmt]:
        lowered = STATEMENTS.get(node.type)
        if lowered is not None:
            yield from lowered(self, node)

    def expression(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Literal(None)
        lowered = EXPRESSIONS.get(node.type)
        return lowered(self, node) if lowered else ir.Unknown()

    # statements

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

    def imports(self, node: Node) -> Iterator[ir.Stmt]:
        for spec in node.named_children:
            if spec.type == "import_spec_list":
                yield from self.imports(spec)
            elif spec.type == "import_spec":
                path, name = spec.child_by_field_name("path"), spec.child_by_field_name("name")
                specifier = self.text(path).strip('"`') if path is not None else ""
                package = specifier.rpartition("/")[2] if name is None else ""
                if _MAJOR.fullmatch(package) and package != "v1":
                    package = specifier.split("/")[-2] if "/" in specifier else package
                local = self.text(name) if name is not None else package.removesuffix(".git")
                local = local.removeprefix("go-") if name is None else local
                yield ir.Import(specifier, (("*", local.replace("-", "_")),))

    def evaluated(self, node: Node) -> Iterator[ir.Stmt]:
        for child in node.named_children:
            if child.type == "call_expression":
                yield ir.Evaluate(self.expression(child))

    def nested(self, node: Node) -> Iterator[ir.Stmt]:
        yield from self.block(node)

    def branches(self, node: Node) -> Iterator[ir.Stmt]:
        bodies = [
            self.block(child)
            for child in node.named_children
            if child.type in ("block", "if_statement") or child.type.endswith("_case")
        ]
        yield ir.Branch(tuple(body for body in bodies if body))

    def loop(self, node: Node) -> Iterator[ir.Stmt]:
        body = self.block(node.child_by_field_name("body"))
        clause = next((child for child in node.named_children if child.type == "range_clause"), None)
        left = clause.child_by_field_name("left") if clause is not None else None
        if clause is None or left is None:
            yield ir.Branch((body,))
            return
        yield ir.Loop(
            self.expression(left.named_children[-1]),
            self.expression(clause.child_by_field_name("right")),
            body,
        )

    def returned(self, node: Node) -> Iterator[ir.Stmt]:
        values = node.named_children[0].named_children if node.named_children else []
        yield ir.Return(self.expression(values[0]) if values else None)

    # expressions

    def function(self, node: Node) -> ir.Function:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        given = node.child_by_field_name("parameters")
        parameters = [*self.parameters(node.child_by_field_name("receiver")), *self.parameters(given)]
        signature = self.file.source[given.start_byte : given.end_byte] if given is not None else b""
        handles = _HANDLES.search(_FUNCTION_TYPE.sub(b"", signature)) is not None
        return ir.Function(
            self.text(name) if name is not None else "",
            tuple(parameters),
            () if handles else self.block(body),
            self.line(node),
            routes=not handles,
        )

    def parameters(self, node: Node | None) -> Iterator[ir.Parameter]:
        for child in node.named_children if node is not None else ():
            annotation = self.type_of(child.child_by_field_name("type"))
            for name in child.children_by_field_name("name"):
                yield ir.Parameter(self.text(name), annotation=annotation)

    def type_of(self, node: Node | None) -> ir.Expr | None:
        while node is not None and node.type in ("pointer_type", "parenthesized_type"):
            node = node.named_children[0] if node.named_children else None
        if node is None:
            return None
        if node.type == "qualified_type":
            package, name = node.child_by_field_name("package"), node.child_by_field_name("name")
            return ir.Attribute(ir.Name(self.text(package or node)), self.text(name or node))
        return ir.Name(self.text(node)) if node.type == "type_identifier" else None

    def call(self, node: Node) -> ir.Expr:
        callee = node.child_by_field_name("function")
        function, given = self.expression(callee), node.child_by_field_name("arguments")
        self.called.add(ir.callee(function))
        arguments = tuple(self.argument(child) for child in given.named_children) if given is not None else ()
        field = callee.child_by_field_name("field") if callee is not None else None
        return ir.Call(function, arguments, (), self.line(field or node))

    def argument(self, node: Node) -> ir.Expr:
        return ir.Star(self.first(node)) if node.type == "variadic_argument" else self.expression(node)

    def selector(self, node: Node) -> ir.Expr:
        field = node.child_by_field_name("field")
        return ir.Attribute(self.expression(node.child_by_field_name("operand")), self.text(field or node))

    def string(self, node: Node) -> ir.Expr:
        text = self.text(node)
        return ir.Literal(text[1:-1] if text.startswith("`") else unescape(text[1:-1]))

    def binary(self, node: Node) -> ir.Expr:
        operator = node.child_by_field_name("operator")
        sides = (
            self.expression(node.child_by_field_name("left")),
            self.expression(node.child_by_field_name("right")),
        )
        return ir.Join(sides) if operator is not None and self.text(operator) == "+" else ir.Unknown()

    def composite(self, node: Node) -> ir.Expr:
        kind, body = node.child_by_field_name("type"), node.child_by_field_name("body")
        elements = body.named_children if body is not None else []
        if kind is not None and kind.type in ("slice_type", "array_type", "implicit_length_array_type"):
            return ir.Sequence(tuple(self.element(child) for child in elements))
        keyed = [
            child for child in elements if child.type == "keyed_element" and len(child.named_children) > 1
        ]
        fields = tuple(
            (self.text(child.named_children[0]).strip('"'), self.element(child.named_children[1]))
            for child in keyed
        )
        made = self.type_of(kind)
        if made is None:
            positional = tuple(
                (str(index), self.element(child))
                for index, child in enumerate(elements)
                if child not in keyed
            )
            return ir.Table(
                tuple((ir.Literal(name), value, self.line(node)) for name, value in (*fields, *positional))
            )
        return ir.Call(made, (), fields, self.line(node))

    def element(self, node: Node) -> ir.Expr:
        if node.type == "literal_element" and node.named_children:
            return self.element(node.named_children[0])
        if node.type == "literal_value":
            keyed = [
                child
                for child in node.named_children
                if child.type == "keyed_element" and len(child.named_children) > 1
            ]
            entries = [
                (self.text(child.named_children[0]), self.element(child.named_children[1])) for child in keyed
            ]
            plain = [child for child in node.named_children if child not in keyed]
            entries += [(str(index), self.element(child)) for index, child in enumerate(plain)]
            return ir.Table(tuple((ir.Literal(name), value, self.line(node)) for name, value in entries))
        return self.expression(node)

    def index(self, node: Node) -> ir.Expr:
        return ir.Index(
            self.expression(node.child_by_field_name("operand")),
            self.expression(node.child_by_field_name("index")),
        )

    def first(self, node: Node) -> ir.Expr:
        return self.expression(node.named_children[0]) if node.named_children else ir.Unknown()

    def name(self, node: Node) -> ir.Expr:
        return ir.Name(self.text(node))


STATEMENTS: dict[str, Callable[[_Lowering, Node], Iterator[ir.Stmt]]] = {
    "assignment_statement": _Lowering.assigned,
    "block": _Lowering.nested,
    "const_declaration": _Lowering.specs,
    "defer_statement": _Lowering.evaluated,
    "expression_statement": _Lowering.evaluated,
    "expression_switch_statement": _Lowering.branches,
    "for_statement": _Lowering.loop,
    "go_statement": _Lowering.evaluated,
    "if_statement": _Lowering.branches,
    "import_declaration": _Lowering.imports,
    "return_statement": _Lowering.returned,
    "short_var_declaration": _Lowering.assigned,
    "statement_list": _Lowering.nested,
    "var_declaration": _Lowering.specs,
}
EXPRESSIONS: dict[str, Callable[[_Lowering, Node], ir.Expr]] = {
    "binary_expression": _Lowering.binary,
    "call_expression": _Lowering.call,
    "composite_literal": _Lowering.composite,
    "field_identifier": _Lowering.name,
    "func_literal": _Lowering.function,
    "identifier": _Lowering.name,
    "index_expression": _Lowering.index,
    "interpreted_string_literal": _Lowering.string,
    "parenthesized_expression": _Lowering.first,
    "raw_string_literal": _Lowering.string,
    "selector_expression": _Lowering.selector,
    "type_assertion_expression": _Lowering.first,
    "unary_expression": _Lowering.first,
}
