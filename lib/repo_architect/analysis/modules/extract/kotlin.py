"""Kotlin: package, imports, top-level declarations, and the names used.

Classes, objects and properties go by their names; functions as `name()`, extensions as `.name()` and `.name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import METHOD, plain, symbols
from repo_architect.analysis.modules.facts import FileFacts, Import, Use
from repo_architect.analysis.syntax import ParsedFile

QUERY = """
(package_header [(qualified_identifier) (identifier)] @namespace)
(import) @import
(identifier) @name
"""
CALL = "()"
JVM_NAME = re.compile(rb'@file:(?:\[[^\]]*)?JvmName\("(\w+)"\)')
MARGIN = re.compile(rb"^(?:(?!private)[a-z]+ )*(?:class|interface|object) (\w+)", re.MULTILINE)
DECLARED = {
    "function_declaration": CALL, "class_declaration": "", "object_declaration": "", "type_alias": "",
    "variable_declaration": "", "parameter": "", "class_parameter": "", "type_parameter": "", "catch_block": "",
}  # fmt: skip
"""What holds the name of a declaration, and how that name is marked."""
SILENT = frozenset(
    {"import", "package_header", "qualified_identifier", "enum_entry", "label", "infix_expression"}
)


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a Kotlin file. What a file declares for itself alone hides what others give under that name."""
    found = symbols(file, QUERY, _statement)
    defined: set[str] = set()
    hidden: set[str] = set()
    uses: dict[str, int] = {}
    for node in (node for captures in file.matches(QUERY) for node in captures.get("name", ())):
        parent = node.parent
        if parent is None or parent.type in SILENT:
            continue
        name = file.text(node)
        if parent.type in DECLARED and _is_name(node, parent):
            _declare(name, parent, defined, hidden)
            continue
        for use in _used(file, node, parent):
            line = file.line(node)
            uses[use] = min(uses.get(use, line), line)
    defined |= _recovered(file)
    return found._replace(
        defines=tuple(sorted(defined | _facade(file, defined))),
        uses=tuple(Use(name, line) for name, line in sorted(uses.items()) if name not in hidden),
    )


def _is_name(node: Node, parent: Node) -> bool:
    """Whether an identifier is the name of the declaration that holds it, not a value given to it."""
    if parent.type == "type_alias":
        return parent.child_by_field_name("type") == node
    return next((child for child in parent.children if child.type == "identifier"), None) == node


def _declare(name: str, parent: Node, defined: set[str], hidden: set[str]) -> None:
    owner = parent.parent if parent.type == "variable_declaration" else parent
    marked = name + DECLARED[parent.type]
    top = owner is not None and owner.parent is not None and owner.parent.type == "source_file"
    if owner is None or not top:
        hidden |= {marked, name + CALL}
    elif _extends(owner, parent):
        defined |= set() if _private(owner) else {METHOD + marked}
    else:
        (hidden if _private(owner) else defined).add(marked)


def _extends(owner: Node, parent: Node) -> bool:
    """Whether a function or property has a receiver: a type before its name."""
    if owner.type not in {"function_declaration", "property_declaration"}:
        return False
    for child in owner.children:
        if child == parent or child.type == "identifier":
            return False
        if child.type == ".":
            return True
    return False


def _private(owner: Node) -> bool:
    return any(
        b"private" in (child.text or b"").split() for child in owner.children if child.type == "modifiers"
    )


def _used(file: ParsedFile, node: Node, parent: Node) -> Iterator[str]:
    name = file.text(node)
    first = parent.named_children[0] == node
    if parent.type == "call_expression" and first:
        yield from (name, name + CALL) if name[:1].isupper() else (name + CALL, METHOD + name + CALL)
    elif parent.type == "navigation_expression" and not first:
        above = parent.parent
        called = above is not None and above.type == "call_expression" and above.named_children[0] == parent
        yield METHOD + name + (CALL if called else "")
    elif parent.type == "user_type":
        if first:
            yield ".".join(file.text(part) for part in parent.named_children if part.type == "identifier")
    elif parent.type == "callable_reference":
        yield from (name, name + CALL)
    elif not (parent.type == "value_argument" and node.next_sibling is not None):
        yield name


def _recovered(file: ParsedFile) -> set[str]:
    """Types at the margin of what the grammar could not read."""
    broken = (child for child in file.root.children if child.type == "ERROR")
    return {name.decode() for part in broken for name in MARGIN.findall(part.text or b"")}


def _facade(file: ParsedFile, defined: set[str]) -> set[str]:
    """The class by which Java calls a file's functions and properties."""
    if not any(name.startswith(METHOD) or name.endswith(CALL) or name[:1].islower() for name in defined):
        return set()
    given = JVM_NAME.search(file.source)
    stem = PurePosixPath(file.path).stem
    return {given[1].decode() if given else f"{stem[:1].upper()}{stem[1:]}Kt"}


def _statement(file: ParsedFile, statement: Node) -> Iterator[Import]:
    parts = [
        child for child in statement.named_children if child.type in {"qualified_identifier", "identifier"}
    ]
    if parts:
        wildcard = statement.children[-1].type == "*"
        alias = (f"as {file.text(parts[1])}",) if len(parts) > 1 else ()
        yield Import(file.line(statement), plain(file, parts[0]), ("*",) if wildcard else alias, "import")
