"""A comparison in a few lines, for a console or a task's log."""

from __future__ import annotations

from repo_architect.compare import aggregates
from repo_architect.compare.build import Comparison
from repo_architect.report.text import count, join, one_line


def in_words(comparison: Comparison) -> str:
    """At most ten lines: how many, in which languages, what is apart, what is out of support, what failed and why."""
    subjects = comparison.subjects
    shared = aggregates.dependencies(subjects)
    runtimes = [row for row in aggregates.runtimes(subjects) if row.group == "ended"]
    no_ci = [subject for subject, facts in aggregates.analysed(subjects) if not facts.ci.systems]
    languages = [
        f"{row.name} {row.percent:.0f} %" for row in aggregates.languages(subjects) if row.percent >= 1
    ]
    lines = [
        f"{comparison.title}: {_repositories(len(subjects))}, {len(comparison.failed)} failed, judged on {comparison.as_of}",
        f"languages: {join(languages, 5) or 'none'}",
        f"dependencies: {len(shared):,} shared, {sum(1 for row in shared if row.apart):,} at different versions",
        f"out of support: {join([f'{row.name} in {row.repositories}' for row in runtimes], 4) or 'no runtime'}",
        f"without CI: {join([subject.title for subject in no_ci], 4) or 'none'}",
    ]
    failed = [
        f"failed: {one_line(subject.title)}: {one_line(subject.failures[0].error)[:160]}"
        for subject in comparison.failed[:4]
        if subject.failures
    ]
    more = [f"and {len(comparison.failed) - 4} more failed"] if len(comparison.failed) > 4 else []
    return "\n".join([*lines, *failed, *more])


def _repositories(number: int) -> str:
    return count(number, "repository", "repositories")
