"""Compiled tree-sitter queries, one for each language and text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tree_sitter import Node, Query, QueryCursor

from repo_architect.analysis.syntax import grammars


@cache
def compiled(language: str, text: str) -> Query | None:
    """The query for a language's grammar, None where there is no grammar."""
    grammar = grammars.language(language)
    return Query(grammar, text) if grammar else None


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
