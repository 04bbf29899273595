"""What is read with tree-sitter queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from sys import intern

from tree_sitter import Node

from repo_architect.analysis.modules.facts import FileFacts, Import, Use, line_count
from repo_architect.analysis.syntax import Captures, ParsedFile, grammars

METHOD = "."
"""What begins the name of an extension method, so that it is not taken for a type's."""
MAX_BYTES = 200_000
VISIBLE = re.compile(rb"[^\n]")
Statements = Callable[[ParsedFile, Node], Iterable[Import]]


def declarations(kinds: Iterable[str], *bodies: str) -> str:
    """Patterns for `X_declaration` of these kinds: `define` where they stand, `inner` in each of the bodies (with `%s` for what they hold)."""
    named = [f"({kind}_declaration name: (identifier) @%s)" for kind in kinds]
    inner = "[\n" + "\n".join(pattern % "inner" for pattern in named) + "\n]"
    return "\n".join(
        [*(pattern % "define" for pattern in named), *(body.replace("%s", inner) for body in bodies)]
    )


def inside(node: Node, types: frozenset[str]) -> Node | None:
    """The nearest ancestor of one of these types."""
    above = node.parent
    while above is not None and above.type not in types:
        above = above.parent
    return above


def reparsed(file: ParsedFile, source: bytes) -> ParsedFile:
    """The file with another text of the same length in its place; itself where that is too long to parse again."""
    parser = grammars.parser(file.language) if len(source) <= MAX_BYTES else None
    return replace(file, source=source, root=parser.parse(source).root_node, found=None) if parser else file


def statements_only(file: ParsedFile, imports: Iterable[Import]) -> FileFacts:
    """Facts of a file whose imports are statements alone."""
    return FileFacts(file.language, line_count(file.source), tuple(sorted(set(imports))))


def symbols(file: ParsedFile, text: str, statements: Statements) -> FileFacts:
    """Facts of a file by a query whose captures are called namespace, import, define, inner, use, qualified, extension and called.

    `inner` are names that hold within the file alone (nested types, type parameters): neither given nor taken.
    """
    captures = _by_name(file.matches(text))
    imports = {item for node in captures["import"] for item in statements(file, node)}
    inner = {node.start_byte: file.text(node) for node in captures["inner"]}
    defined = {intern(file.text(node)) for node in captures["define"] if node.start_byte not in inner}
    defined |= {intern(METHOD + file.text(node)) for node in captures["extension"]}
    called = _first(file, captures["called"])
    hidden = set(inner.values())
    return FileFacts(
        file.language,
        line_count(file.source),
        tuple(sorted(imports)),
        next((plain(file, node) for node in sorted(captures["namespace"], key=_start)), ""),
        tuple(sorted(defined)),
        tuple(
            use
            for use in _uses(file, captures["use"], captures["qualified"])
            if use.name.partition(".")[0] not in hidden
        )
        + tuple(Use(intern(METHOD + name), line) for name, line in sorted(called.items())),
    )


def _by_name(matches: Iterable[Captures]) -> dict[str, list[Node]]:
    """The nodes of all matches, by what they were captured as."""
    found: dict[str, list[Node]] = defaultdict(list)
    for captures in matches:
        for name, nodes in captures.items():
            found[name] += nodes
    return found


def _uses(file: ParsedFile, names: list[Node], qualified: list[Node]) -> Iterator[Use]:
    """First line of each name; the last part of a qualified name is no name of its own."""
    ends = {node.end_byte for node in qualified}
    plainly = _first(file, [node for node in names if node.end_byte not in ends] + qualified)
    return (Use(intern(name), line) for name, line in sorted(plainly.items()))


def _first(file: ParsedFile, nodes: Iterable[Node]) -> dict[str, int]:
    """The first line of each text among the nodes, white space left out."""
    nearest: dict[bytes, Node] = {}
    for node in nodes:
        start = node.start_byte
        known = nearest.setdefault(file.source[start : node.end_byte], node)
        if known.start_byte > start:
            nearest[file.source[start : node.end_byte]] = node
    first: dict[str, int] = {}
    for node in nearest.values():
        name, line = plain(file, node), file.line(node)
        first[name] = min(first.get(name, line), line)
    return first


def _start(node: Node) -> int:
    return int(node.start_byte)


def plain(file: ParsedFile, node: Node) -> str:
    """A node's text without white space."""
    return "".join(file.text(node).split())
