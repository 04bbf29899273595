"""Rust's syntax tree to the small program: paths are attributes, route attributes decorators, a last value a return."""

from __future__ import annotations

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering.rust.expressions import Expressions
from repo_architect.analysis.endpoints.lowering.rust.macros import Macros
from repo_architect.analysis.endpoints.lowering.rust.statements import Statements
from repo_architect.analysis.syntax import ParsedFile


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program."""
    lowering = Lowering(file)
    body = lowering.block(file.root)
    return ir.Program(file.path, "Rust", body, frozenset(lowering.called))


class Lowering(Statements, Macros, Expressions):
    """A file being lowered."""


Lowering.expressions = {
    "array_expression": Lowering.sequence,
    "async_block": Lowering.block_value,
    "await_expression": Lowering.first,
    "block": Lowering.block_value,
    "call_expression": Lowering.call,
    "closure_expression": Lowering.closure,
    "crate": Lowering.name,
    "field_expression": Lowering.field,
    "generic_function": Lowering.generic,
    "identifier": Lowering.name,
    "if_expression": Lowering.either,
    "macro_invocation": Lowering.macro,
    "parenthesized_expression": Lowering.first,
    "raw_string_literal": Lowering.string,
    "reference_expression": Lowering.inner,
    "scoped_identifier": Lowering.scoped,
    "self": Lowering.name,
    "string_literal": Lowering.string,
    "super": Lowering.name,
    "tuple_expression": Lowering.sequence,
    "try_expression": Lowering.first,
    "type_identifier": Lowering.name,
}
