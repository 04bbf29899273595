"""Which Spring applications there are: their folder, name, settings, annotations and libraries."""

from __future__ import annotations

import re
from collections import defaultdict

from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.deployment import Deployments
from repo_architect.analysis.architecture.facts import Annotation, Setting
from repo_architect.analysis.architecture.graph import Graph, Part, stem
from repo_architect.analysis.architecture.jvm_builds import artifacts, modules, pieces
from repo_architect.analysis.architecture.spring_application import PLACEHOLDER, Application
from repo_architect.analysis.architecture.spring_served import add_served
from repo_architect.analysis.architecture.spring_settings import of_environment, own_settings
from repo_architect.analysis.files import FileTree

_MAIN = (
    "SpringBootApplication",
    "SpringCloudApplication",
    "EnableEurekaServer",
    "EnableConfigServer",
    "EnableZuulProxy",
    "EnableAdminServer",
    "EnableZipkinServer",
)
_DOCUMENTS = re.compile(r"(docs?|documentation|website)(/|$)", re.IGNORECASE)
_WRAPPED = re.compile(r"[-_.](container|deployment|deploy|docker|image|pod|statefulset)$", re.IGNORECASE)


def applications(graph: Graph, tree: FileTree, calls: Calls, deployments: Deployments) -> list[Application]:
    """The applications by folder, each with a part of the graph."""
    own = own_settings(tree)
    notes = _annotations(calls)
    mains = {folder for folder, found in notes.items() if any(note.name in _MAIN for note in found)}
    folders = sorted(folder for folder in mains | set(own) if folder in mains or _names_itself(own[folder]))
    folders = [folder for folder in folders if not _DOCUMENTS.match(folder)] or folders
    apps = [
        _application(graph, tree, folder, own.get(folder, []), notes.get(folder, [])) for folder in folders
    ]
    _add_pieces(graph, tree, apps)
    add_served(tree, apps)
    for app in apps:
        _add_environment(app, deployments)
    _listen(graph, apps)
    return apps


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
        if PLACEHOLDER.sub("", name) == name and name != "."
        else folder.rpartition("/")[2] or "application"
    )
    part = _deployed(graph, folder, name) or graph.part(name)
    if _WRAPPED.search(part.name) and stem(_WRAPPED.sub("", part.name)) == stem(name):
        part.name = name
    graph.call(part, name, *([folder.rpartition("/")[2]] if folder != "." else []))
    if part.path not in (None, folder):
        # a folder that only has its name is not where it is built
        part.more = tuple(dict.fromkeys((*part.more, part.path or folder)))
    part.path = folder
    part.own = True
    part.runs = True
    part.evidence.extend(
        [said.evidence] if said else [note.evidence for note in notes if note.name in _MAIN][:1]
    )
    return Application(part, folder, list(own), notes, artifacts(tree, folder))


def _deployed(graph: Graph, folder: str, name: str) -> Part | None:
    """The part that a file deploys for an application: built in its folder, of its name, or of its name and a word for what wraps it."""
    built = [part for part in graph.parts if part.path == folder and folder != "."]
    last = folder.rpartition("/")[2]
    found = built[0] if built else graph.find(name) or graph.find_similar(last) or graph.find_similar(name)
    if found:
        return found
    names = {stem(name), stem(last)}
    wrapped = [
        part
        for part in graph.parts
        if part.path is None
        and part.technology is None
        and any(stem(_WRAPPED.sub("", alias)) in names for alias in part.aliases if _WRAPPED.search(alias))
    ]
    return wrapped[0] if len(wrapped) == 1 else None


def _add_pieces(graph: Graph, tree: FileTree, apps: list[Application]) -> None:
    """Give each application the libraries of the repository that it is built with, and theirs."""
    known = modules(tree)
    running = {app.folder for app in apps}
    for app in apps:
        found = {
            folder: libraries
            for folder, libraries in pieces(tree, app.folder, known).items()
            if folder not in running
        }
        app.pieces = tuple(found)
        graph.pieces.update(found)
        for libraries in found.values():
            app.artifacts = {**libraries, **app.artifacts}


def _add_environment(app: Application, deployments: Deployments) -> None:
    """Put first what the containers of an application are told."""
    told = [
        setting
        for part, service in deployments
        if part is app.part
        for setting in of_environment(service.environment)
    ]
    app.settings[:0] = told


def _listen(graph: Graph, apps: list[Application]) -> None:
    """Say which ports of the machine applications listen on."""
    for app in apps:
        for setting in app.local("server.port"):
            port = app.resolve(setting.value).strip()
            if port.isdigit() and port != "0":
                graph.listen(app.part, port)
