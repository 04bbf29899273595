"""Helpers to read manifests that a test writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from repo_architect.analysis import manifests
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.limits import Limits, Notes


def read(folder: Path, files: Mapping[str, str | bytes]) -> manifests.ManifestReport:
    """Write the files and read their manifests."""
    return read_with_notes(folder, files)[0]


def read_with_notes(folder: Path, files: Mapping[str, str | bytes]) -> tuple[manifests.ManifestReport, Notes]:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    notes = Notes()
    return manifests.read(read_tree(folder, Limits(), notes)), notes


def declared(report: manifests.ManifestReport) -> list[tuple[str, str | None, str, int | None]]:
    """Name, requirement, scope and line of what manifests declare."""
    return [(d.name, d.requirement, d.scope, d.line) for d in report.dependencies if d.manifest]


def locked(report: manifests.ManifestReport) -> list[tuple[str, str | None, str]]:
    """Name, version and scope of what only locks name."""
    return [(d.name, d.resolved, d.scope) for d in report.dependencies if not d.manifest]
