"""What a language's own tool says of a repository's modules, for `benchmarks.modules`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from repo_architect.contracts.modules import ImportEdge, Modules


@dataclass(frozen=True)
class Answer:
    """The tool's edges, and `pair`: what an edge of ours is called there, None for one it does not look at."""

    edges: set[tuple[str, str]]
    pair: Callable[[ImportEdge], tuple[str, str] | None]
    closed: frozenset[str] = frozenset()
    """Files from which the tool's edges lead to everything they reach."""

    def of(self, graph: Modules) -> Iterable[tuple[str, str]]:
        pairs = (self.pair(edge) for edge in graph.imports())
        found = {pair for pair in pairs if pair is not None and pair[0] != pair[1]}
        return (
            {(path, other) for path in self.closed for other in _reached(path, found)}
            if self.closed
            else found
        )


def _reached(path: str, pairs: set[tuple[str, str]]) -> set[str]:
    seen: set[str] = set()
    pending = [path]
    while pending:
        here = pending.pop()
        new = {target for source, target in pairs if source == here} - seen
        seen |= new
        pending.extend(new)
    return seen - {path}
