"""What a file offers to others: its public functions and classes, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from repo_architect.analysis.syntax import ParsedFile

_FUNCTIONS = frozenset({
    "function_definition", "function_declaration", "generator_function_declaration", "method_declaration",
    "function_item", "method", "singleton_method", "function_signature", "arrow_function", "function_expression",
})  # fmt: skip
_CLASSES = frozenset({
    "class_definition", "class_declaration", "abstract_class_declaration", "interface_declaration", "enum_declaration",
    "type_alias_declaration", "record_declaration", "struct_declaration", "struct_item", "enum_item", "trait_item",
    "class", "module", "type_spec", "type_alias", "object_declaration", "trait_declaration",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """`line` is of the first exported name."""

    functions: int
    classes: int
    line: int


def exported(file: ParsedFile) -> Exported | None:
    """The public names at a file's top level, None when it has none."""
    lister = PUBLIC.get(file.language)
    found = list(lister(file)) if lister is not None else []
    functions = sum(node.type in _FUNCTIONS for node in found)
    classes = sum(node.type in _CLASSES for node in found)
    return Exported(functions, classes, file.line(found[0])) if functions + classes else None


def _python(file: ParsedFile) -> Iterator[Node]:
    for node in file.root.named_children:
        inner = node.child_by_field_name("definition") if node.type == "decorated_definition" else node
        if inner is not None and inner.type in ("function_definition", "class_definition"):
            name = inner.child_by_field_name("name")
            if name is not None and not file.text(name).startswith("_"):
                yield inner


def _script(file: ParsedFile) -> Iterator[Node]:
    for node in file.root.named_children:
        if node.type == "export_statement":
            declaration = node.child_by_field_name("declaration") or node.child_by_field_name("value")
            if declaration is not None:
                yield from _declared(declaration)


def _declared(node: Node) -> Iterator[Node]:
    """A declaration; of `const f = () => …` its function."""
    if node.type != "lexical_declaration":
        yield node
        return
    for declarator in node.named_children:
        value = declarator.child_by_field_name("value")
        if value is not None and value.type in ("arrow_function", "function_expression", "class"):
            yield value


def _go(file: ParsedFile) -> Iterator[Node]:
    for node in file.root.named_children:
        if node.type in ("function_declaration", "method_declaration"):
            name = node.child_by_field_name("name")
            if name is not None and file.text(name)[:1].isupper():
                yield node
        elif node.type == "type_declaration":
            yield from (spec for spec in node.named_children if _capital(file, spec))


def _capital(file: ParsedFile, spec: Node) -> bool:
    name = spec.child_by_field_name("name")
    return name is not None and file.text(name)[:1].isupper()


def _rust(file: ParsedFile) -> Iterator[Node]:
    for node in file.root.named_children:
        if any(child.type == "visibility_modifier" for child in node.named_children[:2]):
            yield node


def _modified(file: ParsedFile) -> Iterator[Node]:
    """Java, C# and Kotlin: top-level types that say `public` (Kotlin: that do not say otherwise)."""
    private = (b"private", b"internal", b"protected")
    for node in _types(file.root, 0):
        head = file.source[node.start_byte : node.start_byte + 200].split(b"{")[0]
        if (
            file.language == "Kotlin" and not any(word in head.split() for word in private)
        ) or b"public" in head.split():
            yield node


def _types(node: Node, depth: int) -> Iterator[Node]:
    for child in node.named_children:
        if child.type in _CLASSES or child.type in _FUNCTIONS:
            yield child
        elif depth < 3 and child.type in (
            "namespace_declaration",
            "declaration_list",
            "file_scoped_namespace_declaration",
        ):
            yield from _types(child, depth + 1)


def _plain(file: ParsedFile) -> Iterator[Node]:
    yield from _types(file.root, 0)


PUBLIC: dict[str, Callable[[ParsedFile], Iterator[Node]]] = {
    "C#": _modified,
    "Go": _go,
    "Java": _modified,
    "JavaScript": _script,
    "JSX": _script,
    "Kotlin": _modified,
    "PHP": _plain,
    "Python": _python,
    "Ruby": _plain,
    "Rust": _rust,
    "TSX": _script,
    "TypeScript": _script,
}
