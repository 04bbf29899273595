"""Queries that detectors announce are answered in one walk of the tree, each with its own matches."""

from __future__ import annotations

import pytest
from tree_sitter import QueryCursor

from repo_architect.analysis.syntax import ParsedFile, grammars
from repo_architect.analysis.syntax import queries as module
from repo_architect.analysis.syntax.queries import Matches, together

CALLS = "(call function: (identifier) @name)"
NAMES = '(function_definition name: (identifier) @name)\n(class_definition name: (identifier) @name) ; "(" in a comment'
PRINTS = '(call function: (identifier) @name (#eq? @name "print"))'
SOURCE = b"class A:\n    def run(self): print(len(self))\n"


def parsed(*announced: str) -> ParsedFile:
    parser = grammars.parser("Python")
    assert parser is not None
    root = parser.parse(SOURCE).root_node
    return ParsedFile("a.py", "Python", SOURCE, root, None, Matches("Python", root, announced))


def names(file: ParsedFile, query: str) -> list[str]:
    return sorted(file.text(node) for captures in file.matches(query) for node in captures["name"])


@pytest.mark.parametrize("announced", [(), (CALLS,), (CALLS, NAMES, PRINTS), (PRINTS, NAMES, CALLS)])
def test_a_query_finds_the_same_alone_and_together_with_others(announced):
    file = parsed(*announced)

    assert names(file, CALLS) == ["len", "print"]
    assert names(file, NAMES) == ["A", "run"]
    assert names(file, PRINTS) == ["print"]


def test_announced_queries_walk_the_tree_once(monkeypatch):
    walks = []

    def counted(query):
        walks.append(query)
        return QueryCursor(query)

    monkeypatch.setattr(module, "QueryCursor", counted)
    file = parsed(CALLS, NAMES)
    for query in (CALLS, NAMES, CALLS):
        file.matches(query)

    assert len(walks) == 1


def test_a_language_without_grammar_has_no_matches():
    assert together("Brainfuck", (CALLS,)) is None
    assert Matches("Brainfuck", parsed().root).of(CALLS) == []
