"""C#: namespaces, using directives, type declarations, and the types named."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import METHOD, declarations, plain, symbols
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

_KINDS = ("class", "interface", "struct", "record", "enum", "delegate")
_BODIES = [
    f"({owner}_declaration body: (declaration_list %s))"
    for owner in ("class", "struct", "record", "interface")
]
QUERY = (
    """
(namespace_declaration name: (_) @namespace)
(file_scoped_namespace_declaration name: (_) @namespace)
(using_directive) @import
"""
    + declarations(_KINDS, *_BODIES)
    + """
(type_parameter name: (identifier) @inner)
(method_declaration name: (identifier) @extension
  parameters: (parameter_list . (parameter (modifier) @this (#eq? @this "this"))))
(invocation_expression function: (member_access_expression name: [
 (identifier) @called
 (generic_name . (identifier) @called)
]))
(_ type: (identifier) @use)
(_ returns: (identifier) @use)
(generic_name . (identifier) @use)
(base_list (identifier) @use)
(type_argument_list (identifier) @use)
(nullable_type (identifier) @use)
(array_type (identifier) @use)
(attribute name: (identifier) @use)
(member_access_expression expression: (identifier) @use)
(_ type: (qualified_name) @qualified)
(base_list (qualified_name) @qualified)
"""
)


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a C# file. Extension methods, and what is called as one may be, have names like `.Add`."""
    found = symbols(file, QUERY, _statement)
    return found._replace(
        uses=tuple(use for use in found.uses if use.name[:1].isupper() or use.name[:1] == METHOD)
    )


def _statement(file: ParsedFile, directive: Node) -> Iterator[Import]:
    parts = [child for child in directive.named_children if child.type in {"identifier", "qualified_name"}]
    if not parts:
        return
    words = {child.type for child in directive.children}
    alias = directive.child_by_field_name("name")
    if alias is not None:
        names: tuple[str, ...] = (f"as {file.text(alias)}",)
    elif "static" in words:
        names = ()
    else:
        names = ("* global",) if "global" in words else ("*",)
    yield Import(file.line(directive), plain(file, parts[-1]), names, "import")
