"""PHP: namespaces, `use`, include and require of literal paths, declarations, and the classes named."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import plain, symbols
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = """
(namespace_definition name: (namespace_name) @namespace)
(namespace_use_declaration) @import
[(require_expression) (require_once_expression) (include_expression) (include_once_expression)] @import
(class_declaration name: (name) @define)
(interface_declaration name: (name) @define)
(trait_declaration name: (name) @define)
(enum_declaration name: (name) @define)
(function_definition name: (name) @define)
(named_type (name) @use)
(base_clause (name) @use)
(class_interface_clause (name) @use)
(use_declaration (name) @use)
(object_creation_expression (name) @use)
(scoped_call_expression scope: (name) @use)
(class_constant_access_expression . (name) @use)
(scoped_property_access_expression scope: (name) @use)
(attribute (name) @use)
(binary_expression right: (name) @use)
(function_call_expression function: (name) @use)
(named_type (qualified_name) @qualified)
(base_clause (qualified_name) @qualified)
(object_creation_expression (qualified_name) @qualified)
(scoped_call_expression scope: (qualified_name) @qualified)
(class_constant_access_expression . (qualified_name) @qualified)
"""
FOLDER = {
    "__DIR__": "",
    "dirname(__FILE__)": "",
    "dirname(__DIR__)": "../",
    "dirname(dirname(__FILE__))": "../",
}


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a PHP file, namespaces written with dots."""
    found = symbols(file, QUERY, _statement)
    uses = tuple(use._replace(name=use.name.replace("\\", ".").strip(".")) for use in found.uses)
    return found._replace(namespace=found.namespace.replace("\\", "."), uses=uses)


def _statement(file: ParsedFile, statement: Node) -> Iterator[Import]:
    if statement.type != "namespace_use_declaration":
        yield from _included(file, statement)
        return
    group = next((plain(file, c) + "\\" for c in statement.named_children if c.type == "namespace_name"), "")
    body = statement.child_by_field_name("body") or statement
    for clause in body.named_children:
        if clause.type == "namespace_use_clause" and clause.named_children:
            alias = clause.child_by_field_name("alias")
            name = (group + plain(file, clause.named_children[0])).strip("\\").replace("\\", ".")
            yield Import(
                file.line(clause), name, (f"as {file.text(alias)}",) if alias is not None else (), "import"
            )


def _included(file: ParsedFile, statement: Node) -> Iterator[Import]:
    path = plain(file, statement.named_children[0]).strip("()") if statement.named_children else ""
    before, _, literal = path.rpartition(".") if path[:1] not in {"'", '"'} else ("", "", path)
    head, quote, rest = path.partition("'") if "'" in path else path.partition('"')
    base = FOLDER.get(head.rstrip("."), None if head else "")
    if quote and base is not None and rest.count(quote) == 1 and not (before and "$" in literal):
        yield Import(file.line(statement), "./" + base + rest.strip(quote).lstrip("/"), (), "include")
