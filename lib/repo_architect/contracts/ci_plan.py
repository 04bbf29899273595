"""ci_plan.json: what the CI should run, and why: each decision with what it rests on."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from repo_architect.contracts.model import Artifact, Evidence, Model


class Decision(Model):
    """One choice: what was decided, the fact it rests on, and where that fact stands. A default has no evidence and says so in `reason`."""

    subject: str
    choice: str
    reason: str
    evidence: tuple[Evidence, ...] = ()


class PlannedStep(Model):
    """A step of a planned job: an action (`uses`, a name in the table of pinned actions) or a command (`run`)."""

    name: str
    uses: str | None = None
    inputs: dict[str, str] = Field(default_factory=dict)
    run: str | None = None
    env: dict[str, str] = Field(default_factory=dict)
    directory: str | None = None
    condition: str | None = None
    reason: str
    evidence: tuple[Evidence, ...] = ()


class PlannedJob(Model):
    """A job. `matrix` maps a name to its values; `services` is container name to image with evidence in `decisions`."""

    id: str
    name: str
    component: str | None
    runs_on: str
    timeout_minutes: int
    matrix: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    steps: tuple[PlannedStep, ...]
    services: dict[str, dict[str, object]] = Field(default_factory=dict)
    env: dict[str, str] = Field(default_factory=dict)


class CiPlan(Artifact):
    """What `ci-generated.yml` is written from.

    `verdict` is `new` (no CI exists), `improve` (CI exists and lacks something, in `missing`) or `nothing_to_add`.
    `not_covered` lists what was found and is not run, with the reason.
    """

    file_name: ClassVar[str] = "ci_plan.json"
    made_by: ClassVar[str] = "generate_ci"

    system: Literal["github_actions"] = "github_actions"
    name: str = "CI"
    verdict: Literal["new", "improve", "nothing_to_add"]
    existing: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    permissions: dict[str, str] = Field(default_factory=lambda: {"contents": "read"})
    jobs: tuple[PlannedJob, ...] = ()
    decisions: tuple[Decision, ...] = ()
    not_covered: tuple[Decision, ...] = ()
