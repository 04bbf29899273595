"""Gradle: names and versions from catalogs, and values from properties and the scripts above."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from repo_architect.analysis.located import Malformed
from repo_architect.analysis.manifests.inherited.nearest import nearest
from repo_architect.analysis.manifests.model import Declared
from repo_architect.analysis.manifests.readers import gradle, gradle_settings
from repo_architect.analysis.manifests.report import Reading


def fill(readings: list[Reading], _: dict[str, str]) -> list[Reading]:
    catalogs: dict[str, Reading] = {}
    values: dict[str, dict[str, str]] = {}
    for reading in readings:
        if reading.source.name.endswith(".versions.toml"):
            catalogs.setdefault(posixpath.dirname(reading.folder) or ".", reading)
        elif reading.source.name.startswith(("gradle.properties", "build.gradle")):
            values.setdefault(reading.folder, {}).update(gradle.values_of(reading.source))
    return [
        replace(reading, declared=tuple(_gradle_declared(reading, catalogs, values)))
        if reading.format.read is gradle.read
        else reading
        for reading in readings
    ]


def _gradle_declared(
    reading: Reading, catalogs: dict[str, Reading], values: dict[str, dict[str, str]]
) -> Iterator[Declared]:
    folder = next(nearest(reading.folder, catalogs), None)
    catalog = catalogs.get(folder) if folder is not None else None
    libraries, bundles = _catalog(catalog) if catalog else ({}, {})
    known = {
        key: value
        for above in reversed(list(nearest(reading.folder, values)))
        for key, value in values[above].items()
    }
    for declared in reading.declared:
        if declared.requirement != "libs":
            yield replace(declared, requirement=gradle.filled(declared.requirement, known))
            continue
        accessor = declared.name.removesuffix(".get").removesuffix(".asProvider")
        for name in bundles.get(accessor, [accessor]):
            if name in libraries:
                coordinates, version = libraries[name]
                yield replace(declared, name=coordinates, requirement=version)


def _catalog(reading: Reading) -> tuple[dict[str, tuple[str, str | None]], dict[str, list[str]]]:
    try:
        document = reading.source.document
    except Malformed:
        return {}, {}
    return gradle_settings.catalog_of(document), gradle_settings.bundles_of(document)
