"""JavaScript's and TypeScript's syntax trees to the small program."""

from __future__ import annotations

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.javascript.modules import Modules
from repo_architect.analysis.endpoints.lowering.javascript.operations import Operations
from repo_architect.analysis.syntax import ParsedFile


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program."""
    lowering = Lowering(file)
    body = lowering.block(file.root)
    return ir.Program(file.path, "JavaScript", (*body, *lowering.exports), frozenset(lowering.called))


class Lowering(Modules, Operations):
    """A file being lowered."""


Lowering.statements = {
    "abstract_class_declaration": Lowering.class_statement,
    "class_declaration": Lowering.class_statement,
    "enum_declaration": Lowering.enum,
    "export_statement": Lowering.export,
    "expression_statement": Lowering.statement,
    "for_in_statement": Lowering.loop,
    "for_statement": Lowering.loop,
    "function_declaration": Lowering.function_statement,
    "generator_function_declaration": Lowering.function_statement,
    "if_statement": Lowering.branches,
    "import_statement": Lowering.import_,
    "lexical_declaration": Lowering.variables,
    "return_statement": Lowering.return_,
    "statement_block": Lowering.nested,
    "switch_statement": Lowering.branches,
    "try_statement": Lowering.branches,
    "variable_declaration": Lowering.variables,
}
Lowering.expressions = {
    "array": Lowering.array,
    "arrow_function": Lowering.function,
    "as_expression": Lowering.inner,
    "assignment_expression": Lowering.assigned,
    "await_expression": Lowering.inner,
    "binary_expression": Lowering.binary,
    "call_expression": Lowering.call,
    "class": Lowering.class_expression,
    "false": lambda _, __: ir.Literal(False),
    "function_expression": Lowering.function,
    "identifier": Lowering.name,
    "member_expression": Lowering.member,
    "new_expression": Lowering.call,
    "non_null_expression": Lowering.inner,
    "null": lambda _, __: ir.Literal(None),
    "number": Lowering.number,
    "object": Lowering.object,
    "parenthesized_expression": Lowering.inner,
    "regex": Lowering.regex,
    "satisfies_expression": Lowering.inner,
    "spread_element": Lowering.spread,
    "string": Lowering.string,
    "subscript_expression": Lowering.subscript,
    "super": lambda _, __: ir.Name("super"),
    "template_string": Lowering.template,
    "ternary_expression": Lowering.ternary,
    "this": lambda _, __: ir.Name("this"),
    "true": lambda _, __: ir.Literal(True),
    "undefined": lambda _, __: ir.Literal(None),
}
