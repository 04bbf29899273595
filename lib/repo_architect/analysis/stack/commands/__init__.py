"""Commands that the repository itself names: scripts, targets, sessions, CI steps, and what its README tells people to type.

Of the commands of one component and purpose the first is the repository's own way: what a task runner defines stands
before what a CI step spells out, that before what a document says, and what the CI really calls before what it does not.
"""

from __future__ import annotations

from repo_architect.analysis.stack.commands.merge import merged
from repo_architect.analysis.stack.commands.places import in_documents, in_workflows
from repo_architect.analysis.stack.commands.runners import in_folders, in_scripts
from repo_architect.analysis.stack.commands.tables import in_tables
from repo_architect.analysis.stack.sources import Sources
from repo_architect.contracts.repo_shape import Command, Workflow


def find(sources: Sources, workflows: tuple[Workflow, ...]) -> tuple[Command, ...]:
    """Every command whose purpose is clear, by component and purpose, the best first."""
    defined = [*in_tables(sources), *in_scripts(sources), *in_folders(sources)]
    written = [*in_workflows(sources, workflows), *in_documents(sources)]
    return merged(defined, written, sources)


__all__ = ["find"]
