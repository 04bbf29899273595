"""The services view: what runs and what it talks to."""

from __future__ import annotations

from collections import Counter, defaultdict

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import ArchitectureEdge, ArchitectureNode
from repo_architect.diagram.sketch import Arrow, Box, Sketch

RUNNING = frozenset({"service", "web", "worker", "gateway"})
INNER = RUNNING | {"database", "cache", "broker", "queue", "config", "registry", "storage"}
FEW = 12
"""So few arrows each have their word."""
# when there is no room for all, these go last
_RANK = {"service": 0, "web": 0, "worker": 0, "gateway": 0, "database": 1, "broker": 1, "queue": 1, "cache": 1, "user": 1,
         "config": 2, "registry": 2, "storage": 2, "external": 3, "monitoring": 4, "library": 5}  # fmt: skip


def has_services(shape: RepoShape) -> bool:
    """Whether services are what the repository is made of: two things that run, and ties among such things or to their stores."""
    kind = {node.id: node.kind for node in shape.architecture.nodes}
    running = sum(value in RUNNING for value in kind.values())
    inner = [
        edge
        for edge in shape.architecture.edges
        if kind.get(edge.source) in INNER and kind.get(edge.target) in INNER
    ]
    return running > 1 and bool(inner)


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
            (", ".join(sorted(node.name for node in ranked[most:])), "more", len(ranked[most:]))
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
    usual = _usual_label(edges)
    if usual:
        sketch.notes.append((f"arrows without a word: {usual}", "said once", 0))
    for edge in edges:
        if edge.source in sketch.boxes and edge.target in sketch.boxes and edge.source != edge.target:
            between[edge.source, edge.target].append(edge)
        else:
            outside += 1
    if outside:
        sketch.notes.append(("what these depend on or are depended on by", "dependencies", outside))
    return {pair: _arrow(pair, same, usual) for pair, same in sorted(between.items())}


def _usual_label(edges: tuple[ArchitectureEdge, ...]) -> str | None:
    """The label that most of many arrows have: a word that stands everywhere hides the others."""
    if len(edges) <= FEW:
        return None
    label, count = max(
        Counter(edge.label or edge.kind for edge in edges).items(), key=lambda item: (item[1], item[0])
    )
    return label if count > 0.4 * len(edges) else None


def _arrow(pair: tuple[str, str], edges: list[ArchitectureEdge], usual: str | None) -> Arrow:
    labels = dict.fromkeys(edge.label or edge.kind for edge in edges)
    labels = {} if list(labels) == [usual] else labels
    evidence = dict.fromkeys(line for edge in edges for line in edge.evidence)
    return Arrow(
        *pair, count=len(edges), kind=edges[0].kind, label=", ".join(labels), evidence=tuple(evidence)
    )
