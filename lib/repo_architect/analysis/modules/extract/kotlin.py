"""Kotlin: package, imports, top-level declarations, and the names used."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import plain, symbols
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = """
(package_header (qualified_identifier) @namespace)
(import) @import
(source_file (class_declaration name: (identifier) @define))
(source_file (object_declaration name: (identifier) @define))
(source_file (function_declaration name: (identifier) @define))
(source_file (type_alias type: (identifier) @define))
(source_file (property_declaration (variable_declaration (identifier) @define)))
(user_type . (identifier) @use)
(call_expression . (identifier) @use)
(navigation_expression . (identifier) @use)
"""


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a Kotlin file."""
    return symbols(file, QUERY, _statement)


def _statement(file: ParsedFile, statement: Node) -> Iterator[Import]:
    parts = [
        child for child in statement.named_children if child.type in {"qualified_identifier", "identifier"}
    ]
    if parts:
        wildcard = statement.children[-1].type == "*"
        alias = (f"as {file.text(parts[1])}",) if len(parts) > 1 else ()
        yield Import(file.line(statement), plain(file, parts[0]), ("*",) if wildcard else alias, "import")
