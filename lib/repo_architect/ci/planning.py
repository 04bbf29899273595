"""From repo_shape.json to ci_plan.json: which parts need a job, what each job does, and what the existing CI lacks."""

from __future__ import annotations

import re
from typing import Literal

from repo_architect.ci import existing
from repo_architect.ci.draft import Draft
from repo_architect.ci.facts import Facts
from repo_architect.ci.recipes import RECIPES
from repo_architect.ci.safe import is_plain_path
from repo_architect.contracts import CiPlan, Evidence, RepoShape
from repo_architect.contracts.ci_plan import Decision, PlannedJob
from repo_architect.contracts.repo_shape import Component

MAX_JOBS = 12
_ASIDE = re.compile(
    r"(^|/)(examples?|samples?|demos?|fixtures?|testdata|docs?|benchmarks?|fuzz|playgrounds?)(/|$)"
)
# a member of a workspace is tested from its root, but for Python, where each has tests and an environment of its own
_BY_MEMBER = frozenset({"python"})
_MANIFESTS = (
    ("python", r"(pyproject\.toml|setup\.py|setup\.cfg|requirements[^/]*\.txt|Pipfile|environment\.ya?ml)$"),
    ("node", r"package\.json$"),
    ("go", r"go\.mod$"),
    ("rust", r"Cargo\.toml$"),
    ("java", r"(pom\.xml|(build|settings)\.gradle(\.kts)?)$"),
    ("dotnet", r"\.(sln|slnx|csproj|fsproj|vbproj)$"),
    ("ruby", r"(Gemfile|\.gemspec)$"),
    ("php", r"composer\.json$"),
)
_TITLES = {
    "python": "Python", "node": "Node.js", "go": "Go", "rust": "Rust", "java": "Java", "dotnet": ".NET",
    "ruby": "Ruby", "php": "PHP",
}  # fmt: skip


def plan(shape: RepoShape, *, name: str = "CI", timeout_minutes: int = 20) -> CiPlan:
    """The plan. The same shape gives the same plan; nothing of the repository is run to make it."""
    drafts = [draft for component in _tested_apart(shape) for draft in _drafts(shape, component)]
    testing = [draft for draft in drafts if _tests(draft)]
    verdict, untested = _verdict(shape, testing)
    # what the existing CI tests is not tested twice
    kept = (untested if verdict == "improve" else testing)[:MAX_JOBS]
    branch = shape.repository.branch
    return CiPlan(
        name=name,
        verdict=verdict,
        existing=tuple(Evidence(path=workflow.path) for workflow in shape.workflows),
        missing=tuple(f"nothing tests {_TITLES[d.ecosystem]} in {d.facts.component.path}" for d in untested)
        if verdict == "improve"
        else (),
        triggers=("push", "pull_request"),
        branches=(branch,) if branch and re.fullmatch(r"[A-Za-z0-9._/-]+", branch) else (),
        jobs=_jobs(kept, timeout_minutes),
        decisions=tuple(decision for draft in kept for decision in draft.decisions),
        not_covered=_not_covered(shape, drafts, kept),
    )


def _tested_apart(shape: RepoShape) -> list[Component]:
    """The components that can have a job, the root first; what only shows or measures has none."""
    built = [component for component in shape.components if component.manifest]
    product = [component for component in built if not _ASIDE.search(component.path)]
    return sorted(
        product, key=lambda component: (component.path != ".", component.path.count("/"), component.path)
    )


def _drafts(shape: RepoShape, component: Component) -> list[Draft]:
    manifests = {component.manifest or ""} | {
        item.manifest for item in shape.dependencies if item.component == component.id and item.manifest
    }
    here = "" if component.path == "." else component.path + "/"
    direct = {path.removeprefix(here) for path in manifests if path.startswith(here)}
    drafts = []
    for ecosystem, pattern in _MANIFESTS:
        if component.workspace is not None and ecosystem not in _BY_MEMBER:
            continue
        if not any(
            re.fullmatch(
                f"(requirements/)?{pattern.removesuffix('$')}"
                if ecosystem == "python"
                else rf"[^/]*{pattern}",
                path,
            )
            for path in direct
        ):
            continue
        draft = Draft(Facts(shape, component), ecosystem)
        if is_plain_path(component.path):
            RECIPES[ecosystem](draft)
        else:
            draft.leave(component.path, "no job", "its path has characters that are not put into a workflow")
        drafts.append(draft)
    return drafts


def _tests(draft: Draft) -> bool:
    """Whether the job would say anything: a step beyond set-up and install."""
    return any(step.name in ("Test", "Build", "Build and test", "Check types") for step in draft.steps)


def _jobs(drafts: list[Draft], timeout_minutes: int) -> tuple[PlannedJob, ...]:
    taken: set[str] = set()
    jobs = []
    for draft in drafts:
        component = draft.facts.component
        title = _TITLES[draft.ecosystem] + ("" if component.path == "." else f" in {component.path}")
        words = re.sub(
            r"[^A-Za-z0-9]+", "-", f"{draft.ecosystem} {'' if component.path == '.' else component.path}"
        )
        job_id = base = words.strip("-").lower()
        number = 1
        while job_id in taken:
            number += 1
            job_id = f"{base}-{number}"
        taken.add(job_id)
        jobs.append(draft.job(job_id, title, timeout_minutes))
    return tuple(jobs)


def _verdict(
    shape: RepoShape, drafts: list[Draft]
) -> tuple[Literal["new", "improve", "nothing_to_add"], list[Draft]]:
    """What to propose, and the jobs that no existing workflow does."""
    untested = [draft for draft in drafts if existing.tested(shape, draft.ecosystem) is None]
    if not shape.workflows:
        return "new", untested
    return ("improve" if untested else "nothing_to_add"), untested


def _not_covered(shape: RepoShape, drafts: list[Draft], kept: list[Draft]) -> tuple[Decision, ...]:
    found = [decision for draft in drafts for decision in draft.not_covered]
    for draft in drafts:
        if draft not in kept:
            subject = f"{_TITLES[draft.ecosystem]} in {draft.facts.component.path}"
            reason, at = _why_left_out(shape, draft)
            found.append(Decision(subject=subject, choice="no job", reason=reason, evidence=at))
    return tuple(found)


def _why_left_out(shape: RepoShape, draft: Draft) -> tuple[str, tuple[Evidence, ...]]:
    manifest = draft.facts.component.manifest
    at = (Evidence(path=manifest),) if manifest else ()
    if not _tests(draft):
        return "no tests and no build were found", at
    step = existing.tested(shape, draft.ecosystem)
    return ("the CI that exists tests it", (step,)) if step else ("more jobs than a workflow should have", at)
