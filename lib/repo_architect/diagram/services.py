"""The services view: what runs and what it talks to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import ArchitectureEdge, ArchitectureNode
from repo_architect.diagram.sketch import Arrow, Box, Sketch

RUNNING = frozenset({"service", "web", "worker", "gateway"})
INNER = RUNNING | {"database", "cache", "broker", "queue", "config", "registry", "storage"}
FEW = 12
"""So few arrows each have their word."""
# when there is no room for all, these go last, and before them all what nothing is tied to
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
    """A box for each node, replicas in one, at most `most`: the rest is noted, the arrows to it too."""
    groups = _replicas(shape.architecture.nodes)
    box_of = {node.id: group[0].id for group in groups for node in group}
    degree: Counter[str] = Counter()
    for source, target in {(box_of[edge.source], box_of[edge.target]) for edge in shape.architecture.edges}:
        degree[source] += 1
        degree[target] += 1
    ranked = sorted(
        groups,
        key=lambda group: (
            not degree[group[0].id],
            _RANK.get(group[0].kind, 9),
            -degree[group[0].id],
            group[0].id,
        ),
    )
    boxes = [_box(group) for group in sorted(ranked[:most], key=lambda group: group[0].id)]
    sketch = Sketch(boxes={box.key: box for box in boxes})
    if ranked[most:]:
        left_out = sorted(_name(group) for group in ranked[most:])
        sketch.notes.append((", ".join(left_out), "more", len(left_out)))
    sketch.arrows = _arrows(shape.architecture.edges, sketch, box_of)
    return sketch


def _replicas(nodes: tuple[ArchitectureNode, ...]) -> list[list[ArchitectureNode]]:
    """The nodes, those together that differ only by the number at the end of their names; in order of the number."""
    alike: dict[tuple[str, ...], list[ArchitectureNode]] = defaultdict(list)
    for node in nodes:
        stem = node.name.rstrip("0123456789")
        same = (stem, "", node.kind, node.technology or "", node.path or "")
        alike[same if len(stem) < len(node.name) and stem.strip("-_ ") else (stem, node.id)].append(node)
    for group in alike.values():
        group.sort(key=lambda node: (len(node.name), node.name, node.id))
    return list(alike.values())


def _name(group: list[ArchitectureNode]) -> str:
    """The name of a node; of replicas that of the first, and the number of the last."""
    first, last = group[0].name, group[-1].name
    stem = first.rstrip("0123456789")
    return first if len(group) == 1 else f"{first} ... {last[len(stem) :]}"


def _box(group: list[ArchitectureNode]) -> Box:
    node = group[0]
    detail = [node.technology or "", f"{len(group)} alike" if len(group) > 1 else ""]
    return Box(
        node.id,
        _name(group),
        node.kind,
        node.path,
        ", ".join(filter(None, detail)),
        members=tuple(each.id for each in group),
        evidence=tuple(dict.fromkeys(line for each in group for line in each.evidence)),
    )


def _arrows(
    edges: tuple[ArchitectureEdge, ...], sketch: Sketch, box_of: Mapping[str, str]
) -> dict[tuple[str, str], Arrow]:
    between: dict[tuple[str, str], list[ArchitectureEdge]] = defaultdict(list)
    outside = 0
    usual = _usual_label(edges)
    if usual:
        sketch.notes.append((f"arrows without a word: {usual}", "said once", 0))
    for edge in edges:
        source, target = box_of[edge.source], box_of[edge.target]
        if source in sketch.boxes and target in sketch.boxes and source != target:
            between[source, target].append(edge)
        elif source != target:
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
