"""The services view: what runs and what it talks to."""

from __future__ import annotations

from collections import defaultdict

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import ArchitectureEdge, ArchitectureNode
from repo_architect.diagram.sketch import Arrow, Box, Sketch

RUNNING = frozenset({"service", "web", "worker", "gateway"})
# when there is no room for all, these go last
_RANK = {"service": 0, "web": 0, "worker": 0, "gateway": 0, "database": 1, "broker": 1, "queue": 1, "cache": 1, "user": 1,
         "config": 2, "registry": 2, "storage": 2, "external": 3, "monitoring": 4, "library": 5}  # fmt: skip


def has_services(shape: RepoShape) -> bool:
    """Whether the services view says something: two things that run, or one and what it talks to."""
    running = sum(node.kind in RUNNING for node in shape.architecture.nodes)
    return running > 1 or (running == 1 and bool(shape.architecture.edges))


def sketch_services(shape: RepoShape, most: int) -> Sketch:
    """A box for each node, at most `most`: the rest is noted, the arrows to it too."""
    degree: dict[str, int] = defaultdict(int)
    for edge in shape.architecture.edges:
        degree[edge.source] += 1
        degree[edge.target] += 1
    ranked = sorted(
        shape.architecture.nodes, key=lambda node: (_RANK.get(node.kind, 9), -degree[node.id], node.id)
    )
    sketch = Sketch(boxes={node.id: _box(node) for node in sorted(ranked[:most], key=lambda node: node.id)})
    if ranked[most:]:
        sketch.notes.append(
            (", ".join(sorted(node.name for node in ranked[most:])), "no room", len(ranked[most:]))
        )
    sketch.arrows = _arrows(shape.architecture.edges, sketch)
    return sketch


def _box(node: ArchitectureNode) -> Box:
    return Box(
        node.id,
        node.name,
        node.kind,
        node.path,
        node.technology or "",
        members=(node.id,),
        evidence=node.evidence,
    )


def _arrows(edges: tuple[ArchitectureEdge, ...], sketch: Sketch) -> dict[tuple[str, str], Arrow]:
    between: dict[tuple[str, str], list[ArchitectureEdge]] = defaultdict(list)
    outside = 0
    for edge in edges:
        if edge.source in sketch.boxes and edge.target in sketch.boxes and edge.source != edge.target:
            between[edge.source, edge.target].append(edge)
        else:
            outside += 1
    if outside:
        sketch.notes.append(("dependencies of or on these", "no room", outside))
    return {pair: _arrow(pair, same) for pair, same in sorted(between.items())}


def _arrow(pair: tuple[str, str], edges: list[ArchitectureEdge]) -> Arrow:
    labels = dict.fromkeys(edge.label or edge.kind for edge in edges)
    evidence = dict.fromkeys(line for edge in edges for line in edge.evidence)
    return Arrow(
        *pair, count=len(edges), kind=edges[0].kind, label=", ".join(labels), evidence=tuple(evidence)
    )
