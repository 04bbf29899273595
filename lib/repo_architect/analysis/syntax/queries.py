"""Tree-sitter queries: those that are asked of every file of a language are answered in one walk of its tree.

The walk is what costs; a pattern more or less in it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tree_sitter import Node, Query, QueryCursor

from repo_architect.analysis.syntax import grammars

Captures = dict[str, list[Node]]


@dataclass(frozen=True, slots=True)
class Together:
    """Queries as one: `owners` has for each pattern the place of its query among the `texts`."""

    texts: tuple[str, ...]
    query: Query
    owners: tuple[int, ...]

    def matches(self, root: Node) -> dict[str, list[Captures]]:
        """By query, the captures of each match."""
        found: list[list[Captures]] = [[] for _ in self.texts]
        for pattern, captures in QueryCursor(self.query).matches(root):
            found[self.owners[pattern]].append(captures)
        return dict(zip(self.texts, found, strict=True))


@cache
def together(language: str, texts: tuple[str, ...]) -> Together | None:
    """The queries of a language as one, None where there is no grammar."""
    grammar = grammars.language(language)
    if grammar is None:
        return None
    counts = [Query(grammar, text).pattern_count for text in texts]
    owners = tuple(place for place, count in enumerate(counts) for _ in range(count))
    return Together(texts, Query(grammar, "\n".join(texts)), owners)


@dataclass(slots=True)
class Matches:
    """What queries find in one tree. Of those `announced` the first that is asked for has all of them answered."""

    language: str
    root: Node
    announced: tuple[str, ...] = ()
    found: dict[str, list[Captures]] = field(default_factory=dict)

    def of(self, text: str) -> Sequence[Captures]:
        """The captures of each match of a query, none where the language has no grammar."""
        if text not in self.found:
            queries = together(self.language, self.announced if text in self.announced else (text,))
            self.found |= queries.matches(self.root) if queries else {text: []}
        return self.found[text]
