"""Classes of pydantic's settings, whose fields are environment variables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from repo_architect.analysis.surface.reads import Read
from repo_architect.analysis.syntax import ParsedFile

_PREFIX = re.compile(rb"env_prefix\s*[=:]\s*[\"'](\w*)[\"']|[\"']env_prefix[\"']\s*:\s*[\"'](\w*)[\"']")
_ALIAS = re.compile(rb"\b(?:validation_alias|alias|env)\s*=\s*(?:AliasChoices\()?\[?\s*[\"'](\w+)[\"']")
_LITERAL = re.compile(rb"^(?:\"([^\"\n]*)\"|'([^'\n]*)'|(-?\d[\w.]*|True|False))$")
_FIELD = re.compile(
    rb"^Field\(\s*(\.\.\.|\"[^\"\n]*\"|'[^'\n]*'|-?\d[\w.]*|True|False|None)?|default(?:_factory)?\s*="
)
_BASES = frozenset({"BaseSettings"})


@dataclass(frozen=True, slots=True)
class SettingsClass:
    """A class that may be of settings: its bases by name, its prefix (None: not said) and its fields."""

    path: str
    name: str
    bases: tuple[str, ...]
    prefix: str | None
    fields: tuple[Read, ...]
    aliased: frozenset[str]


def settings_classes(file: ParsedFile) -> Iterator[SettingsClass]:
    """The classes with bases of a Python file that speaks of settings."""
    if b"Settings" not in file.source:
        return
    for node in file.root.named_children:
        inner = node.child_by_field_name("definition") if node.type == "decorated_definition" else node
        if inner is not None and inner.type == "class_definition":
            found = _class(file, inner)
            if found is not None:
                yield found


def _class(file: ParsedFile, node: Node) -> SettingsClass | None:
    supers, body = node.child_by_field_name("superclasses"), node.child_by_field_name("body")
    bases = tuple(file.text(child).rpartition(".")[2] for child in (supers.named_children if supers else ()))
    if body is None or not bases:
        return None
    prefix = _PREFIX.search(file.source, body.start_byte, body.end_byte)
    fields: list[Read] = []
    aliased: set[str] = set()
    for statement in body.named_children:
        field = _field(file, statement)
        if field is not None:
            read, alias = field
            fields.append(read)
            aliased.update({read.name} if alias else ())
    return SettingsClass(
        file.path,
        file.text(node.child_by_field_name("name") or node),
        bases,
        (prefix.group(1) or prefix.group(2) or b"").decode() if prefix else None,
        tuple(fields),
        frozenset(aliased),
    )


def _field(file: ParsedFile, statement: Node) -> tuple[Read, bool] | None:
    """A field `NAME: type = default`, and whether it is read under an alias."""
    node = (
        statement.named_children[0]
        if statement.type == "expression_statement" and statement.named_children
        else None
    )
    if node is None or node.type != "assignment" or node.child_by_field_name("type") is None:
        return None
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    name = file.text(left) if left is not None else ""
    if (
        not name.isidentifier()
        or name.startswith("_")
        or name == "model_config"
        or b"ClassVar" in file.source[node.start_byte : node.end_byte]
    ):
        return None
    value = file.source[right.start_byte : right.end_byte] if right is not None else b""
    alias = _ALIAS.search(value)
    line = file.line(node)
    if alias is not None:
        return Read(alias.group(1).decode(), line, _default(value), _is_required(value)), True
    return Read(name, line, _default(value), _is_required(value)), False


def _default(value: bytes) -> str | None:
    literal = _LITERAL.match(value)
    if literal is None:
        field = _FIELD.match(value)
        literal = _LITERAL.match(field.group(1)) if field and field.group(1) else None
    text = next((group for group in literal.groups() if group is not None), None) if literal else None
    return text.decode("utf-8", "replace") if text is not None else None


def _is_required(value: bytes) -> bool:
    if not value:
        return True
    if not value.startswith(b"Field("):
        return value == b"..."
    field = _FIELD.match(value)
    return (field is None or field.group(1) in (None, b"...")) and b"default" not in value


def environment_reads(classes: Iterable[SettingsClass]) -> Iterator[tuple[str, Read]]:
    """(path, read) of every field of a class that is settings by its bases, under the name of its variable."""
    known = {found.name: found for found in sorted(classes, key=lambda found: (found.path, found.name))}
    for found in known.values():
        if _is_settings(found, known, 0):
            prefix = _prefix(found, known, 0)
            for field in found.fields:
                name = field.name if field.name in found.aliased else f"{prefix}{field.name}".upper()
                yield found.path, Read(name, field.line, field.default, field.required)


def _is_settings(found: SettingsClass, known: dict[str, SettingsClass], depth: int) -> bool:
    if _BASES.intersection(found.bases):
        return True
    parents = (known[base] for base in found.bases if base in known)
    return depth < 20 and any(
        _is_settings(parent, known, depth + 1) for parent in parents if parent is not found
    )


def _prefix(found: SettingsClass, known: dict[str, SettingsClass], depth: int) -> str:
    if found.prefix is not None or depth > 20:
        return found.prefix or ""
    return next((_prefix(known[base], known, depth + 1) for base in found.bases if base in known), "")
