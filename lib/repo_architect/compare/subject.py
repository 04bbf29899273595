"""One repository of a comparison: what is kept of its run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from repo_architect.compare.sources import Failure
from repo_architect.contracts import Clone, Evidence
from repo_architect.contracts.repo_shape import Alert, Framework, Language
from repo_architect.report.places import Places
from repo_architect.report.support import Support


@dataclass(frozen=True)
class Used:
    """A declared dependency: the requirement as written, the locked version, and where each stands."""

    ecosystem: str
    name: str
    requirement: str | None
    locked: str | None
    scope: str
    place: Evidence | None
    lock_place: Evidence | None


@dataclass(frozen=True)
class Ci:
    """The CI that exists (`systems`, `workflows`), and what the plan says of it: `verdict` and what is `missing`."""

    systems: tuple[str, ...]
    workflows: tuple[Evidence, ...]
    verdict: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What the analysis found, as far as a comparison shows it."""

    clone: Clone
    licence: str | None
    description: str | None
    languages: tuple[Language, ...]
    frameworks: tuple[Framework, ...]
    main_frameworks: tuple[str, ...]
    package_managers: tuple[str, ...]
    supports: tuple[Support, ...]
    dependencies: tuple[Used, ...]
    indirect: int
    ci: Ci
    alerts: tuple[Alert, ...]
    components: int
    endpoints: int
    test_files: int
    secrets: int
    lines: int


@dataclass(frozen=True)
class Subject:
    """A repository: `state` is success, partial or failed; `facts` is None where the analysis was not reached.

    `source` is its run folder or archive, `has_report` whether its report is there; `report` is the report's address from a page, None where
    the page leads to none. `key` is unlike that of any other.
    """

    key: str
    title: str
    url: str
    ref: str
    state: str
    facts: Facts | None
    places: Places
    source: Path | None = None
    has_report: bool = False
    report: str | None = None
    failures: tuple[Failure, ...] = field(default=())
