"""Go: the package clause, imports, top-level declarations, and the names used of each."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import symbols
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = """
(package_clause (package_identifier) @namespace)
(import_spec) @import
(source_file (function_declaration name: (identifier) @define))
(source_file (type_declaration (type_spec name: (type_identifier) @define)))
(source_file (type_declaration (type_alias name: (type_identifier) @define)))
(source_file (const_declaration (const_spec name: (identifier) @define)))
(source_file (var_declaration (var_spec name: (identifier) @define)))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @define))))
(call_expression function: (identifier) @use)
(type_identifier) @use
(qualified_type) @qualified
(selector_expression operand: (identifier)) @qualified
"""


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a Go file. Of qualified names only those of imported packages stay."""
    found = symbols(file, QUERY, _statement)
    aliases = {local for item in found.imports for local in locals_of(item)}
    uses = tuple(use for use in found.uses if "." not in use.name or use.name.partition(".")[0] in aliases)
    return found._replace(uses=uses)


def locals_of(item: Import) -> tuple[str, ...]:
    """Names by which a file can speak of an imported package; its own name may differ from its folder's."""
    if item.names:
        return (item.names[0].rpartition(" as ")[2],)
    parts = item.specifier.split("/")
    last = parts[-2] if len(parts) > 1 and parts[-1][:1] == "v" and parts[-1][1:].isdigit() else parts[-1]
    bare = last.partition(".")[0]
    return (
        last,
        bare,
        bare.replace("-", "_"),
        bare.replace("-", ""),
        bare.rpartition("-")[2],
        bare.partition("-")[0],
    )


def _statement(file: ParsedFile, spec: Node) -> Iterator[Import]:
    path, name = spec.child_by_field_name("path"), spec.child_by_field_name("name")
    if path is not None:
        names = (f"* as {file.text(name)}",) if name is not None else ()
        yield Import(file.line(spec), file.text(path).strip('"`'), names, "import")
