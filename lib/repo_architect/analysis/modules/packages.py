"""The graph rolled up to units, for `repo_shape.packages`."""

from __future__ import annotations

from collections import Counter

from repo_architect.analysis.modules.owners import Owners
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.modules import Module, Modules
from repo_architect.contracts.repo_shape import Package, PackageEdge, Packages


def packages(graph: Modules, manifests: Owners | None = None) -> Packages:
    """Units with their files, lines and main language, and how often each imports another.

    `count` counts pairs of files and lines; the evidence is the first of them.
    """
    modules = list(graph.modules())
    members: dict[str, list[Module]] = {}
    for module in modules:
        members.setdefault(module.package, []).append(module)
    return Packages(
        nodes=tuple(_package(unit, found, manifests) for unit, found in sorted(members.items())),
        edges=_edges(graph, {module.path: module.package for module in modules}),
    )


def _package(unit: str, members: list[Module], manifests: Owners | None) -> Package:
    lines: Counter[str] = Counter()
    for module in members:
        lines[module.language] += module.lines
    return Package(
        id=unit,
        name=unit,
        path=unit,
        component=manifests.component_of(members[0].path) if manifests is not None else None,
        language=min(lines, key=lambda language: (-lines[language], language)),
        files=len(members),
        lines=sum(lines.values()),
    )


def _edges(graph: Modules, package_of: dict[str, str]) -> tuple[PackageEdge, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Evidence] = {}
    for edge in graph.imports():
        pair = (package_of[edge.source], package_of[edge.target])
        if pair[0] != pair[1]:
            counts[pair] += len(edge.lines)
            first.setdefault(pair, Evidence(path=edge.source, line=edge.lines[0]))
    return tuple(
        PackageEdge(source=pair[0], target=pair[1], count=count, evidence=(first[pair],))
        for pair, count in sorted(counts.items())
    )
