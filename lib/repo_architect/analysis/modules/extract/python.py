"""Imports of Python files: `import`, `from … import`, `importlib.import_module("…")`, `__import__("…")`."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import inside, statements_only
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = """
(import_statement) @import
(import_from_statement) @from
(call function: (identifier) @function arguments: (argument_list . (string . (string_start) . (string_content) @literal . (string_end)))
  (#any-of? @function "__import__" "import_module"))
(call function: (attribute object: (identifier) @object attribute: (identifier) @function)
  arguments: (argument_list . (string . (string_start) . (string_content) @literal . (string_end)))
  (#eq? @object "importlib") (#eq? @function "import_module"))
"""
FUNCTIONS = frozenset({"function_definition", "lambda"})
CONDITIONS = frozenset({"if_statement", "function_definition", "lambda"})


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a Python file. Relative specifiers keep their leading dots."""
    return statements_only(file, _imports(file))


def _imports(file: ParsedFile) -> Iterator[Import]:
    package = file.path.endswith(("/__init__.py", "/__init__.pyi")) or file.path == "__init__.py"
    for captures in file.matches(QUERY):
        if "literal" in captures:
            node = captures["literal"][0]
            yield Import(file.line(node), file.text(node), (), "dynamic")
        elif "from" in captures:
            yield _from(file, captures["from"][0], package)
        else:
            yield from _plain(file, captures["import"][0])


def _plain(file: ParsedFile, statement: Node) -> Iterator[Import]:
    kind = _kind(file, statement, "import")
    for child in statement.named_children:
        name = child.child_by_field_name("name") if child.type == "aliased_import" else child
        if name is not None and name.type == "dotted_name":
            yield Import(file.line(child), _dotted(file, name), (), kind)


def _from(file: ParsedFile, statement: Node, package: bool) -> Import:
    module = statement.child_by_field_name("module_name")
    specifier = _dotted(file, module) if module is not None else ""
    names = tuple(
        " as ".join(filter(None, (_part(file, child, "name"), _part(file, child, "alias"))))
        if child.type == "aliased_import"
        else file.text(child)
        for child in statement.children_by_field_name("name")
    )
    kind = _kind(file, statement, "reexport" if package and specifier.startswith(".") else "import")
    return Import(file.line(statement), specifier, names or ("*",), kind)


def _part(file: ParsedFile, node: Node, field: str) -> str:
    child = node.child_by_field_name(field)
    return file.text(child) if child is not None else ""


def _dotted(file: ParsedFile, node: Node) -> str:
    return "".join(file.text(node).split())


def _kind(file: ParsedFile, statement: Node, otherwise: str) -> str:
    if statement.start_point[1] == 0:
        return otherwise
    block = inside(statement, CONDITIONS)
    while block is not None and block.type == "if_statement":
        if _type_checking(file, block, statement):
            return "type"
        block = inside(block, CONDITIONS)
    return "dynamic" if block is not None else otherwise


def _type_checking(file: ParsedFile, block: Node, statement: Node) -> bool:
    condition, consequence = block.child_by_field_name("condition"), block.child_by_field_name("consequence")
    if condition is None or consequence is None or not file.text(condition).endswith("TYPE_CHECKING"):
        return False
    positive = not file.text(condition).startswith("not ")
    within = consequence.start_byte <= statement.start_byte < consequence.end_byte
    return positive and within
