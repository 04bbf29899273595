"""Literals of Ruby as values of Python; what is only known when the program runs is `UNKNOWN`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tree_sitter import Node

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.syntax import ParsedFile


class Unknown:
    """A value that is not written in the file."""

    def __bool__(self) -> bool:
        return False


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Constant:
    """A class or module by the name that is written, such as `Blog::Engine`."""

    name: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """The text between the bounds of a regular expression."""

    text: str


class Quoted(str):
    """A key of a hash that is written in quotes, not as a symbol."""

    __slots__ = ()


Names = dict[str, Any]
_DEPTH = 20


def value(file: ParsedFile, node: Node | None, names: Names, depth: int = 0) -> Any:
    """The value of an expression: texts and symbols as `str`, lists, hashes by key, constants, patterns."""
    if node is None or depth > _DEPTH or node.type not in _READERS:
        return UNKNOWN
    return _READERS[node.type](file, node, names, depth)


def _word(_: ParsedFile, node: Node, __: Names, ___: int) -> bool | None:
    return {"true": True, "false": False}.get(node.type)


def _symbol(file: ParsedFile, node: Node, _: Names, __: int) -> str:
    return file.text(node).strip(":")


def _name(file: ParsedFile, node: Node, names: Names, _: int) -> Any:
    name = file.text(node)
    return names.get(name, UNKNOWN if node.type == "identifier" else Constant(name.removeprefix("::")))


def _regex(file: ParsedFile, node: Node, _: Names, __: int) -> Pattern:
    return Pattern(file.text(node).removeprefix("%r").strip("/{}"))


def _hash(file: ParsedFile, node: Node, names: Names, depth: int) -> dict[Any, Any]:
    return hash_of(file, node.named_children, names, depth)


def _text(file: ParsedFile, node: Node, names: Names, depth: int) -> str:
    """A text with the values of what stands in `#{}`, and a hole where they are unknown."""
    parts = []
    for child in node.named_children:
        if child.type == "interpolation":
            inner = child.named_children[0] if child.named_children else None
            known = value(file, inner, names, depth + 1)
            hint = file.text(inner) if inner is not None and inner.type == "identifier" else ""
            parts.append(known if isinstance(known, str) else paths.hole(hint))
        elif child.type == "string":
            parts.append(_text(file, child, names, depth + 1))
        else:
            parts.append(file.text(child))
    return "".join(parts) if node.named_children or node.type not in _BARE else file.text(node)


_BARE = ("bare_string", "bare_symbol")


def _list(file: ParsedFile, node: Node, names: Names, depth: int) -> Any:
    inside = [child for child in node.named_children if child.type != "comment"]
    if node.type == "parenthesized_statements":
        return value(file, inside[0], names, depth + 1) if len(inside) == 1 else UNKNOWN
    return [value(file, child, names, depth + 1) for child in inside]


def hash_of(file: ParsedFile, nodes: list[Node], names: Names, depth: int = 0) -> dict[Any, Any]:
    """The pairs of a hash or of an argument list, and those that `**name` adds."""
    found: dict[Any, Any] = {}
    for node in nodes:
        if node.type == "pair":
            written = node.child_by_field_name("key")
            key = value(file, written, names, depth + 1)
            if isinstance(key, str) and written is not None and written.type == "string":
                key = Quoted(key)
            if isinstance(key, str | Constant):
                found[key] = value(file, node.child_by_field_name("value"), names, depth + 1)
        elif node.type == "hash_splat_argument" and node.named_children:
            more = value(file, node.named_children[0], names, depth + 1)
            found.update(more if isinstance(more, dict) else {})
    return found


def _sum(file: ParsedFile, node: Node, names: Names, depth: int) -> Any:
    left, right = (
        value(file, node.child_by_field_name(side), names, depth + 1) for side in ("left", "right")
    )
    sign = node.child_by_field_name("operator")
    operator = sign.type if sign is not None else ""
    if isinstance(left, str) and isinstance(right, str) and operator == "+":
        return left + right
    if isinstance(left, list) and isinstance(right, list) and operator in ("+", "-"):
        return left + right if operator == "+" else [one for one in left if one not in right]
    return UNKNOWN


def _called(file: ParsedFile, node: Node, names: Names, depth: int) -> Any:
    """What a method that only changes the form gives: `.freeze`, `.to_s`."""
    method = node.child_by_field_name("method")
    if method is None or file.text(method) not in ("freeze", "to_s", "to_sym", "dup"):
        return UNKNOWN
    return value(file, node.child_by_field_name("receiver"), names, depth + 1)


_READERS: dict[str, Callable[[ParsedFile, Node, Names, int], Any]] = {
    **dict.fromkeys(("true", "false", "nil"), _word),
    **dict.fromkeys(("simple_symbol", "hash_key_symbol"), _symbol),
    **dict.fromkeys(("string", "delimited_symbol", "bare_string", "bare_symbol", "chained_string"), _text),
    **dict.fromkeys(("array", "string_array", "symbol_array", "parenthesized_statements"), _list),
    **dict.fromkeys(("constant", "scope_resolution", "identifier"), _name),
    "hash": _hash,
    "regex": _regex,
    "binary": _sum,
    "call": _called,
}
