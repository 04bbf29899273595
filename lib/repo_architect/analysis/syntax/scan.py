"""Parse each source file once and show it to the detectors."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tree_sitter import Node, Parser

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.limits import Limits
from repo_architect.analysis.syntax import grammars
from repo_architect.analysis.syntax.embedded import HOSTS, script_of
from repo_architect.analysis.syntax.queries import Captures, Matches

STRICT_VARIABLE = "REPO_ARCHITECT_STRICT"
"""Where this is set in the environment a detector that fails is an error, not a note."""
STEPS_A_SECOND = 60_000
"""How often the parser reports in a second. Its steps are bounded, not its time, so that each run gives the same."""
PATIENT_BYTES = 50_000
LONG_LINES = 500
"""A file whose lines are longer on average was not written by hand, whatever its language."""


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A source file and its syntax tree. `language` is Linguist's name.

    For the scripts of a component `host` is the component's language (Vue, Svelte, Astro), `language` that of the
    scripts, and `source` the component with all else blanked.
    """

    path: str
    language: str
    source: bytes
    root: Node
    host: str | None = None
    found: Matches | None = None

    def matches(self, query: str) -> Sequence[Captures]:
        """The captures of each match of a tree-sitter query; those that detectors announce are answered together."""
        return (self.found or Matches(self.language, self.root)).of(query)

    def text(self, node: Node) -> str:
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    @staticmethod
    def line(node: Node) -> int:
        """The line a node begins on, from 1."""
        return int(node.start_point[0]) + 1


class Detector(Protocol):
    """Something that learns from syntax trees. It keeps small facts, never the tree.

    One with an attribute `embedded` that is true is shown the scripts of Vue, Svelte and Astro components as well.
    One with an attribute `queries` announces those that it asks of every file of a language.
    """

    languages: frozenset[str]

    def see(self, file: ParsedFile) -> None:
        """Learn from one file."""


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, in the order of the text, whatever the depth."""
    pending = [node]
    while pending:
        here = pending.pop()
        yield here
        pending.extend(reversed(here.children))


def scan(tree: FileTree, detectors: Sequence[Detector]) -> None:
    """Show every own source file to each detector that wants its language, in order of path.

    A file that is too large, was not written by hand, or takes too long is noted and not shown. A detector that
    fails on a file is noted and goes on with the next, unless REPO_ARCHITECT_STRICT is set.
    """
    wanted = frozenset[str]().union(*(detector.languages for detector in detectors))
    hosts = HOSTS if any(getattr(detector, "embedded", False) for detector in detectors) else frozenset[str]()
    for file in tree.own(tree.files):
        language = tree.verdict(file.path).language
        if language in wanted or language in hosts:
            parsed = _parsed(tree, file, language or "", detectors)
            if parsed:
                _show(tree, parsed, detectors)


def _parsed(
    tree: FileTree, file: SourceFile, language: str, detectors: Sequence[Detector]
) -> ParsedFile | None:
    source = tree.bytes(file.path)
    if source is None:
        return None
    host = None
    if language in HOSTS:
        script = script_of(language, source)
        if script is None:
            return None
        host, (language, source) = language, script
    elif len(source) > LONG_LINES * (source.count(b"\n") + 1):
        tree.notes.skip(
            "minified", f"lines of more than {LONG_LINES} bytes on average, not parsed", file.path
        )
        return None
    parser = grammars.parser(language)
    root = _parse(parser, source, tree.limits) if parser else None
    if root is None and parser:
        tree.notes.skip(
            "timed_out", f"took more than {tree.limits.max_parse_seconds:g} seconds to parse", file.path
        )
    if root is None:
        return None
    found = Matches(language, root, _announced(language, detectors))
    return ParsedFile(file.path, language, source, root, host, found)


def _announced(language: str, detectors: Sequence[Detector]) -> tuple[str, ...]:
    queries: list[Mapping[str, tuple[str, ...]]] = [
        getattr(detector, "queries", {}) for detector in detectors
    ]
    return tuple(query for by_language in queries for query in by_language.get(language, ()))


def _parse(parser: Parser, source: bytes, limits: Limits) -> Node | None:
    """The root of the syntax tree, None when the parser takes more steps than its time allows."""
    if len(source) < PATIENT_BYTES:
        return parser.parse(source).root_node
    left = int(limits.max_parse_seconds * STEPS_A_SECOND)

    def out_of_patience(_offset: int, _has_error: bool) -> bool:
        nonlocal left
        left -= 1
        return left < 0

    try:
        parsed = parser.parse(lambda at, _point: source[at : at + 65536], progress_callback=out_of_patience)
    except ValueError:
        parser.reset()
        return None
    return parsed.root_node


def _show(tree: FileTree, file: ParsedFile, detectors: Sequence[Detector]) -> None:
    for detector in detectors:
        if file.language not in detector.languages or (
            file.host and not getattr(detector, "embedded", False)
        ):
            continue
        try:
            detector.see(file)
        except RecursionError:
            tree.notes.skip("too_deep", f"nested too deep for {type(detector).__name__}", file.path)
        except Exception as error:
            if os.environ.get(STRICT_VARIABLE):
                raise
            tree.notes.skip(
                "detector_failed", f"{type(detector).__name__}: {type(error).__name__}", file.path
            )
