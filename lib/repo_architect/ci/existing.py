"""What the CI that exists already covers."""

from __future__ import annotations

import re

from repo_architect.contracts import Evidence, RepoShape

# how a step that tests looks, by ecosystem; a call of another script counts when the script's name says test
_TESTS = {
    "python": r"\b(pytest|tox|nox|unittest|manage\.py test|hatch (run|test)|trial|stestr)\b",
    "node": r"\b(npm|pnpm|yarn|bun|npx)\b[^\n]*\b(test|vitest|jest|mocha|ava|playwright|cypress)\b",
    "go": r"\bgo test\b|\bgotestsum\b",
    "rust": r"\bcargo (\+\S+ )?(test|nextest|hack test)\b",
    "java": r"\b(mvnw?|gradlew?|gradle|sbt)\b[^\n]*\b(test|verify|install|build|check|package)\b",
    "dotnet": r"\bdotnet test\b",
    "ruby": r"\b(rspec|rake|rails test)\b",
    "php": r"\b(phpunit|pest|composer (run |run-script )?test)\b",
}
# tasks, scripts and containers named after tests: what they run is not known, that they test is what they are called
_ANY = re.compile(
    r"\b(make|just|task|bazel|nx|turbo|lerna|earthly|ninja|ctest)\b[^\n]*\b(test|check|ci|all)"
    r"|[\w./-]*\btests?\b[\w.-]*\.(sh|bash|py|ps1|js|ts)\b"
    r"|\bdocker[ -]compose\b[^\n]*\btests?\b",
    re.IGNORECASE,
)

# `${{ env.CARGO }} test` is written by those who choose a tool by the platform
_VARIABLE = re.compile(r"\$\{\{\s*(?:env|matrix)\.(\w+)\s*\}\}")


def tested(shape: RepoShape, ecosystem: str) -> Evidence | None:
    """The step of an existing workflow that tests an ecosystem, None where none does."""
    pattern = re.compile(_TESTS[ecosystem])
    for workflow in shape.workflows:
        for job in workflow.jobs:
            for step in job.steps:
                run = _VARIABLE.sub(lambda match: match[1].lower(), step.run or "")
                if pattern.search(run) or _ANY.search(run):
                    return Evidence(path=workflow.path, line=step.line)
    return None
