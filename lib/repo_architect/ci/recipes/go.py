"""Go: build, vet and test every package of the module."""

from __future__ import annotations

from repo_architect.ci.draft import Draft
from repo_architect.contracts import Evidence

# before this release a `go` line was a floor that says nothing of the toolchain to use
_FIRST_WITH_TOOLCHAINS = (1, 21)


def plan(draft: Draft) -> None:
    """Add the steps: Go, build, test."""
    facts = draft.facts
    manifest = facts.at("go.mod")
    said = facts.runtime("go")
    evidence = said.evidence if said else (Evidence(path=manifest),)
    words = (said.version or said.requirement or "") if said else ""
    numbers = tuple(int(part) for part in words.lstrip("go>=^ ").split(".")[:2] if part.isdigit())
    inputs = {"cache_dependency_path": facts.at("go.sum")}
    if numbers >= _FIRST_WITH_TOOLCHAINS:
        draft.use(
            "Set up Go",
            "setup-go",
            "go.mod names the toolchain",
            *evidence,
            go_version_file=manifest,
            **inputs,
        )
    else:
        draft.use(
            "Set up Go", "setup-go", "go.mod gives only a floor", *evidence, go_version="stable", **inputs
        )
    at = Evidence(path=manifest)
    draft.run("Build", "go build ./...", "every package of the module builds", at)
    if not draft.facts.shape.tests or any(suite.files for suite in facts.shape.tests):
        draft.run("Test", "go test ./...", "every package of the module is tested", at)
