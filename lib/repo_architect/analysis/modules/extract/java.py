"""Java: package, imports, type declarations, and the types named."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import plain, symbols
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = """
(package_declaration [(scoped_identifier) (identifier)] @namespace)
(import_declaration) @import
(class_declaration name: (identifier) @define)
(interface_declaration name: (identifier) @define)
(enum_declaration name: (identifier) @define)
(record_declaration name: (identifier) @define)
(annotation_type_declaration name: (identifier) @define)
(type_identifier) @use
(scoped_type_identifier) @qualified
(method_invocation object: (identifier) @use)
(method_reference . (identifier) @use)
(field_access object: (identifier) @use)
(marker_annotation name: (identifier) @use)
(annotation name: (identifier) @use)
"""


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a Java file; what starts with a small letter is no type."""
    found = symbols(file, QUERY, _statement)
    uses = tuple(use for use in found.uses if use.name[:1].isupper() or "." in use.name)
    return found._replace(uses=uses)


def _statement(file: ParsedFile, statement: Node) -> Iterator[Import]:
    name = next((child for child in statement.named_children if child.type.endswith("identifier")), None)
    if name is not None:
        wildcard = any(child.type == "asterisk" for child in statement.named_children)
        yield Import(file.line(statement), plain(file, name), ("*",) if wildcard else (), "import")
