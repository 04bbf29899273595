"""Five files to read first or to be careful with: large, complex, much depended on, much changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import log1p

from repo_architect.contracts import Evidence, Modules, RepoShape
from repo_architect.contracts.summary import SummaryHotspot
from repo_architect.summary.aside import is_aside
from repo_architect.summary.words import count, join, ordinal

WANTED = 5
TOP = 3
ENOUGH = 10
"""Files below which a place among them says nothing."""

# how much each measure says: complexity and churn are where faults are, dependents are what a fault reaches
WEIGHTS = {"complexity": 0.3, "fan_in": 0.25, "churn": 0.3, "lines": 0.1, "fan_out": 0.05}


@dataclass(frozen=True)
class Measures:
    """Of one file: lines, branches plus one, files that import it and that it imports, changed lines."""

    path: str
    lines: int = 0
    complexity: int = 0
    fan_in: int = 0
    fan_out: int = 0
    churn: int = 0
    evidence: tuple[Evidence, ...] = ()


def find_hotspots(shape: RepoShape, modules: Modules) -> tuple[SummaryHotspot, ...]:
    """At most five, worst first; tests count only where there is nothing else."""
    measured = _measure(shape, modules)
    own = [item for item in measured if not is_aside(item.path)] or measured
    highest = {name: max((getattr(item, name) for item in own), default=0) for name in WEIGHTS}
    ranked = sorted(own, key=lambda item: (-_score(item, highest), item.path))[:WANTED]
    ranks = {name: sorted((getattr(item, name) for item in own), reverse=True) for name in WEIGHTS}
    return tuple(
        SummaryHotspot(
            path=item.path, reason=_reason(item, ranks), evidence=(Evidence(path=item.path), *item.evidence)
        )
        for item in ranked
    )


def _measure(shape: RepoShape, modules: Modules) -> list[Measures]:
    importers: dict[str, dict[str, int]] = defaultdict(dict)
    imported: dict[str, set[str]] = defaultdict(set)
    for edge in modules.imports():
        if edge.source != edge.target:
            importers[edge.target].setdefault(edge.source, min(edge.lines, default=1))
            imported[edge.source].add(edge.target)
    churn = {spot.path: spot for spot in shape.history.hotspots} if shape.history else {}
    facts = {fact.path: fact for fact in shape.files}
    lines = {module.path: module.lines for module in modules.modules()}
    return [
        Measures(
            path=path,
            lines=facts[path].lines if path in facts else lines.get(path, 0),
            complexity=(facts[path].complexity or 0) if path in facts else 0,
            fan_in=len(importers[path]),
            fan_out=len(imported[path]),
            churn=churn[path].churn if path in churn else 0,
            evidence=tuple(
                Evidence(path=source, line=line) for source, line in sorted(importers[path].items())[:TOP]
            ),
        )
        for path in sorted({*facts, *lines})
    ]


def _score(item: Measures, highest: dict[str, int]) -> float:
    return sum(
        weight * log1p(getattr(item, name)) / log1p(highest[name])
        for name, weight in WEIGHTS.items()
        if highest[name]
    )


def _reason(item: Measures, ranks: dict[str, list[int]]) -> str:
    said = [_size(item, ranks)]
    if item.fan_in:
        said.append(f"imported by {count(item.fan_in, 'file')}{_place(item.fan_in, ranks['fan_in'])}")
    if item.fan_out:
        said.append(f"imports {item.fan_out:,}")
    if item.churn:
        said.append(f"{count(item.churn, 'line')} changed{_place(item.churn, ranks['churn'])}")
    return join([part for part in said if part])


def _size(item: Measures, ranks: dict[str, list[int]]) -> str:
    lines = f"{count(item.lines, 'line')}{_place(item.lines, ranks['lines'])}"
    if item.complexity < 2:
        return lines
    return f"{lines} with complexity {item.complexity:,}{_place(item.complexity, ranks['complexity'])}"


def _place(value: int, ranked: list[int]) -> str:
    """` (the most)` or ` (3rd)` when the value is among the highest and some are lower."""
    place = ranked.index(value) + 1
    if place > TOP or len(ranked) < ENOUGH or ranked[-1] == value:
        return ""
    return " (the most)" if place == 1 else f" ({ordinal(place)})"
