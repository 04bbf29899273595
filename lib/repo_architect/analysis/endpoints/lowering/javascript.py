"""JavaScript's and TypeScript's syntax trees to the small program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tree_sitter import Node

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.text import unescape
from repo_architect.analysis.syntax import ParsedFile

ROUTES = re.compile(
    rb"\.(?:get|post|put|patch|delete|del|all|use|route|register|mount|head|options|basePath|on|routes|prefix|group|"
    rb"setGlobalPrefix|openapi|decorate|create\w*|forEach|ws)\s*[(<]|Router|[rR]outes|require\(|import\(|new \w"
)
REQUEST_NAMES = frozenset({
    "req", "_req", "request", "_request", "ctx", "_ctx", "c", "context", "event", "reply", "res", "err", "error", "_",
})  # fmt: skip
"""What the first parameter of a function that handles requests is called: it is not run."""
_HOISTED = (ir.Function,)
_OF_OBJECTS = frozenset({"entries", "keys", "values"})


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program."""
    lowering = _Lowering(file)
    body = lowering.block(file.root)
    return ir.Program(file.path, "JavaScript", (*body, *lowering.exports), frozenset(lowering.called))


def _is_of_objects(function: ir.Expr) -> bool:
    """`Object.entries`, called as a method of its argument."""
    holder = function.object if isinstance(function, ir.Attribute) else None
    return isinstance(holder, ir.Name) and holder.id == "Object" and ir.callee(function) in _OF_OBJECTS


class _Lowering:
    def __init__(self, file: ParsedFile) -> None:
        self.file = file
        self.text = file.text
        self.line = file.line
        self.called: set[str] = set()
        self.exports: list[ir.Stmt] = []

    def block(self, node: Node | None) -> tuple[ir.Stmt, ...]:
        """The statements of a block, its functions first, as they are hoisted."""
        found: list[ir.Stmt] = []
        for child in node.named_children if node is not None else ():
            lowered = STATEMENTS.get(child.type)
            if lowered is not None:
                found.extend(lowered(self, child))
        return tuple(
            sorted(
                found, key=lambda one: not (isinstance(one, ir.Define) and isinstance(one.value, _HOISTED))
            )
        )

    def expression(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Literal(None)
        lowered = EXPRESSIONS.get(node.type)
        return lowered(self, node) if lowered else ir.Unknown()

    def field(self, node: Node, name: str) -> ir.Expr:
        return self.expression(node.child_by_field_name(name))

    # statements

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
        lowered = STATEMENTS.get(node.type) if node is not None and node.type != "statement_block" else None
        return tuple(lowered(self, node)) if lowered is not None and node is not None else self.block(node)

    def return_(self, node: Node) -> Iterator[ir.Stmt]:
        children = node.named_children
        yield ir.Return(self.expression(children[0]) if children else None)

    def import_(self, node: Node) -> Iterator[ir.Stmt]:
        source = node.child_by_field_name("source")
        clause = next((child for child in node.named_children if child.type.startswith("import_")), None)
        if clause is not None and clause.type == "import_require_clause":
            name, source = clause.named_children[0], clause.child_by_field_name("source")
            if source is not None:
                yield ir.Import(self.string_of(source), (("*", self.text(name)),))
        elif source is not None and clause is not None:
            yield ir.Import(self.string_of(source), tuple(self.imported(clause)))

    def imported(self, clause: Node) -> Iterator[tuple[str, str | None]]:
        for child in clause.named_children:
            if child.type == "identifier":
                yield "default", self.text(child)
            elif child.type == "namespace_import":
                yield "*", self.text(child.named_children[0])
            else:
                yield from self.specifiers(child)

    def specifiers(self, node: Node) -> Iterator[tuple[str, str | None]]:
        for child in node.named_children:
            name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
            if name is not None:
                yield self.text(name).strip("\"'"), self.text(alias or name).strip("\"'")

    def export(self, node: Node) -> Iterator[ir.Stmt]:
        source, declaration = node.child_by_field_name("source"), node.child_by_field_name("declaration")
        if source is not None:
            yield from self.reexport(node, self.string_of(source))
        elif declaration is not None:
            yield from self.exported(node, declaration)
        elif (value := node.child_by_field_name("value")) is not None:
            yield ir.Assign(ir.Name("<default>"), self.expression(value), export="default")
        else:
            clause = next((child for child in node.named_children if child.type == "export_clause"), None)
            for name, alias in self.specifiers(clause) if clause is not None else ():
                self.exports.append(ir.Assign(ir.Name("<export>"), ir.Name(name), export=alias))

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

    def reexport(self, node: Node, source: str) -> Iterator[ir.Stmt]:
        for child in node.named_children:
            if child.type == "export_clause":
                yield ir.Import(source, tuple(self.specifiers(child)), reexport=True)
                return
            if child.type == "namespace_export":
                yield ir.Import(source, (("*", self.text(child.named_children[0])),), reexport=True)
                return
        yield ir.Import(source, (("*", None),), reexport=True)

    def exported(self, node: Node, declaration: Node) -> Iterator[ir.Stmt]:
        if declaration.type in ("lexical_declaration", "variable_declaration"):
            yield from self.variables(declaration, exported=True)
            return
        if declaration.type == "enum_declaration":
            yield from self.enum(declaration, exported=True)
            return
        default = any(child.type == "default" for child in node.children)
        if declaration.type in _CLASSES:
            value: ir.Function | ir.Class = self.class_(declaration, self.decorators(node))
        elif declaration.type in ("function_declaration", "generator_function_declaration"):
            value = self.function(declaration)
        else:
            return
        yield ir.Define(value, export="default" if default else value.name)

    # expressions

    def call(self, node: Node) -> ir.Expr:
        callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        function = (
            ir.Name("require") if callee is not None and callee.type == "import" else self.expression(callee)
        )
        self.called.add(ir.callee(function))
        given = node.child_by_field_name("arguments")
        arguments = (
            tuple(self.expression(child) for child in given.named_children if child.type != "comment")
            if given is not None
            else ()
        )
        prop = callee.child_by_field_name("property") if callee is not None else None
        if arguments and _is_of_objects(function):
            function, arguments = ir.Attribute(arguments[0], ir.callee(function)), ()
        return ir.Call(function, arguments, (), self.line(prop or node))

    def member(self, node: Node) -> ir.Expr:
        name, holder = node.child_by_field_name("property"), node.child_by_field_name("object")
        if name is not None and holder is not None and holder.type == "meta_property":
            return ir.Name(f"__{self.text(name)}")
        return ir.Attribute(self.field(node, "object"), self.text(name) if name is not None else "")

    def subscript(self, node: Node) -> ir.Expr:
        return ir.Index(self.field(node, "object"), self.field(node, "index"))

    def string_of(self, node: Node) -> str:
        return unescape(self.text(node)[1:-1])

    def string(self, node: Node) -> ir.Expr:
        return ir.Literal(self.string_of(node))

    def template(self, node: Node) -> ir.Expr:
        parts: list[ir.Expr] = []
        for child in node.named_children:
            if child.type == "template_substitution" and child.named_children:
                inner = self.expression(child.named_children[0])
                parts.append(
                    ir.Unknown(self.text(child.named_children[0])) if isinstance(inner, ir.Unknown) else inner
                )
            else:
                parts.append(ir.Literal(unescape(self.text(child))))
        return ir.Join(tuple(parts))

    def binary(self, node: Node) -> ir.Expr:
        operator = node.child_by_field_name("operator")
        sign = self.text(operator) if operator is not None else ""
        sides = (self.field(node, "left"), self.field(node, "right"))
        if sign == "+":
            return ir.Join(sides)
        if sign in ("||", "??"):
            return ir.Either(sides)
        return sides[1] if sign == "&&" else ir.Unknown()

    def ternary(self, node: Node) -> ir.Expr:
        return ir.Either((self.field(node, "consequence"), self.field(node, "alternative")))

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

    def class_(self, node: Node, decorators: tuple[ir.Expr, ...] = ()) -> ir.Class:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
        bases = tuple(self.bases(heritage)) if heritage is not None else ()
        return ir.Class(
            self.text(name) if name is not None else "",
            bases,
            tuple(self.members(body)) if body is not None else (),
            self.line(node),
            (*decorators, *self.decorators(node)),
        )

    def bases(self, heritage: Node) -> Iterator[ir.Expr]:
        for child in heritage.named_children:
            if child.type == "extends_clause":
                yield self.field(child, "value")
            elif child.type != "implements_clause":
                yield self.expression(child)

    def members(self, body: Node) -> Iterator[ir.Stmt]:
        waiting: list[ir.Expr] = []
        for child in body.named_children:
            if child.type == "decorator":
                waiting.extend(self.decorator(child))
            elif child.type == "method_definition":
                function = self.function(child)
                function.decorators, waiting = (*waiting, *self.decorators(child)), []
                yield ir.Define(function)
            elif child.type in ("field_definition", "public_field_definition"):
                name = child.child_by_field_name("property") or child.child_by_field_name("name")
                waiting = []
                if name is not None:
                    yield ir.Assign(ir.Name(self.text(name)), self.field(child, "value"))

    def decorators(self, node: Node) -> tuple[ir.Expr, ...]:
        return tuple(
            found
            for child in node.named_children
            if child.type == "decorator"
            for found in self.decorator(child)
        )

    def decorator(self, node: Node) -> Iterator[ir.Expr]:
        if node.named_children:
            yield self.expression(node.named_children[0])

    def class_expression(self, node: Node) -> ir.Expr:
        return self.class_(node)

    def object(self, node: Node) -> ir.Expr:
        entries: list[tuple[ir.Expr | None, ir.Expr, int]] = []
        for child in node.named_children:
            entries.extend(self.entry(child))
        return ir.Table(tuple(entries))

    def entry(self, node: Node) -> Iterator[tuple[ir.Expr | None, ir.Expr, int]]:
        line = self.line(node)
        if node.type == "pair":
            key = node.child_by_field_name("key")
            yield self.key(key), self.field(node, "value"), line
        elif node.type == "method_definition":
            function = self.function(node)
            yield ir.Literal(function.name), function, line
        elif node.type == "shorthand_property_identifier":
            yield ir.Literal(self.text(node)), ir.Name(self.text(node)), line
        elif node.type == "spread_element" and node.named_children:
            yield None, self.expression(node.named_children[0]), line

    def key(self, node: Node | None) -> ir.Expr:
        if node is None:
            return ir.Unknown()
        if node.type == "string":
            return self.string(node)
        return (
            self.expression(node.named_children[0])
            if node.type == "computed_property_name" and node.named_children
            else ir.Literal(self.text(node))
        )

    def array(self, node: Node) -> ir.Expr:
        return ir.Sequence(
            tuple(self.expression(child) for child in node.named_children if child.type != "comment")
        )

    def spread(self, node: Node) -> ir.Expr:
        return ir.Star(self.inner(node))

    def inner(self, node: Node) -> ir.Expr:
        children = node.named_children
        return self.expression(children[0]) if children else ir.Unknown()

    def name(self, node: Node) -> ir.Expr:
        return ir.Name(self.text(node))

    def number(self, node: Node) -> ir.Expr:
        text = self.text(node)
        return ir.Literal(int(text)) if text.isdecimal() and len(text) < 10 else ir.Unknown()

    def regex(self, node: Node) -> ir.Expr:
        return ir.Literal(self.text(node))

    def assigned(self, node: Node) -> ir.Expr:
        return self.field(node, "right")


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


_CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})
STATEMENTS: dict[str, Callable[[_Lowering, Node], Iterator[ir.Stmt]]] = {
    "abstract_class_declaration": _Lowering.class_statement,
    "class_declaration": _Lowering.class_statement,
    "enum_declaration": _Lowering.enum,
    "export_statement": _Lowering.export,
    "expression_statement": _Lowering.statement,
    "for_in_statement": _Lowering.loop,
    "for_statement": _Lowering.loop,
    "function_declaration": _Lowering.function_statement,
    "generator_function_declaration": _Lowering.function_statement,
    "if_statement": _Lowering.branches,
    "import_statement": _Lowering.import_,
    "lexical_declaration": _Lowering.variables,
    "return_statement": _Lowering.return_,
    "statement_block": _Lowering.nested,
    "switch_statement": _Lowering.branches,
    "try_statement": _Lowering.branches,
    "variable_declaration": _Lowering.variables,
}
EXPRESSIONS: dict[str, Callable[[_Lowering, Node], ir.Expr]] = {
    "array": _Lowering.array,
    "arrow_function": _Lowering.function,
    "as_expression": _Lowering.inner,
    "assignment_expression": _Lowering.assigned,
    "await_expression": _Lowering.inner,
    "binary_expression": _Lowering.binary,
    "call_expression": _Lowering.call,
    "class": _Lowering.class_expression,
    "false": lambda _, __: ir.Literal(False),
    "function_expression": _Lowering.function,
    "identifier": _Lowering.name,
    "member_expression": _Lowering.member,
    "new_expression": _Lowering.call,
    "non_null_expression": _Lowering.inner,
    "null": lambda _, __: ir.Literal(None),
    "number": _Lowering.number,
    "object": _Lowering.object,
    "parenthesized_expression": _Lowering.inner,
    "regex": _Lowering.regex,
    "satisfies_expression": _Lowering.inner,
    "spread_element": _Lowering.spread,
    "string": _Lowering.string,
    "subscript_expression": _Lowering.subscript,
    "super": lambda _, __: ir.Name("super"),
    "template_string": _Lowering.template,
    "ternary_expression": _Lowering.ternary,
    "this": lambda _, __: ir.Name("this"),
    "true": lambda _, __: ir.Literal(True),
    "undefined": lambda _, __: ir.Literal(None),
}
