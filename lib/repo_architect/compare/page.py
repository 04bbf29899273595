"""What the page shows, prepared: rows in order, long lists cut with the number that is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from repo_architect import __version__
from repo_architect.compare import aggregates
from repo_architect.compare.aggregates import Spread
from repo_architect.compare.build import Comparison
from repo_architect.compare.subject import Subject
from repo_architect.report.alerts import NAMES
from repo_architect.report.figures import COLOURS, OTHER
from repo_architect.report.tables import first
from repo_architect.report.text import long_date

REPOSITORIES = 1000
ROWS = {
    "frameworks": 250,
    "diverging": 250,
    "shared": 150,
    "runtimes": 150,
    "alerts": 250,
    "languages": 60,
    "failures": 500,
}
"""Rows shown of each table; the rest is counted and stands in fleet.parquet."""

VERDICTS = {
    "new": "none: a whole workflow is proposed",
    "improve": "lacks something",
    "nothing_to_add": "covers what was found",
}


def context(comparison: Comparison) -> dict[str, Any]:
    """The values of the template by name."""
    subjects = comparison.subjects
    shared = aggregates.dependencies(subjects)
    found = aggregates.analysed(subjects)
    runtimes, alerts = aggregates.runtimes(subjects), aggregates.alerts(subjects)
    return {
        "title": comparison.title,
        "as_of": long_date(comparison.as_of),
        "version": __version__,
        "subjects": first(subjects, REPOSITORIES),
        "analysed": len(found),
        "failures": first(_failures(subjects), ROWS["failures"]),
        "failed": len(comparison.failed),
        "languages": first(aggregates.languages(subjects), ROWS["languages"]),
        "colours": (*COLOURS, OTHER),
        "frameworks": first(aggregates.frameworks(subjects), ROWS["frameworks"]),
        "diverging": first([row for row in shared if row.apart], ROWS["diverging"]),
        "same": first(sorted((row for row in shared if not row.apart), key=_commonest), ROWS["shared"]),
        "ecosystems": _ecosystems(shared, subjects),
        "runtimes": first(runtimes, ROWS["runtimes"]),
        "ended": len(_users(row for row in runtimes if row.group == "ended")),
        "ci": found,
        "without_ci": sum(1 for _, facts in found if not facts.ci.systems),
        "verdicts": VERDICTS,
        "alerts": first(alerts, ROWS["alerts"]),
        "grave": len(_users(row for row in alerts if row.group == "error")),
        "levels": NAMES,
    }


def _failures(subjects: Iterable[Subject]) -> list[tuple[Subject, Any]]:
    """Those of failed repositories first."""
    rows = [(subject, failure) for subject in subjects for failure in subject.failures]
    return sorted(rows, key=lambda row: row[0].state != "failed")


def _commonest(row: Spread) -> tuple[int, str, str]:
    return -row.repositories, row.group, row.name.lower()


def _users(rows: Iterable[Spread]) -> set[str]:
    return {use.subject.key for row in rows for variant in row.variants for use in variant.uses}


def _ecosystems(shared: Sequence[Spread], subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """Per ecosystem: repositories, packages declared, shared by two or more, and of those apart."""
    packages: dict[str, set[str]] = {}
    users: dict[str, set[str]] = {}
    for subject, facts in aggregates.analysed(subjects):
        for item in facts.dependencies:
            packages.setdefault(item.ecosystem, set()).add(item.name)
            users.setdefault(item.ecosystem, set()).add(subject.key)
    return [
        {
            "name": name,
            "repositories": len(users[name]),
            "packages": len(packages[name]),
            "shared": sum(1 for row in shared if row.group == name),
            "apart": sum(1 for row in shared if row.group == name and row.apart),
            "major": sum(1 for row in shared if row.group == name and row.apart == "major"),
        }
        for name in sorted(packages, key=lambda name: (-len(users[name]), name))
    ]
