"""Gradle: names and versions from catalogs, and values from properties and the scripts above."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from repo_architect.analysis.located import Malformed
from repo_architect.analysis.manifests.inherited.nearest import nearest
from repo_architect.analysis.manifests.model import Declared
from repo_architect.analysis.manifests.readers import gradle, gradle_settings
from repo_architect.analysis.manifests.report import Reading


@dataclass
class _Known:
    """What a folder's files say: libraries and bundles by accessor, values by name."""

    libraries: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    bundles: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


def fill(readings: list[Reading], _: dict[str, str]) -> list[Reading]:
    """The readings with accessors of catalogs turned into packages, and variables filled in."""
    known: dict[str, _Known] = {}
    for reading in readings:
        if reading.format.ecosystem == "maven":
            _learn(reading, known)
    return [
        replace(reading, declared=tuple(_declared(reading, known)))
        if reading.format.read is gradle.read
        else reading
        for reading in readings
    ]


def _learn(reading: Reading, known: dict[str, _Known]) -> None:
    name, folder = reading.source.name, reading.folder
    if posixpath.basename(folder) == "gradle":
        folder = posixpath.dirname(folder) or "."
    if name.endswith(".versions.toml"):
        _learn_catalog(reading, known.setdefault(folder, _Known()))
    elif name == "gradle.properties" or name.endswith((".gradle", ".gradle.kts")):
        here = known.setdefault(folder, _Known())
        here.values.update(gradle.values_of(reading.source))
        here.libraries.update(gradle.libraries_of(reading.source))


def _learn_catalog(reading: Reading, here: _Known) -> None:
    try:
        document = reading.source.document
    except Malformed:
        return
    here.libraries.update(gradle_settings.catalog_of(document))
    here.bundles.update(gradle_settings.bundles_of(document))


def _declared(reading: Reading, known: dict[str, _Known]) -> Iterator[Declared]:
    all_known = _Known()
    for above in reversed(list(nearest(reading.folder, known))):
        all_known.libraries.update(known[above].libraries)
        all_known.bundles.update(known[above].bundles)
        all_known.values.update(known[above].values)
    for declared in reading.declared:
        if declared.requirement != "libs":
            yield replace(declared, requirement=gradle.filled(declared.requirement, all_known.values))
            continue
        accessor = declared.name.removesuffix(".get").removesuffix(".asProvider")
        for name in all_known.bundles.get(accessor, [accessor]):
            if name in all_known.libraries:
                coordinates, version = all_known.libraries[name]
                yield replace(
                    declared, name=coordinates, requirement=gradle.filled(version, all_known.values)
                )
