"""Requirements that a manifest leaves to another: its workspace, its parents, a catalog, central versions."""

from __future__ import annotations

from repo_architect.analysis.manifests.inherited import (
    gradle_catalogs,
    maven_parents,
    nuget_central,
    workspace_tables,
)
from repo_architect.analysis.manifests.report import Reading

STEPS = (workspace_tables.fill, maven_parents.fill, gradle_catalogs.fill, nuget_central.fill)


def settle(readings: list[Reading], workspaces: dict[str, str]) -> list[Reading]:
    """The readings with inherited requirements filled in. `workspaces` gives a member's head, by folder."""
    for step in STEPS:
        readings = step(readings, workspaces)
    return readings
