"""Python's syntax tree to the small program."""

from __future__ import annotations

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.python.definitions import Definitions
from repo_architect.analysis.endpoints.lowering.python.literals import Literals
from repo_architect.analysis.endpoints.lowering.python.statements import Statements
from repo_architect.analysis.syntax import ParsedFile


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program."""
    lowering = Lowering(file)
    body = lowering.block(file.root)
    return ir.Program(file.path, file.language, body, frozenset(lowering.called))


class Lowering(Definitions, Literals, Statements):
    """A file being lowered."""


Lowering.statements = {
    "class_definition": Lowering.class_,
    "decorated_definition": Lowering.decorated,
    "expression_statement": Lowering.expression_statement,
    "for_statement": Lowering.for_statement,
    "function_definition": Lowering.function,
    "if_statement": Lowering.branches,
    "import_from_statement": Lowering.import_from,
    "import_statement": Lowering.import_,
    "return_statement": Lowering.return_statement,
    "try_statement": Lowering.branches,
    "while_statement": Lowering.branches,
    "with_statement": Lowering.with_statement,
}
Lowering.expressions = {
    "attribute": Lowering.attribute,
    "await": Lowering.inner,
    "binary_operator": Lowering.binary,
    "boolean_operator": Lowering.either,
    "call": Lowering.call,
    "concatenated_string": Lowering.join,
    "conditional_expression": Lowering.either,
    "dictionary": Lowering.dictionary,
    "expression_list": Lowering.sequence,
    "false": lambda _, __: ir.Literal(False),
    "generator_expression": Lowering.comprehension,
    "identifier": Lowering.name,
    "integer": Lowering.integer,
    "lambda": Lowering.lambda_,
    "list": Lowering.sequence,
    "list_comprehension": Lowering.comprehension,
    "list_splat": Lowering.star,
    "none": lambda _, __: ir.Literal(None),
    "parenthesized_expression": Lowering.inner,
    "set": Lowering.sequence,
    "string": Lowering.string,
    "subscript": Lowering.subscript,
    "true": lambda _, __: ir.Literal(True),
    "tuple": Lowering.sequence,
    "type": Lowering.inner,
}
