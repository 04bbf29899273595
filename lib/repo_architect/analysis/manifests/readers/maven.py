"""pom.xml with its parents, properties and managed versions; ivy.xml and the resolvers' reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repo_architect.analysis.located import XmlElement
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_SCOPES: dict[str, Scope] = {"test": "test", "provided": "build", "system": "build"}
_PROPERTY = re.compile(r"\$\{([^}]+)\}")
_MAX_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Group, artifact and version as written."""

    group: str | None
    artifact: str | None
    version: str | None

    @property
    def name(self) -> str:
        return f"{self.group}:{self.artifact}"


def read(source: Source) -> Iterator[Declared | Locked]:
    yield from declared(source.xml, ())


def declared(
    project: XmlElement, parents: Sequence[XmlElement], imported: Sequence[XmlElement] = ()
) -> Iterator[Declared]:
    """Dependencies of a project; `parents` nearest first, `imported` the projects it imports versions from."""
    chain = (project, *parents)
    properties = properties_of(chain)
    managed = _managed(chain, imported, properties)
    entries = [
        *project.findall("dependencies/dependency"),
        *project.findall("profiles/profile/dependencies/dependency"),
    ]
    for entry in entries:
        yield from _dependency(entry, properties, managed)
    for path in ("build/plugins/plugin", "build/extensions/extension"):
        for entry in project.findall(path):
            yield from _plugin(entry, properties, managed)
    for entry in project.findall("dependencyManagement/dependencies/dependency"):
        if entry.text_of("scope") == "import":
            yield from _dependency(entry, properties, managed, "build")


def _dependency(
    entry: XmlElement, properties: dict[str, str], managed: dict[str, XmlElement], scope: Scope | None = None
) -> Iterator[Declared]:
    at = coordinates(entry, properties)
    if not at.group or not at.artifact:
        return
    governed = managed.get(at.name)
    version = at.version or (expand(governed.text_of("version"), properties) if governed else None)
    written = (
        expand(entry.text_of("scope") or (governed.text_of("scope") if governed else None), properties)
        or "compile"
    )
    optional = expand(entry.text_of("optional"), properties) == "true"
    found = scope or _SCOPES.get(written) or ("optional" if optional else "runtime")
    yield Declared(at.name, version, found, _line(entry))


def _plugin(
    entry: XmlElement, properties: dict[str, str], managed: dict[str, XmlElement]
) -> Iterator[Declared]:
    at = coordinates(entry, properties)
    if at.artifact:
        name = f"{at.group or 'org.apache.maven.plugins'}:{at.artifact}"
        governed = managed.get("plugin " + name)
        version = at.version or (expand(governed.text_of("version"), properties) if governed else None)
        yield Declared(name, version, "build", _line(entry), group="plugin")


def _line(entry: XmlElement) -> int:
    artifact = entry.find("artifactId")
    return artifact.line if artifact else entry.line


def coordinates(entry: XmlElement, properties: dict[str, str]) -> Coordinates:
    """The element's coordinates with properties filled in; what is unknown stays as written."""
    return Coordinates(
        *(expand(entry.text_of(tag), properties) for tag in ("groupId", "artifactId", "version"))
    )


def expand(text: str | None, properties: dict[str, str]) -> str | None:
    """Text with `${…}` filled in, through properties of properties."""
    for _ in range(_MAX_DEPTH):
        if not text or "${" not in text:
            break
        filled = _PROPERTY.sub(lambda found: properties.get(found[1].strip(), found[0]), text)[:1000]
        if filled == text:
            break
        text = filled
    return text.strip() if text else None


def properties_of(chain: Sequence[XmlElement]) -> dict[str, str]:
    """Properties of the project and its parents, the nearest winning, and what Maven calls its own."""
    found: dict[str, str] = {}
    for project in reversed(chain):
        for table in project.findall("properties"):
            found.update({entry.tag: entry.text for entry in table.children})
    for tag in ("groupId", "artifactId", "version"):
        value = chain[0].text_of(tag) or chain[0].text_of(f"parent/{tag}")
        if value:
            found.update({f"project.{tag}": value, f"pom.{tag}": value})
            found.setdefault(tag, value)
        inherited = chain[0].text_of(f"parent/{tag}")
        if inherited:
            found[f"project.parent.{tag}"] = inherited
    return found


def _managed(
    chain: Sequence[XmlElement], imported: Sequence[XmlElement], properties: dict[str, str]
) -> dict[str, XmlElement]:
    found: dict[str, XmlElement] = {}
    for project in (*chain, *imported):
        for entry in project.findall("dependencyManagement/dependencies/dependency"):
            found.setdefault(coordinates(entry, properties).name, entry)
        for entry in project.findall("build/pluginManagement/plugins/plugin"):
            at = coordinates(entry, properties)
            found.setdefault(f"plugin {at.group or 'org.apache.maven.plugins'}:{at.artifact}", entry)
    return found


def imports(project: XmlElement, properties: dict[str, str]) -> Iterator[Coordinates]:
    """The BOMs whose managed versions the project imports."""
    for entry in project.findall("dependencyManagement/dependencies/dependency"):
        if entry.text_of("scope") == "import":
            yield coordinates(entry, properties)


def own(project: XmlElement) -> Coordinates:
    """The project's own coordinates, group and version from its parent where it gives none."""
    return Coordinates(
        project.text_of("groupId") or project.text_of("parent/groupId"),
        project.text_of("artifactId"),
        project.text_of("version") or project.text_of("parent/version"),
    )


def identify(source: Source) -> Identity | None:
    project = source.xml
    at = own(project)
    if project.tag != "project" or not at.artifact:
        return None
    artifact, described = project.find("artifactId"), project.find("description")
    modules = [
        module.text
        for path in ("modules/module", "profiles/profile/modules/module")
        for module in project.findall(path)
    ]
    return Identity(
        name=at.name if at.group else at.artifact,
        line=artifact.line if artifact else project.line,
        version=expand(at.version, properties_of((project,))),
        description=" ".join(described.text.split()) if described and described.text else None,
        description_line=described.line if described else None,
        members=tuple(module.removesuffix("/pom.xml") for module in modules if module),
        traits=frozenset(() if project.text_of("packaging") in ("war", "ear", "pom") else ("built",)),
    )


# -- ivy --------------------------------------------------------------------------------------------------------


def read_ivy(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.xml.findall("dependencies/dependency"):
        if entry.get("org") and entry.get("name"):
            yield Declared(f"{entry.get('org')}:{entry.get('name')}", entry.get("rev"), "runtime", entry.line)


def read_ivy_report(source: Source) -> Iterator[Declared | Locked]:
    """`<module organisation name><revision name/></module>`; evicted revisions are not in use."""
    if source.xml.tag != "ivy-report":
        return
    for module in source.xml.findall("dependencies/module"):
        for revision in module.findall("revision"):
            if not revision.get("evicted"):
                yield Locked(
                    f"{module.get('organisation')}:{module.get('name')}", revision.get("name"), revision.line
                )


# -- what resolvers print ---------------------------------------------------------------------------------------

_RESOLVED = re.compile(r"^(?:\[INFO\])?[\s|+\\-]*([\w.-]+):([\w.-]+):[\w.-]+(?::[\w.-]+)?:([^:\s]+):(\w+)")


def read_resolved(source: Source) -> Iterator[Declared | Locked]:
    """`group:artifact:type:version:scope` a line, as `mvn dependency:list` prints."""
    for number, line in source.lines():
        found = _RESOLVED.match(re.sub(r"\x1b\[[0-9;]*m", "", line))
        if found:
            yield Locked(f"{found[1]}:{found[2]}", found[3], number, _SCOPES.get(found[4], "runtime"))


def read_verification(source: Source) -> Iterator[Declared | Locked]:
    """Gradle's verification-metadata.xml: every artifact whose content it checks."""
    for entry in source.xml.findall("components/component"):
        yield Locked(f"{entry.get('group')}:{entry.get('name')}", entry.get("version"), entry.line)
