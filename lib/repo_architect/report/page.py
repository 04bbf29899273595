"""What the templates show, prepared: names, tables, judgements. Nothing here renders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from repo_architect.contracts import Evidence
from repo_architect.report import alerts, stack, tables, titles
from repo_architect.report.drawing import drawing, opened
from repo_architect.report.facts import seventeen
from repo_architect.report.figures import Share, language_shares
from repo_architect.report.material import Material
from repo_architect.report.places import Places, places
from repo_architect.report.support import judge
from repo_architect.report.text import long_date

PACKAGES_SHOWN = 30
VERDICTS = {
    "new": "No CI was found, so a whole workflow is proposed.",
    "improve": "CI exists and lacks something; the proposal adds it.",
    "nothing_to_add": "The CI that exists covers what was found: nothing to add.",
}


@dataclass(frozen=True)
class Page:
    """The prepared content: `values` by the names the templates use."""

    material: Material
    places: Places
    values: dict[str, Any]


@dataclass(frozen=True)
class Spot:
    """A hotspot of the report: the summary's, else the largest and most complex files."""

    path: str
    reason: str
    evidence: tuple[Evidence, ...]


def context(material: Material, as_of: date) -> Page:
    """Everything the report says, with end of life judged at `as_of`."""
    shape, clone = material.shape, material.clone
    where = places(clone)
    supports = judge(shape.runtimes, as_of)
    groups, endpoints_left = tables.endpoint_groups(shape)
    values = {
        "clone": clone,
        "shape": shape,
        "plan": material.plan,
        "verdict": VERDICTS[material.plan.verdict],
        "workflow": material.workflow,
        "mermaid": material.mermaid,
        "summary": material.summary,
        "failed": material.failed,
        "versions": material.versions,
        "modules": material.modules,
        "places": where,
        "as_of": long_date(as_of),
        "as_of_commit": as_of == material.committed_on,
        "committed_on": long_date(material.committed_on),
        "licence": titles.licence(shape.repository.license) if shape.repository.license else None,
        "names": titles.components(shape),
        "unlocked": tables.UNLOCKED,
        "facts": seventeen(material, where),
        "alerts": alerts.alerts(shape, supports),
        "levels": alerts.NAMES,
        "drawing": drawing(material.svg),
        "views": opened(material.views),
        "views_left_out": material.views.left_out,
        "languages": language_shares(shape),
        "stack": stack.stack(shape),
        "supports": supports,
        "dependencies": tables.dependencies(shape),
        "ecosystems": tables.ecosystems(shape),
        "endpoint_groups": groups,
        "endpoints_left": endpoints_left,
        "methods": Counter(endpoint.method for endpoint in shape.endpoints).most_common(),
        "entry_points": tables.first(shape.entry_points),
        "env_vars": tables.first(shape.env_vars),
        "commands": tables.first(sorted(shape.commands, key=tables.command_order), 120),
        "components": tables.first(shape.components, 150),
        "workflows": tables.first(shape.workflows, 60),
        "secrets": tables.first(shape.secrets, 100),
        "packages": tables.first(
            sorted(shape.packages.nodes, key=lambda package: (-package.lines, package.path)), PACKAGES_SHOWN
        ),
        "hotspots": _hotspots(material),
        "tests": tables.first(shape.tests, 100),
        "limits": tables.first(shape.limits, 100),
    }
    return Page(material, where, values)


def _hotspots(material: Material) -> Sequence[Spot]:
    if material.summary and material.summary.hotspots:
        return [Spot(spot.path, spot.reason, spot.evidence) for spot in material.summary.hotspots]
    worst = sorted(material.shape.files, key=lambda fact: (-(fact.complexity or 0), -fact.lines, fact.path))[
        :5
    ]
    return [
        Spot(
            fact.path,
            f"{fact.lines:,} lines" + (f", complexity {fact.complexity:,}" if fact.complexity else ""),
            (Evidence(path=fact.path),),
        )
        for fact in worst
    ]


__all__ = ["Page", "Share", "Spot", "context"]
