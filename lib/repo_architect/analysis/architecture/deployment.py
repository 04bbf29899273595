"""Parts for deployed services: the same service in several files is one part."""

from __future__ import annotations

import posixpath

from repo_architect.analysis.architecture import containers
from repo_architect.analysis.architecture.compose import Deployed
from repo_architect.analysis.architecture.graph import Graph, Part, normal, stem
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport

Deployments = list[tuple[Part, Deployed]]


def add_deployed(
    graph: Graph, tree: FileTree, manifests: ManifestReport, services: list[Deployed]
) -> Deployments:
    """A part for each service; what it is told by its image or Dockerfile, its folder by its build or its name."""
    folders = _folders_by_name(tree)
    deployments = []
    for service in services:
        part = graph.part(service.name, *service.aliases)
        part.evidence.append(service.evidence)
        part.runs = True
        part.path = (
            part.path
            or service.folder
            or folders.get(normal(service.name))
            or _folder_of_image(service, folders)
        )
        known = _known(tree, service, part)
        if known:
            part.technology, part.protocol = known.technology.name, known.technology.protocol
            part.kind = known.technology.kind
            part.evidence.append(known.evidence)
        part.own = part.path is not None
        part.component = manifests.component_of(part.path) if part.path else None
        deployments.append((part, service))
    for part, service in deployments:
        for name, how, line in service.needs:
            target = graph.find(name)
            if target:
                graph.tie(part, target, target_kind(target, "uses"), how, [line], strength=1)
    return deployments


def target_kind(target: Part, otherwise: str = "http") -> str:
    """How a part is talked to: its technology's protocol."""
    return target.protocol.lower() or otherwise


def _known(tree: FileTree, service: Deployed, part: Part) -> containers.Known | None:
    if part.technology:
        return None
    if service.dockerfile or (part.path and not service.image):
        found = containers.of_dockerfile(
            tree, service.dockerfile or posixpath.join(part.path or ".", "Dockerfile")
        )
        if found and found.technology.kind == "gateway" and _has_code(tree, part.path):
            return None
        return found
    return containers.of_image(service.image, service.evidence.path, service.image_line)


def _has_code(tree: FileTree, folder: str | None) -> bool:
    return folder is not None and any(
        f"{folder}/{name}" in tree for name in ("package.json", "pubspec.yaml", "Cargo.toml", "pom.xml")
    )


def _folders_by_name(tree: FileTree) -> dict[str, str]:
    """Folders with a Dockerfile, by their name; the shallowest of equal ones."""
    files = sorted(tree.named("Dockerfile"), key=lambda file: (-file.path.count("/"), file.path))
    folders = [_named_folder(file.folder) for file in files]
    return {normal(folder.rpartition("/")[2]): folder for folder in folders if folder != "."}


def _named_folder(folder: str) -> str:
    """The folder, or the one above when its own name says nothing of the service."""
    while folder.rpartition("/")[2].lower() in ("src", "docker", "build", "deploy", "container"):
        folder = folder.rpartition("/")[0] or "."
    return folder


def _folder_of_image(service: Deployed, folders: dict[str, str]) -> str | None:
    """The folder that an image of the repository's own is named after."""
    if not service.image or containers.of_image(service.image, service.evidence.path, 1):
        return None
    name = service.image.partition(":")[0].rpartition("/")[2]
    exact = folders.get(normal(name))
    ending = [folder for key, folder in folders.items() if stem(name).endswith(stem(key)) and len(key) > 3]
    return exact or (ending[0] if len(ending) == 1 else None)
