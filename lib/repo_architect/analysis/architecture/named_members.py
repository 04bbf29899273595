"""Services that code speaks of by the members of an enumeration of their names."""

from __future__ import annotations

from repo_architect.analysis.architecture.constants import Constants
from repo_architect.analysis.architecture.documents import supports
from repo_architect.analysis.architecture.graph import Graph, Part, normal


def add_named_members(graph: Graph, constants: Constants) -> None:
    """A tie from each part whose code speaks of the name of another, where two members at least name parts."""
    found = {key: part for key, member in constants.members.items() if (part := _called(graph, member.value))}
    for (kind, name), target in found.items():
        if sum(other == kind for other, _ in found) < 2:
            continue
        for line in constants.speakers_of(kind, name):
            source = None if supports(line.path) else graph.owner_of(line.path)
            if source and source is not target:
                proof = [line, constants.members[kind, name].evidence]
                graph.tie(source, target, "http", "HTTP", proof, strength=3)


def _called(graph: Graph, name: str) -> Part | None:
    """The running part that is called so, or whose folder is."""
    here = [
        part
        for part in graph.parts
        if part.own
        and part.runs
        and normal(name) in {normal(part.name), normal((part.path or "").rpartition("/")[2])}
    ]
    return here[0] if len(here) == 1 else None
