"""The CI that exists: GitHub Actions in full, the others as far as their YAML says."""

from __future__ import annotations

from repo_architect.analysis.stack.sources import Sources
from repo_architect.analysis.stack.workflows import github, others
from repo_architect.contracts.repo_shape import Workflow


def find(sources: Sources) -> tuple[Workflow, ...]:
    """Every workflow, in order of path. A malformed one costs a note."""
    found = [*github.workflows(sources), *others.workflows(sources)]
    return tuple(sorted(found, key=lambda workflow: (workflow.path, workflow.system)))


__all__ = ["find"]
