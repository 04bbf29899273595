"""Java: package, imports, type declarations, and the types named."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import declarations, plain, symbols
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

_BODIES = (
    "(_ body: [(class_body %s) (interface_body %s) (annotation_type_body %s)])",
    "(enum_body_declarations %s)",
)
QUERY = (
    """
(package_declaration [(scoped_identifier) (identifier)] @namespace)
(import_declaration) @import
(annotation_type_declaration name: (identifier) @define)
"""
    + declarations(("class", "interface", "enum", "record"), *_BODIES)
    + """
(type_parameter (type_identifier) @inner)
(type_identifier) @use
(scoped_type_identifier) @qualified
(method_invocation object: (identifier) @use)
(method_reference . (identifier) @use)
(field_access object: (identifier) @use)
((field_access) @qualified (#match? @qualified "^[a-z][a-z0-9_]*([.][a-z][A-Za-z0-9_]*)*[.][A-Z][A-Za-z0-9_]*$"))
(marker_annotation name: (identifier) @use)
(annotation name: (identifier) @use)
"""
)


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a Java file. What starts with a small letter is no type.

    An import of a type that only comments name is left out: the compiler drops it too.
    """
    found = symbols(file, QUERY, _statement)
    uses = tuple(use for use in found.uses if use.name[:1].isupper() or "." in use.name)
    named = {use.name.partition(".")[0] for use in uses}
    imports = tuple(item for item in found.imports if item.names or _last(item) in named)
    return found._replace(uses=uses, imports=imports)


def _last(item: Import) -> str:
    return item.specifier.rpartition(".")[2]


def _statement(file: ParsedFile, statement: Node) -> Iterator[Import]:
    name = next((child for child in statement.named_children if child.type.endswith("identifier")), None)
    if name is not None:
        wildcard = any(child.type == "asterisk" for child in statement.named_children)
        static = any(child.type == "static" for child in statement.children)
        names = ("*",) if wildcard else ("static",) if static else ()
        yield Import(file.line(statement), plain(file, name), names, "import")
