"""The components view: the project's files by directory, and what they import of one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from repo_architect.contracts import Evidence, ImportEdge, RepoShape
from repo_architect.diagram import partition
from repo_architect.diagram.names import names, parents
from repo_architect.diagram.rollup import REST
from repo_architect.diagram.sketch import Arrow, Box, Sketch
from repo_architect.diagram.sources import Sources, proof_first

EVIDENCE = 12
"""Lines kept behind an arrow; its count tells how many dependencies there are in all."""


def sketch_components(shape: RepoShape, sources: Sources, groups: int, externals: int) -> Sketch:
    """Boxes for at most `groups` groups of files and `externals` things outside, with every dependency between them."""
    parts = partition.divide(sources, groups)
    named = names(parts, shape)
    sketch = Sketch()
    for key, files in parts.items():
        sketch.boxes[key] = _box(key, named[key], files, sources)
    group_of = {path: key for key, files in parts.items() for path in files}
    sketch.arrows = _arrows(sources.imports, group_of)
    _add_externals(sketch, shape, group_of, externals)
    _note_what_is_aside(sketch, sources)
    return sketch


def _box(key: str, name: str, files: list[str], sources: Sources) -> Box:
    return Box(
        key=key,
        name=name,
        path=partition.path_of(key, files),
        detail=_detail(key, files),
        files=len(files),
        lines=sum(sources.lines[path] for path in files),
        members=tuple(files),
        evidence=(Evidence(path=files[0]),),
    )


def _detail(key: str, files: list[str]) -> str:
    """How many files; of what is left of a folder, also of which."""
    count = f"{len(files)} files" if len(files) != 1 else "1 file"
    folder = key.removesuffix(REST).rpartition("/")[2] if key.endswith(REST) else ""
    return f"{count} of {folder}" if folder else count


def _arrows(imports: tuple[ImportEdge, ...], group_of: Mapping[str, str]) -> dict[tuple[str, str], Arrow]:
    between: dict[tuple[str, str], list[ImportEdge]] = defaultdict(list)
    for edge in imports:
        source, target = group_of[edge.source], group_of[edge.target]
        if source != target:
            between[source, target].append(edge)
    return {pair: _arrow(pair, edges) for pair, edges in sorted(between.items())}


def _arrow(pair: tuple[str, str], edges: list[ImportEdge]) -> Arrow:
    best = sorted(edges, key=proof_first)
    lines = dict.fromkeys(
        Evidence(path=edge.source, line=max(1, edge.lines[0]) if edge.lines else 1)
        for edge in best[: 3 * EVIDENCE]
    )
    count = len({(edge.source, edge.target) for edge in edges})
    return Arrow(*pair, count=count, kind=best[0].kind, evidence=tuple(lines)[:EVIDENCE])


def _add_externals(sketch: Sketch, shape: RepoShape, group_of: Mapping[str, str], most: int) -> None:
    """What the files talk to, outside the repository: those that most lines prove come first."""
    uses: dict[str, dict[str, list[Arrow]]] = defaultdict(lambda: defaultdict(list))
    for edge in shape.architecture.edges:
        for evidence in edge.evidence:
            if evidence.path in group_of:
                uses[edge.target][group_of[evidence.path]].append(
                    Arrow(
                        group_of[evidence.path],
                        edge.target,
                        kind=edge.kind,
                        label=edge.label or "",
                        evidence=(evidence,),
                    )
                )
    own = {".", *group_of, *(folder for path in group_of for folder in parents(path))}
    outside = {node.id: node for node in shape.architecture.nodes if node.path not in own}
    ranked = sorted((set(uses) & set(outside)), key=lambda key: (-sum(map(len, uses[key].values())), key))
    for found in ranked[:most]:
        node = outside[found]
        key = f"external:{found}"
        sketch.boxes[key] = Box(
            key, node.name, node.kind, node.path, node.technology or "", evidence=node.evidence
        )
        for group, arrows in sorted(uses[found].items()):
            lines = tuple(dict.fromkeys(line for arrow in arrows for line in arrow.evidence))
            sketch.arrows[group, key] = Arrow(
                group, key, len(lines), arrows[0].kind, arrows[0].label, lines[:EVIDENCE]
            )
    if ranked[most:]:
        rest = ", ".join(outside[key].name for key in ranked[most:])
        sketch.notes.append((rest, "outside systems", len(ranked[most:])))


def _note_what_is_aside(sketch: Sketch, sources: Sources) -> None:
    for language in sources.unread:
        sketch.notes.append((f"imports of {language} are not read", "said once", 0))
    for role, files in sorted(sources.aside.items()):
        sketch.notes.append((role, "file" if files == 1 else "files", files))
    if sources.aside_imports:
        sketch.notes.append(("what these import or are imported by", "dependencies", sources.aside_imports))
