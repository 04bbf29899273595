"""NuGet: project files, packages.config, nuspec, project.json, Paket, and their lock files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import XmlElement
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_PROPERTY = re.compile(r"\$\((\w+)\)")


def read_project(source: Source) -> Iterator[Declared | Locked]:
    """PackageReference and command-line tools; ProjectReference is local. `Update` only amends what is included."""
    properties = _properties(source.xml)
    references = list(source.xml.iter("PackageReference"))
    updates = {entry.get("Update"): _field(entry, "Version") for entry in references if entry.get("Update")}
    for entry in references:
        name = entry.get("Include")
        if name:
            version = _field(entry, "Version") or _field(entry, "VersionOverride") or updates.get(name)
            yield Declared(name, _expanded(version, properties), _scope(entry), entry.line)
    for entry in source.xml.iter("DotNetCliToolReference"):
        if entry.get("Include"):
            yield Declared(
                entry.get("Include") or "",
                _expanded(_field(entry, "Version"), properties),
                "development",
                entry.line,
            )
    for entry in source.xml.iter("ProjectReference"):
        if entry.get("Include"):
            path = (entry.get("Include") or "").replace("\\", "/")
            yield Declared(
                path.rpartition("/")[2].rpartition(".")[0] or path, None, "runtime", entry.line, local=True
            )
    yield from _references(source.xml)


def _references(project: XmlElement) -> Iterator[Declared]:
    """`<Reference Include="Name, Version=1.0, …">`: assemblies by name, of packages where there is a version."""
    for entry in project.iter("Reference"):
        name, *rest = (entry.get("Include") or "").split(",")
        version = next(
            (part.partition("=")[2].strip() for part in rest if part.strip().startswith("Version=")), None
        )
        if name and version:
            yield Declared(name.strip(), version, "runtime", entry.line)


def _field(entry: XmlElement, name: str) -> str | None:
    return entry.get(name) or entry.text_of(name)


def _properties(project: XmlElement) -> dict[str, str]:
    return {entry.tag: entry.text for group in project.findall("PropertyGroup") for entry in group.children}


def _expanded(text: str | None, properties: dict[str, str]) -> str | None:
    filled = _PROPERTY.sub(lambda found: properties.get(found[1], found[0]), text) if text else None
    return filled or None


def _scope(entry: XmlElement) -> Scope:
    private = (_field(entry, "PrivateAssets") or "").lower()
    return "development" if private == "all" else "runtime"


def identify_project(source: Source) -> Identity | None:
    project = source.xml
    if project.tag != "Project":
        return None
    fields = _properties(project)
    described = next(
        (e for group in project.findall("PropertyGroup") for e in group.findall("Description")), None
    )
    sdk = (project.get("Sdk") or "").lower()
    runs = fields.get("OutputType", "").lower() in ("exe", "winexe") or "web" in sdk or "worker" in sdk
    tests = fields.get("IsTestProject", "").lower() == "true"
    return Identity(
        name=fields.get("PackageId") or fields.get("AssemblyName") or source.name.rpartition(".")[0],
        line=project.line,
        version=_expanded(fields.get("Version") or fields.get("VersionPrefix"), fields),
        description=described.text if described and described.text else None,
        description_line=described.line if described else None,
        traits=frozenset(
            {"web service"} if "web" in sdk else {"started"} if runs else {"private"} if tests else {"built"}
        ),
    )


def central_versions(project: XmlElement) -> dict[str, str]:
    """Versions that Directory.Packages.props gives to the projects below it."""
    properties = _properties(project)
    found = {}
    for entry in project.iter("PackageVersion"):
        name = entry.get("Include") or entry.get("Update")
        version = _expanded(_field(entry, "Version"), properties)
        if name and version:
            found[name.lower()] = version
    return found


def read_central(source: Source) -> Iterator[Declared | Locked]:
    """What applies to every project: global references; the versions alone are no dependency."""
    properties = _properties(source.xml)
    for tag in ("GlobalPackageReference", "PackageReference"):
        for entry in source.xml.iter(tag):
            name = entry.get("Include")
            if name:
                scope: Scope = "development" if tag == "GlobalPackageReference" else _scope(entry)
                yield Declared(name, _expanded(_field(entry, "Version"), properties), scope, entry.line)


def read_config(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.xml.iter("package"):
        if entry.get("id"):
            development = (entry.get("developmentDependency") or "").lower() == "true"
            yield Declared(
                entry.get("id") or "",
                entry.get("version"),
                "development" if development else "runtime",
                entry.line,
            )


def read_nuspec(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.xml.iter("dependency"):
        if entry.get("id"):
            development = (entry.get("developmentDependency") or "").lower() == "true"
            scope: Scope = "development" if development else "runtime"
            yield Declared(entry.get("id") or "", entry.get("version"), scope, entry.line)


def read_project_json(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items("dependencies"):
        version = value.value if isinstance(value.value, str) else value.text("version")
        yield Declared(name, version, "runtime", name.line, ecosystem="nuget")


# -- locks ------------------------------------------------------------------------------------------------------


def read_lock(source: Source) -> Iterator[Declared | Locked]:
    """packages.lock.json: frameworks to packages."""
    for _, framework in source.document.items("dependencies"):
        for name, value in framework.items():
            if value.text("type") != "Project":
                yield Locked(name, value.text("resolved"), name.line)


def read_libraries(source: Source) -> Iterator[Declared | Locked]:
    """project.lock.json, project.assets.json and *.deps.json: `libraries`, else `targets`, from `Name/1.0.0`."""
    document = source.document
    tables = (
        [document.at("libraries")]
        if document.at("libraries")
        else [table for _, table in document.items("targets")]
    )
    for table in tables:
        for key, value in table.items() if table else ():
            name, slash, version = key.rpartition("/")
            if slash and value.text("type") in (None, "package"):
                yield Locked(name, version, key.line)


def read_paket(source: Source) -> Iterator[Declared | Locked]:
    """paket.dependencies: `nuget Name ~> 1.0`, in groups."""
    group = ""
    for number, line in source.lines():
        heading = re.match(r"\s*group\s+(\w+)", line)
        group = heading[1].lower() if heading else group
        found = re.match(r"\s*nuget\s+(\S+)\s*([^#/]*)", line)
        if found:
            version = re.sub(r"\b(?:\w+:.*|prerelease|alpha|beta|rc)\s*$", "", found[2].strip()).strip()
            yield Declared(
                found[1],
                version or None,
                "test" if "test" in group else "development" if group in ("build", "dev") else "runtime",
                number,
            )


def read_paket_lock(source: Source) -> Iterator[Declared | Locked]:
    """Packages are four spaces deep below NUGET; what they need is deeper."""
    section = ""
    for number, line in source.lines():
        section = line.strip() if re.match(r"[A-Z]+\s*$", line) else section
        found = re.match(r" {4}(\S+) \(([^)]+)\)", line)
        if found and section == "NUGET":
            yield Locked(found[1], found[2], number)
