"""Everything the report is made from: the artifacts, and why one is not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from repo_architect import __version__
from repo_architect.contracts import CiPlan, Clone, Modules, RepoShape, Summary, Views
from repo_architect.errors import ContractError
from repo_architect.run import Run
from repo_architect.stages import writer_of


@dataclass(frozen=True)
class Material:
    """The artifacts. `failed` maps the artifact of a stage that may fail to the sentence that says what became of it."""

    clone: Clone
    shape: RepoShape
    modules: Modules
    mermaid: str
    svg: str
    plan: CiPlan
    workflow: str
    summary: Summary | None
    failed: dict[str, str]
    versions: dict[str, str]
    views: Views = field(default_factory=Views)

    @property
    def committed_on(self) -> date:
        """The day of the commit where it was made; 1970-01-01 where its date cannot be read."""
        try:
            return datetime.fromisoformat(self.clone.committed_at).date()
        except ValueError:
            return datetime.fromtimestamp(0, UTC).date()


def gather(run: Run) -> Material:
    """Read the artifacts. Raises ContractError for one that is missing and may not be."""
    failed: dict[str, str] = {}
    return Material(
        clone=run.clone,
        shape=run.read("repo_shape.json"),
        modules=run.read("modules.json"),
        mermaid=run.read("diagram.mmd"),
        svg=run.read("diagram.svg"),
        plan=run.read("ci_plan.json"),
        workflow=run.read("ci-generated.yml"),
        summary=_summary(run, failed),
        failed=failed,
        versions=_versions(run),
        views=run.read_if_there("views.json") or Views(),
    )


def _summary(run: Run, failed: dict[str, str]) -> Summary | None:
    try:
        summary: Summary | None = run.read_if_there("summary.json")
    except ContractError as error:
        failed["summary.json"] = f"There is no summary: {error.message}."
        return None
    if summary is None:
        failed["summary.json"] = _became(run, "summary.json")
    return summary


def _versions(run: Run) -> dict[str, str]:
    """Versions of this package and of what the analysis ran with."""
    record = run.record("analyze_repo")
    return {"repo-architect-agent": __version__} | (record.versions if record else {})


def _became(run: Run, artifact: str) -> str:
    stage = writer_of(artifact).name
    record = run.record(stage)
    if record is None:
        return f"There is no {artifact}: the stage {stage} was not run."
    if record.state == "failed" and record.error:
        return f"There is no {artifact}: the stage {stage} failed ({record.error})."
    return f"There is no {artifact}: the stage {stage} did not finish ({record.state})."
