"""Parse each source file once and show it to the detectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tree_sitter import Node

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.syntax import grammars


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A source file and its syntax tree. `language` is Linguist's name."""

    path: str
    language: str
    source: bytes
    root: Node

    def text(self, node: Node) -> str:
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    @staticmethod
    def line(node: Node) -> int:
        """The line a node begins on, from 1."""
        return int(node.start_point[0]) + 1


class Detector(Protocol):
    """Something that learns from syntax trees. It keeps small facts, never the tree."""

    languages: frozenset[str]

    def see(self, file: ParsedFile) -> None:
        """Learn from one file."""


def scan(tree: FileTree, detectors: Sequence[Detector]) -> None:
    """Show every own source file to each detector that wants its language, in order of path."""
    wanted = frozenset[str]().union(*(detector.languages for detector in detectors))
    for file in tree.own(tree.files):
        language = tree.verdict(file.path).language
        if language not in wanted or language is None:
            continue
        parser = grammars.parser(language)
        source = tree.bytes(file.path) if parser else None
        if parser is None or source is None:
            continue
        parsed = ParsedFile(file.path, language, source, parser.parse(source).root_node)
        for detector in detectors:
            if language in detector.languages:
                detector.see(parsed)
