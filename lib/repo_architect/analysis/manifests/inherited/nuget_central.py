"""NuGet: versions from Directory.Packages.props."""

from __future__ import annotations

from dataclasses import replace

from repo_architect.analysis.located import Malformed
from repo_architect.analysis.manifests.inherited.nearest import nearest
from repo_architect.analysis.manifests.readers import nuget
from repo_architect.analysis.manifests.report import Reading


def fill(readings: list[Reading], _: dict[str, str]) -> list[Reading]:
    central: dict[str, dict[str, str]] = {
        reading.folder: nuget.central_versions(reading.source.xml)
        for reading in readings
        if reading.source.name == "Directory.Packages.props" and _well_formed(reading)
    }
    if not central:
        return readings
    return [
        _with_central(reading, central) if reading.format.ecosystem == "nuget" else reading
        for reading in readings
    ]


def _with_central(reading: Reading, central: dict[str, dict[str, str]]) -> Reading:
    folder = next(nearest(reading.folder, central), None)
    table = central.get(folder) if folder is not None else None
    if table is None:
        return reading
    return replace(
        reading,
        declared=tuple(
            replace(declared, requirement=table.get(declared.name.lower()))
            if declared.requirement is None and not declared.local
            else declared
            for declared in reading.declared
        ),
    )


def _well_formed(reading: Reading) -> bool:
    try:
        return bool(reading.source.xml)
    except Malformed:
        return False
