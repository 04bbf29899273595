"""Maven: versions from parents and BOMs of the same repository."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from repo_architect.analysis.located import XmlElement
from repo_architect.analysis.manifests.readers import maven
from repo_architect.analysis.manifests.report import Reading

_MAX_PARENTS = 20


def fill(readings: list[Reading], _: dict[str, str]) -> list[Reading]:
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
