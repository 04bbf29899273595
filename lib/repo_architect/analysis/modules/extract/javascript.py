"""Imports of JavaScript and TypeScript: import, export … from, import(), require, import("…") types."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import inside, statements_only
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = """
(import_statement source: (string (string_fragment) @source)) @import
(export_statement source: (string (string_fragment) @source)) @export
(call_expression function: (import) @function arguments: (arguments . (string (string_fragment) @source)))
(call_expression function: (import) @function
  arguments: (arguments . (template_string . (string_fragment) @source .)))
(call_expression function: (identifier) @require arguments: (arguments . (string (string_fragment) @source))
  (#eq? @require "require"))
"""
TYPESCRIPT = (
    QUERY
    + """
(import_require_clause source: (string (string_fragment) @source)) @import
"""
)
FUNCTIONS = frozenset({
    "function_declaration", "function_expression", "arrow_function", "method_definition",
    "generator_function", "generator_function_declaration",
})  # fmt: skip
TYPES = frozenset(
    {"type_annotation", "type_alias_declaration", "type_query", "interface_body", "type_arguments"}
)
STATEMENTS = frozenset({"statement_block", "expression_statement", "variable_declarator", "program", *TYPES})
SPECIFIERS = frozenset({"import_specifier", "export_specifier"})


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a JavaScript or TypeScript file."""
    return statements_only(file, _imports(file))


def _imports(file: ParsedFile) -> Iterator[Import]:
    query = QUERY if file.language in {"JavaScript", "JSX"} else TYPESCRIPT
    for captures in file.matches(query):
        source = captures["source"][0]
        if "import" in captures:
            yield _statement(file, captures["import"][0], source, "import")
        elif "export" in captures:
            yield _statement(file, captures["export"][0], source, "reexport")
        elif "function" in captures:
            above = inside(source, STATEMENTS)
            kind = "type" if above is not None and above.type in TYPES else "dynamic"
            yield Import(file.line(captures["function"][0]), file.text(source), (), kind)
        else:
            nested = inside(captures["require"][0], FUNCTIONS) is not None
            yield Import(
                file.line(captures["require"][0]), file.text(source), (), "dynamic" if nested else "import"
            )


def _statement(file: ParsedFile, statement: Node, source: Node, kind: str) -> Import:
    names: list[str] = []
    type_names = 0
    for item in _items(statement):
        words = " ".join(file.text(item).split())
        if item.type in SPECIFIERS and words.startswith(("type ", "typeof ")):
            words, type_names = words.partition(" ")[2], type_names + 1
        names.append(f"default as {words}" if item.type == "identifier" else words)
    only_types = _is_type(statement) or (bool(names) and type_names == len(names))
    if kind == "reexport" and not names:
        names.append("*")
    return Import(file.line(statement), file.text(source), tuple(names), "type" if only_types else kind)


def _is_type(statement: Node) -> bool:
    """Whether it is written `import type …` or `export type …`."""
    word = statement.child(1)
    return word is not None and word.type in {"type", "typeof"}


def _items(statement: Node) -> Iterator[Node]:
    """Default name, namespace and specifiers of a statement."""
    for child in statement.named_children:
        if child.type in {"export_clause", "namespace_export"}:
            yield from _specifiers(child)
        elif child.type == "import_clause":
            for part in child.named_children:
                yield from _specifiers(part)


def _specifiers(clause: Node) -> Iterator[Node]:
    if clause.type in {"named_imports", "export_clause"}:
        yield from (child for child in clause.named_children if child.type in SPECIFIERS)
    else:
        yield clause
