"""Requirements that a manifest leaves to another: its workspace, its parents, a catalog, central versions."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace

from repo_architect.analysis.located import Located, Malformed, XmlElement
from repo_architect.analysis.manifests.model import Declared
from repo_architect.analysis.manifests.readers import gradle, maven, npm, nuget
from repo_architect.analysis.manifests.report import Reading

Workspaces = dict[str, str]


def settle(readings: list[Reading], workspaces: Workspaces) -> list[Reading]:
    """The readings with inherited requirements filled in."""
    for step in (_workspace_tables, _maven_parents, _gradle_catalogs, _nuget_central):
        readings = step(readings, workspaces)
    return readings


def _nearest(folder: str, tables: dict[str, object]) -> Iterator[str]:
    """Folders with a table, from this one up to the root."""
    while True:
        if folder in tables:
            yield folder
        if folder == ".":
            return
        folder = folder.rpartition("/")[0] or "."


# -- Cargo's `workspace = true`, pnpm's `catalog:` -------------------------------------------------------------


def _workspace_tables(readings: list[Reading], workspaces: Workspaces) -> list[Reading]:
    tables = {
        (reading.folder, ecosystem): table
        for reading in readings
        for file_name, ecosystem, collect in _COLLECTORS
        if reading.source.name == file_name and (table := _collected(reading, collect))
    }
    return [_from_workspace(reading, tables, workspaces) for reading in readings] if tables else readings


def _from_workspace(
    reading: Reading, tables: dict[tuple[str, str], dict[str, str]], workspaces: Workspaces
) -> Reading:
    head = workspaces.get(reading.folder, reading.folder)
    table = tables.get((head, reading.format.ecosystem))
    if not table or not reading.declared:
        return reading
    return replace(reading, declared=tuple(_from_table(declared, table) for declared in reading.declared))


def _from_table(declared: Declared, table: dict[str, str]) -> Declared:
    requirement = declared.requirement or ""
    if requirement == "workspace":
        return replace(declared, requirement=table.get(declared.name, requirement))
    if requirement.startswith("catalog:"):
        catalog = requirement.removeprefix("catalog:").strip() or "default"
        return replace(declared, requirement=table.get(f"{catalog}:{declared.name}", requirement))
    return declared


def _collected(reading: Reading, collect: Callable[[Located], dict[str, str]]) -> dict[str, str]:
    try:
        return collect(reading.source.document)
    except Malformed:
        return {}


def _cargo(document: Located) -> dict[str, str]:
    found = {}
    for name, value in document.items("workspace", "dependencies"):
        written = (
            value.value
            if isinstance(value.value, str)
            else value.text("version") or value.text("git") or value.text("path")
        )
        if written:
            found[value.text("package") or str(name)] = written
    return found


def _catalogs(document: Located) -> dict[str, str]:
    return {
        f"{catalog}:{name}": value.value
        for catalog, _, name, value in npm.catalogs(document)
        if isinstance(value.value, str)
    }


_COLLECTORS: tuple[tuple[str, str, Callable[[Located], dict[str, str]]], ...] = (
    ("Cargo.toml", "cargo", _cargo),
    ("pnpm-workspace.yaml", "npm", _catalogs),
)


# -- Maven's parents and BOMs ------------------------------------------------------------------------------------

_MAX_PARENTS = 20


def _maven_parents(readings: list[Reading], _: Workspaces) -> list[Reading]:
    poms = {
        reading.path: reading.source.xml
        for reading in readings
        if reading.format.read is maven.read and reading.identity
    }
    if len(poms) < 2:
        return readings
    names = {maven.own(project).name: path for path, project in poms.items()}
    return [
        replace(
            reading,
            declared=tuple(maven.declared(poms[reading.path], *_relatives(reading.path, poms, names))),
        )
        if reading.path in poms
        else reading
        for reading in readings
    ]


def _relatives(
    path: str, poms: dict[str, XmlElement], names: dict[str, str]
) -> tuple[list[XmlElement], list[XmlElement]]:
    """The project's parents, nearest first, and the BOMs of this repository that they import, with their parents."""
    parents = [poms[parent] for parent in _parents(path, poms, names)]
    imported: list[XmlElement] = []
    for project in (poms[path], *parents):
        properties = maven.properties_of((project, *parents))
        for bom in maven.imports(project, properties):
            bom_path = names.get(bom.name)
            if bom_path and bom_path != path:
                imported += [poms[bom_path], *(poms[parent] for parent in _parents(bom_path, poms, names))]
    return parents, imported


def _parents(path: str, poms: dict[str, XmlElement], names: dict[str, str]) -> Iterator[str]:
    for _ in range(_MAX_PARENTS):
        parent = poms[path].find("parent")
        if parent is None:
            return
        relative = parent.text_of("relativePath") or "../pom.xml"
        candidate = posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))
        beside = candidate if candidate in poms else posixpath.join(candidate, "pom.xml")
        if beside not in poms or poms[beside].text_of("artifactId") != parent.text_of("artifactId"):
            beside = names.get(f"{parent.text_of('groupId')}:{parent.text_of('artifactId')}", "")
        if not beside or beside == path:
            return
        yield beside
        path = beside


# -- Gradle's version catalogs and properties --------------------------------------------------------------------


def _gradle_catalogs(readings: list[Reading], _: Workspaces) -> list[Reading]:
    catalogs: dict[str, object] = {}
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
    reading: Reading, catalogs: dict[str, object], values: dict[str, dict[str, str]]
) -> Iterator[Declared]:
    folder = next(_nearest(reading.folder, catalogs), None)
    catalog = catalogs.get(folder) if folder is not None else None
    libraries, bundles = _catalog(catalog) if isinstance(catalog, Reading) else ({}, {})
    known = {
        key: value
        for above in reversed(list(_nearest(reading.folder, dict(values))))
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
    return gradle.catalog_of(document), gradle.bundles_of(document)


# -- NuGet's Directory.Packages.props ------------------------------------------------------------------------------


def _nuget_central(readings: list[Reading], _: Workspaces) -> list[Reading]:
    central: dict[str, object] = {
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


def _with_central(reading: Reading, central: dict[str, object]) -> Reading:
    folder = next(_nearest(reading.folder, central), None)
    table = central.get(folder) if folder is not None else None
    if not isinstance(table, dict):
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
