"""Go's syntax tree to the small program: a type with its methods is a class, a composite literal makes an object."""

from __future__ import annotations

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.go.files import Files
from repo_architect.analysis.endpoints.lowering.go.literals import Literals
from repo_architect.analysis.endpoints.lowering.go.statements import Statements
from repo_architect.analysis.syntax import ParsedFile


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program."""
    lowering = Lowering(file)
    body = tuple(lowering.file_body(file.root))
    return ir.Program(file.path, "Go", body, frozenset(lowering.called))


class Lowering(Files, Statements, Literals):
    """A file being lowered."""


Lowering.statements = {
    "assignment_statement": Lowering.assigned,
    "block": Lowering.inner,
    "const_declaration": Lowering.specs,
    "defer_statement": Lowering.evaluated,
    "expression_statement": Lowering.evaluated,
    "expression_switch_statement": Lowering.branches,
    "for_statement": Lowering.loop,
    "go_statement": Lowering.evaluated,
    "if_statement": Lowering.branches,
    "import_declaration": Lowering.imports,
    "return_statement": Lowering.returned,
    "short_var_declaration": Lowering.assigned,
    "statement_list": Lowering.nested,
    "var_declaration": Lowering.specs,
}
Lowering.expressions = {
    "binary_expression": Lowering.binary,
    "call_expression": Lowering.call,
    "composite_literal": Lowering.composite,
    "field_identifier": Lowering.name,
    "func_literal": Lowering.function,
    "identifier": Lowering.name,
    "index_expression": Lowering.index,
    "interpreted_string_literal": Lowering.string,
    "parenthesized_expression": Lowering.first,
    "raw_string_literal": Lowering.string,
    "selector_expression": Lowering.selector,
    "type_assertion_expression": Lowering.asserted,
    "unary_expression": Lowering.first,
}
