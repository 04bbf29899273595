"""Java, Kotlin and Scala on Maven or Gradle, by the wrapper where there is one."""

from __future__ import annotations

from repo_architect.ci.draft import Draft
from repo_architect.ci.facts import Facts
from repo_architect.ci.versions import choose
from repo_architect.contracts import Evidence


def plan(draft: Draft) -> None:
    """Add the steps: a JDK, then the build tool's own life cycle, which tests."""
    facts = draft.facts
    tool = _tool(facts)
    choice = choose(facts, "java", 1)
    draft.matrix = {"java": choice.versions}
    draft.decisions.append(choice.decision)
    draft.use(
        "Set up Java", "setup-java", choice.decision.reason, *choice.decision.evidence,
        distribution="temurin", java_version="${{ matrix.java }}", cache=tool,
    )  # fmt: skip
    at = Evidence(path=facts.component.manifest or ".")
    wrapper = _wrapper(facts, tool)
    if tool == "maven":
        draft.run(
            "Build and test",
            f"{'./mvnw' if wrapper else 'mvn'} --batch-mode --no-transfer-progress verify",
            "Maven's life cycle up to verify",
            wrapper or at,
        )
    else:
        draft.run(
            "Build and test",
            f"{'./gradlew' if wrapper else 'gradle'} build",
            "Gradle's build tests too",
            wrapper or at,
        )


def _tool(facts: Facts) -> str:
    return "maven" if (facts.component.manifest or "").endswith("pom.xml") else "gradle"


def _wrapper(facts: Facts, tool: str) -> Evidence | None:
    name = "mvnw" if tool == "maven" else "gradlew"
    for command in facts.shape.commands:
        if command.directory == facts.folder and command.command.startswith(f"./{name}"):
            return command.evidence[0]
    found = facts.found(facts.shape.build_tools, f"{tool} wrapper")
    return found.evidence[0] if found else None
