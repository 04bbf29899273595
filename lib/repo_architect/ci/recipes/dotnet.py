""".NET: restore, build and test the solution or project."""

from __future__ import annotations

from repo_architect.ci.draft import Draft
from repo_architect.ci.versions import choose
from repo_architect.contracts import Evidence


def plan(draft: Draft) -> None:
    """Add the steps: the SDK, build, test."""
    choice = choose(draft.facts, "dotnet", 2)
    draft.decisions.append(choice.decision)
    version = choice.versions[-1]
    draft.use(
        "Set up .NET",
        "setup-dotnet",
        choice.decision.reason,
        *choice.decision.evidence,
        dotnet_version=f"{version}.x",
    )
    at = Evidence(path=draft.facts.component.manifest or ".")
    draft.run("Build", "dotnet build --configuration Release", "every project builds", at)
    draft.run("Test", "dotnet test --configuration Release --no-build", "every test project is run", at)
