"""A job while it is being planned."""

from __future__ import annotations

from dataclasses import dataclass, field

from repo_architect.ci.facts import Facts
from repo_architect.ci.safe import is_plain
from repo_architect.contracts import Evidence
from repo_architect.contracts.ci_plan import Decision, PlannedJob, PlannedStep


@dataclass
class Draft:
    """Steps and decisions of one job, in the order they were made."""

    facts: Facts
    ecosystem: str
    matrix: dict[str, tuple[str, ...]] = field(default_factory=dict)
    steps: list[PlannedStep] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    not_covered: list[Decision] = field(default_factory=list)
    history: Evidence | None = None

    def use(self, name: str, action: str, reason: str, *evidence: Evidence, **inputs: str) -> None:
        """Add a step that uses a pinned action. Names of inputs have dashes where Python has underscores."""
        named = {key.replace("_", "-"): value for key, value in inputs.items() if value}
        self.steps.append(PlannedStep(name=name, uses=action, inputs=named, reason=reason, evidence=evidence))

    def run(self, name: str, command: str, reason: str, *evidence: Evidence, **env: str) -> None:
        """Add a step that runs a command in the component's folder."""
        folder = None if self.facts.folder == "." else self.facts.folder
        self.steps.append(
            PlannedStep(name=name, run=command, env=env, directory=folder, reason=reason, evidence=evidence)
        )

    def run_named(self, name: str, purpose: str) -> bool:
        """Add a step for the first command that the repository names for a purpose. Whether there was one."""
        for command in self.facts.commands(purpose)[:1]:
            self.run(name, command.command, "the repository names this command", *command.evidence)
            return True
        return False

    def leave(self, subject: str, choice: str, reason: str, *evidence: Evidence) -> None:
        """Say what was found and is not run."""
        self.not_covered.append(Decision(subject=subject, choice=choice, reason=reason, evidence=evidence))

    def job(self, job_id: str, name: str, timeout_minutes: int) -> PlannedJob:
        """The job, with the checkout first."""
        inputs = {"persist-credentials": "false"}
        if self.history:
            inputs["fetch-depth"] = "0"
        checkout = PlannedStep(
            name="Check out",
            uses="checkout",
            inputs=inputs,
            reason="the version is read from the tags"
            if self.history
            else "every job begins with the source",
            evidence=(self.history,) if self.history else (),
        )
        return PlannedJob(
            id=job_id,
            name=name,
            component=self.facts.component.id,
            runs_on="ubuntu-24.04",
            timeout_minutes=timeout_minutes,
            matrix=self.matrix,
            steps=(checkout, *self.steps),
        )


def quoted(path: str) -> str | None:
    """A path as a word of a command, None when it may not stand in one."""
    return path if is_plain(path) and " " not in path else None
