"""Compiled tree-sitter queries, one for each language and text, and what is read with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from sys import intern

from tree_sitter import Node, Query, QueryCursor

from repo_architect.analysis.modules.facts import FileFacts, Import, Use, line_count
from repo_architect.analysis.syntax import ParsedFile, grammars

METHOD = "."
"""What begins the name of an extension method, so that it is not taken for a type's."""
Statements = Callable[[ParsedFile, Node], Iterable[Import]]


@cache
def compiled(language: str, text: str) -> Query | None:
    """The query for a language's grammar, None where there is no grammar."""
    grammar = grammars.language(language)
    return Query(grammar, text) if grammar else None


def declarations(kinds: Iterable[str], *bodies: str) -> str:
    """Patterns for `X_declaration` of these kinds: `define` where they stand, `inner` in each of the bodies (with `%s` for what they hold)."""
    named = [f"({kind}_declaration name: (identifier) @%s)" for kind in kinds]
    inner = "[\n" + "\n".join(pattern % "inner" for pattern in named) + "\n]"
    return "\n".join(
        [*(pattern % "define" for pattern in named), *(body.replace("%s", inner) for body in bodies)]
    )


def matches(language: str, text: str, root: Node) -> Iterator[dict[str, list[Node]]]:
    """The captures of each match, in the order of the file."""
    query = compiled(language, text)
    if query is not None:
        for _, captures in QueryCursor(query).matches(root):
            yield captures


def inside(node: Node, types: frozenset[str]) -> Node | None:
    """The nearest ancestor of one of these types."""
    above = node.parent
    while above is not None and above.type not in types:
        above = above.parent
    return above


def statements_only(file: ParsedFile, imports: Iterable[Import]) -> FileFacts:
    """Facts of a file whose imports are statements alone."""
    return FileFacts(file.language, line_count(file.source), tuple(sorted(set(imports))))


def symbols(file: ParsedFile, text: str, statements: Statements) -> FileFacts:
    """Facts of a file by a query whose captures are called namespace, import, define, inner, use, qualified, extension and called.

    `inner` are names that hold within the file alone (nested types, type parameters): neither given nor taken.
    """
    query = compiled(file.language, text)
    captures = QueryCursor(query).captures(file.root) if query is not None else {}
    imports = {item for node in captures.get("import", ()) for item in statements(file, node)}
    inner = {node.start_byte: file.text(node) for node in captures.get("inner", ())}
    defined = {intern(file.text(node)) for node in captures.get("define", ()) if node.start_byte not in inner}
    defined |= {intern(METHOD + file.text(node)) for node in captures.get("extension", ())}
    called = {METHOD + file.text(node): file.line(node) for node in reversed(captures.get("called", []))}
    hidden = set(inner.values())
    return FileFacts(
        file.language,
        line_count(file.source),
        tuple(sorted(imports)),
        next((plain(file, node) for node in captures.get("namespace", ())), ""),
        tuple(sorted(defined)),
        tuple(
            use
            for use in _uses(file, captures.get("use", []), captures.get("qualified", []))
            if use.name.partition(".")[0] not in hidden
        )
        + tuple(Use(intern(name), line) for name, line in sorted(called.items())),
    )


def _uses(file: ParsedFile, names: list[Node], qualified: list[Node]) -> Iterator[Use]:
    """First line of each name; the last part of a qualified name is no name of its own."""
    ends = {node.end_byte for node in qualified}
    first: dict[str, int] = {}
    for node in [node for node in names if node.end_byte not in ends] + qualified:
        name, line = intern(plain(file, node)), file.line(node)
        first[name] = min(first.get(name, line), line)
    return (Use(name, line) for name, line in sorted(first.items()))


def plain(file: ParsedFile, node: Node) -> str:
    """A node's text without white space."""
    return "".join(file.text(node).split())
