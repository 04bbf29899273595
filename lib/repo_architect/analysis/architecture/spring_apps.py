"""Which Spring applications there are: their folder, name, settings, annotations and libraries."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field

from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.documents import settings
from repo_architect.analysis.architecture.facts import Annotation, Setting
from repo_architect.analysis.architecture.graph import Graph, Part, normal
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_SETTINGS = re.compile(
    r"^(?:(.+)/)?src/main/resources/(?:config/)?(application|bootstrap)(-[\w.]+)?\.(ya?ml|properties)$"
)
_MAIN = (
    "SpringBootApplication",
    "EnableEurekaServer",
    "EnableConfigServer",
    "EnableZuulProxy",
    "EnableAdminServer",
    "EnableZipkinServer",
)
_ARTIFACT = re.compile(
    r"<artifactId>\s*([\w.\-]+)\s*</artifactId>|[\"']([\w.\-]+):([\w.\-]+)(?::[^\"']*)?[\"']"
)
_PLACEHOLDER = re.compile(r"\$\{([\w.\-]+)(?::([^}]*))?\}")
_UNLIKELY_PROFILE = re.compile(r"-(test|tests|it|e2e|ci)$")


@dataclass
class Application:
    """A Spring application. `settings` are its own first, then those that the configuration server has for it."""

    part: Part
    folder: str
    settings: list[Setting] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    artifacts: dict[str, Evidence] = field(default_factory=dict)
    own_artifacts: frozenset[str] = frozenset()
    """Names that a build file gives to itself and to its parent."""

    def local(self, *keys: str) -> list[Setting]:
        return [setting for setting in self.settings if setting.key in keys]

    def resolve(self, value: str) -> str:
        """The value with placeholders replaced by this application's settings, else by their defaults."""
        for _ in range(3):
            value = _PLACEHOLDER.sub(self._replace, value)
        return value

    def _replace(self, match: re.Match[str]) -> str:
        own = self.local(match[1])
        return own[0].value if own else (match[2] if match[2] is not None else "")


def applications(graph: Graph, tree: FileTree, calls: Calls) -> list[Application]:
    """The applications by folder, each with a part of the graph."""
    own = _own_settings(tree)
    notes = _annotations(calls)
    mains = {folder for folder, found in notes.items() if any(note.name in _MAIN for note in found)}
    folders = sorted(folder for folder in mains | set(own) if folder in mains or _names_itself(own[folder]))
    apps = [
        _application(graph, tree, folder, own.get(folder, []), notes.get(folder, [])) for folder in folders
    ]
    _add_served(tree, apps)
    return apps


def _own_settings(tree: FileTree) -> dict[str, list[Setting]]:
    found: dict[str, list[Setting]] = defaultdict(list)
    paths = [file.path for file in tree.files if _SETTINGS.match(file.path)]
    for path in sorted(paths, key=lambda path: (len(path), path)):
        match = _SETTINGS.match(path)
        if match and not _UNLIKELY_PROFILE.search(match[3] or ""):
            found[match[1] or "."].extend(settings(tree, path))
    return found


def _names_itself(own: list[Setting]) -> bool:
    return any(setting.key == "spring.application.name" for setting in own)


def _annotations(calls: Calls) -> dict[str, list[Annotation]]:
    """Annotations by the folder above `src/main`."""
    found: dict[str, list[Annotation]] = defaultdict(list)
    for note in calls.annotations:
        folder, main, _ = f"/{note.path}".partition("/src/main/")
        if main:
            found[folder.removeprefix("/") or "."].append(note)
    return found


def _application(
    graph: Graph, tree: FileTree, folder: str, own: list[Setting], notes: list[Annotation]
) -> Application:
    """The part is the one built in that folder, else the one with its name."""
    said = next((setting for setting in own if setting.key == "spring.application.name"), None)
    name = (said.value.strip() if said else "") or folder.rpartition("/")[2]
    name = (
        name
        if _PLACEHOLDER.sub("", name) == name and name != "."
        else folder.rpartition("/")[2] or "application"
    )
    built = [part for part in graph.parts if part.path == folder and folder != "."]
    part = (
        built[0]
        if built
        else graph.find(name) or graph.find_similar(folder.rpartition("/")[2]) or graph.part(name)
    )
    graph.call(part, name, *([folder.rpartition("/")[2]] if folder != "." else []))
    part.path = part.path or folder
    part.own = True
    part.runs = True
    part.evidence.extend(
        [said.evidence] if said else [note.evidence for note in notes if note.name in _MAIN][:1]
    )
    return Application(part, folder, own, notes, _artifacts(tree, folder), _own_artifacts(tree, folder))


def _artifacts(tree: FileTree, folder: str) -> dict[str, Evidence]:
    """Names of the libraries in the build file of a folder."""
    found: dict[str, Evidence] = {}
    for name in ("pom.xml", "build.gradle", "build.gradle.kts"):
        path = posixpath.normpath(posixpath.join(folder, name))
        if path in tree:
            for number, line in enumerate((tree.text(path) or "").splitlines(), 1):
                for match in _ARTIFACT.finditer(line):
                    found.setdefault(match[1] or match[3], Evidence(path=path, line=number))
    return found


def _own_artifacts(tree: FileTree, folder: str) -> frozenset[str]:
    text = tree.text(posixpath.normpath(posixpath.join(folder, "pom.xml"))) or ""
    head = text.partition("<dependencies>")[0].partition("<dependencyManagement>")[0]
    return frozenset(match[1] for match in _ARTIFACT.finditer(head) if match[1])


def _add_served(tree: FileTree, apps: list[Application]) -> None:
    """Give each application what a configuration server in the repository has for it: files with its name, and for all."""
    for folder in _served_folders(tree, apps):
        for file in tree.files:
            name, dot, extension = file.name.rpartition(".")
            if file.folder != folder or extension not in ("yml", "yaml", "properties") or not dot:
                continue
            for app in apps:
                if _is_for(name, app) and file.path not in {setting.path for setting in app.settings}:
                    app.settings.extend(settings(tree, file.path))


def _served_folders(tree: FileTree, apps: list[Application]) -> list[str]:
    """Folders with files named after at least two applications, or after one beside an application.yml."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in tree.files:
        name = file.name.rpartition(".")[0]
        if file.name.endswith((".yml", ".yaml", ".properties")) and "/src/test/" not in f"/{file.path}":
            for app in apps:
                if _names(name, app):
                    found[file.folder].add(app.part.name)
    return sorted(
        folder for folder, names in found.items() if len(names) > 1 or f"{folder}/application.yml" in tree
    )


def _is_for(name: str, app: Application) -> bool:
    serves = any(note.name == "EnableConfigServer" for note in app.annotations)
    return not serves and (name == "application" or _names(name, app))


def _names(name: str, app: Application) -> bool:
    aliases = {normal(alias) for alias in app.part.aliases}
    return normal(name) in aliases or (
        normal(name.rpartition("-")[0]) in aliases and not _UNLIKELY_PROFILE.search(name)
    )
