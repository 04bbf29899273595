"""From a run's artifacts to what a comparison keeps of it: one run is in memory at a time."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from repo_architect.compare.sources import Failure, Read, Source, opened
from repo_architect.compare.subject import Ci, Facts, Subject, Used
from repo_architect.contracts import CiPlan, Clone, Evidence, RepoShape, StageRecord
from repo_architect.contracts.model import Artifact
from repo_architect.errors import ContractError
from repo_architect.report import alerts, stack
from repo_architect.report.places import Places, places
from repo_architect.report.support import judge
from repo_architect.stages import STAGES

Model = TypeVar("Model", bound=Artifact)


def committed_on(source: Source) -> date | None:
    """The day of a run's commit; None where it was not cloned or its date cannot be read."""
    try:
        with opened(source.path) as read:
            clone = _artifact(read, Clone, [])
        return datetime.fromisoformat(clone.committed_at).date() if clone else None
    except (ContractError, OSError, ValueError):
        return None


def read_subject(source: Source, as_of: date) -> Subject:
    """What a comparison keeps of a run, end of life judged at `as_of`. Never raises: what cannot be read is a failure of it."""
    problems: list[Failure] = []
    clone = shape = plan = None
    records: list[StageRecord] = []
    report = False
    try:
        with opened(source.path) as read:
            clone, shape = _artifact(read, Clone, problems), _artifact(read, RepoShape, problems)
            plan = _artifact(read, CiPlan, problems)
            records = _records(read)
            report = read("report.html") is not None
    except (ContractError, OSError) as error:
        problems.append(_problem(error))
    facts = _facts(clone, shape, plan, as_of) if clone and shape else None
    failures = _failures(source, records, problems, facts)
    return Subject(
        key=source.key,
        title=_title(source, clone),
        url=clone.url if clone else source.repository or _asked(records, "repo_url"),
        ref=source.ref or _asked(records, "ref"),
        state=_state(facts, failures),
        facts=facts,
        places=places(clone) if clone else Places(None, "", "", None),
        source=source.path,
        has_report=report,
        failures=failures,
    )


def _artifact(read: Read, model: type[Model], problems: list[Failure]) -> Model | None:
    data = read(model.file_name)
    try:
        return None if data is None else model.from_json(data, model.file_name)
    except ContractError as error:
        problems.append(Failure(model.made_by, error.message, error.fix))
        return None


def _records(read: Read) -> list[StageRecord]:
    found = []
    for stage in STAGES:
        data = read(f"stages/{stage.name}.json")
        try:
            found += [] if data is None else [StageRecord.from_json(data)]
        except ContractError:
            continue
    return found


def _asked(records: list[StageRecord], name: str) -> str:
    return next((str(record.parameters[name]) for record in records if record.parameters.get(name)), "")


def _failures(
    source: Source, records: list[StageRecord], problems: list[Failure], facts: Facts | None
) -> tuple[Failure, ...]:
    """Why it failed: as its records say, else as is known from outside, else that it never got far enough."""
    told = [
        Failure(record.stage, record.error or "it was interrupted", record.fix or "")
        for record in records
        if record.state in ("failed", "running")
    ]
    known = {failure.stage for failure in told}
    if source.failure and (source.failure.stage is None or source.failure.stage not in known):
        told = [source.failure, *told] if not told or source.failure.stage else told
    told += problems
    if not told and facts is None:
        told.append(Failure(None, "there is no analysis of it", "run it, or resume its run"))
    return tuple(dict.fromkeys(told))


def _state(facts: Facts | None, failures: tuple[Failure, ...]) -> str:
    may_fail = {stage.name for stage in STAGES if stage.may_fail}
    if facts is None or any(failure.stage not in may_fail for failure in failures):
        return "failed"
    return "partial" if failures else "success"


def _problem(error: Exception) -> Failure:
    return Failure(None, getattr(error, "message", str(error)), getattr(error, "fix", "look at the folder"))


def _title(source: Source, clone: Clone | None) -> str:
    if source.title:
        return source.title
    if clone:
        return f"{clone.owner}/{clone.name}" if clone.owner else clone.name
    return source.key


def _facts(clone: Clone, shape: RepoShape, plan: CiPlan | None, as_of: date) -> Facts:
    supports = judge(shape.runtimes, as_of)
    return Facts(
        clone=clone,
        licence=shape.repository.license.spdx if shape.repository.license else None,
        description=shape.repository.description or (clone.forge.description if clone.forge else None),
        languages=shape.languages,
        frameworks=shape.frameworks,
        main_frameworks=tuple(stack.main_frameworks(shape)),
        package_managers=_names(shape.package_managers),
        supports=tuple(supports),
        dependencies=tuple(_dependencies(shape)),
        indirect=sum(1 for item in shape.dependencies if not item.direct),
        ci=_ci(shape, plan),
        alerts=tuple(alerts.alerts(shape, supports)),
        components=len(shape.components),
        endpoints=len(shape.endpoints),
        test_files=sum(suite.files for suite in shape.tests),
        secrets=len(shape.secrets),
        lines=sum(language.lines for language in shape.languages),
    )


def _names(found: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.name for item in found))  # type: ignore[attr-defined]


def _dependencies(shape: RepoShape) -> list[Used]:
    return [
        Used(
            item.ecosystem, item.name, item.requirement, item.resolved, item.scope,
            Evidence(path=item.manifest, line=item.line) if item.manifest and item.line else None,
            Evidence(path=item.lock, line=item.lock_line) if item.lock and item.lock_line else None,
        )
        for item in shape.dependencies
        if item.direct and not item.internal
    ]  # fmt: skip


def _ci(shape: RepoShape, plan: CiPlan | None) -> Ci:
    systems = [*(item.name for item in shape.ci_systems), *(workflow.system for workflow in shape.workflows)]
    stand = {workflow.path: Evidence(path=workflow.path) for workflow in shape.workflows}
    shown = tuple(stand.values()) or tuple(item.evidence[0] for item in shape.ci_systems)
    known = {system.lower().replace("_", " "): system for system in reversed(systems)}
    return Ci(
        tuple(sorted(known.values())), shown, plan.verdict if plan else None, plan.missing if plan else ()
    )
