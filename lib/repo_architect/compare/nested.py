"""The lists of fleet.parquet: each item with file and line where the run has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from repo_architect.compare.subject import Facts, Subject
from repo_architect.contracts import Evidence
from repo_architect.report.text import visible

_PLACE = {"path": "string", "line": "int64"}

LISTS: dict[str, tuple[dict[str, str], Callable[[Facts], Iterable[dict[str, Any]]]]] = {
    "language_list": (
        {"name": "string", "percent": "float64", "bytes": "int64", "files": "int64", "lines": "int64"},
        lambda facts: (
            {"name": item.name, "percent": item.percent, "bytes": item.bytes, "files": item.files, "lines": item.lines}
            for item in facts.languages
        ),
    ),
    "framework_list": (
        {"name": "string", "category": "string", "version": "string", "component": "string", **_PLACE},
        lambda facts: (
            {"name": item.name, "category": item.category, "version": item.version, "component": item.component, **_place(item.evidence)}
            for item in facts.frameworks
        ),
    ),
    "dependency_list": (
        {"ecosystem": "string", "name": "string", "requirement": "string", "locked": "string", "scope": "string", **_PLACE},
        lambda facts: (
            {"ecosystem": item.ecosystem, "name": item.name, "requirement": item.requirement, "locked": item.locked,
             "scope": item.scope, **_place((item.place or item.lock_place,))}
            for item in facts.dependencies
        ),
    ),
    "runtime_list": (
        {"name": "string", "requirements": "string", "state": "string", "support": "string", **_PLACE},
        lambda facts: (
            {"name": item.name, "requirements": ", ".join(item.requirements), "state": item.state, "support": item.words,
             **_place(item.evidence)}
            for item in facts.supports
        ),
    ),
    "alert_list": (
        {"level": "string", "title": "string", "fix": "string", **_PLACE},
        lambda facts: (
            {"level": item.level, "title": item.title, "fix": item.fix, **_place(item.evidence)} for item in facts.alerts
        ),
    ),
}  # fmt: skip


def nested_schema(arrow: Any) -> list[Any]:
    """The fields of the lists, for a schema."""
    return [
        arrow.field(
            name,
            arrow.list_(arrow.struct([(key, arrow.type_for_alias(kind)) for key, kind in fields.items()])),
        )
        for name, (fields, _) in LISTS.items()
    ]


def nested(subject: Subject) -> dict[str, list[dict[str, Any]] | None]:
    """The lists of a repository, None where it was not analysed."""
    return {
        name: [_clean(item) for item in items(subject.facts)] if subject.facts else None
        for name, (_, items) in LISTS.items()
    }


def _place(evidence: Iterable[Evidence | None]) -> dict[str, Any]:
    first = next((each for each in evidence if each), None)
    return {"path": first.path if first else None, "line": first.line if first else None}


def _clean(item: dict[str, Any]) -> dict[str, Any]:
    """Text that Parquet takes: a lone surrogate is no UTF-8."""
    return {name: visible(value) if isinstance(value, str) else value for name, value in item.items()}
