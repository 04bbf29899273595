"""The graph rolled up to units, for `repo_shape.packages`."""

from __future__ import annotations

from collections import Counter

from repo_architect.analysis.modules.names import unit_names
from repo_architect.analysis.modules.owners import Owners
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.modules import Module, Modules
from repo_architect.contracts.repo_shape import Package, PackageEdge, Packages


def packages(graph: Modules, manifests: Owners | None = None) -> Packages:
    """Units with their files, lines and main language, and how often each imports another.

    `count` is how many lines of the source lead to the target; the evidence is the first of them.
    """
    modules = list(graph.modules())
    members: dict[str, list[Module]] = {}
    for module in modules:
        members.setdefault(module.package, []).append(module)
    components = {component.path: component.name for component in manifests.components} if manifests else {}
    names = unit_names(members, (module.path for module in modules), components)
    return Packages(
        nodes=tuple(_package(names[unit], unit, found, manifests) for unit, found in sorted(members.items())),
        edges=_edges(graph, {module.path: module.package for module in modules}),
    )


def _package(name: str, unit: str, members: list[Module], manifests: Owners | None) -> Package:
    lines: Counter[str] = Counter()
    for module in members:
        lines[module.language] += module.lines
    return Package(
        id=unit,
        name=name,
        path=unit,
        component=manifests.component_of(unit) if manifests is not None else None,
        language=min(lines, key=lambda language: (-lines[language], language)),
        files=len(members),
        lines=sum(lines.values()),
    )


def _edges(graph: Modules, package_of: dict[str, str]) -> tuple[PackageEdge, ...]:
    places: dict[tuple[str, str], set[tuple[str, int]]] = {}
    for edge in graph.imports():
        pair = (package_of[edge.source], package_of[edge.target])
        if pair[0] != pair[1]:
            places.setdefault(pair, set()).update((edge.source, line) for line in edge.lines)
    return tuple(
        PackageEdge(source=source, target=target, count=len(found), evidence=(_first(found),))
        for (source, target), found in sorted(places.items())
    )


def _first(places: set[tuple[str, int]]) -> Evidence:
    path, line = min(places)
    return Evidence(path=path, line=line)
