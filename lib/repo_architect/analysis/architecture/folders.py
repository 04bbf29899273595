"""Which folder of the repository a deployed service is made of, by its name and by its image."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from repo_architect.analysis.architecture import containers
from repo_architect.analysis.architecture.deployed import Deployed
from repo_architect.analysis.architecture.documents import supports
from repo_architect.analysis.architecture.graph import normal, stem
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport

# `name-latest`, `name-1.2`: the end of a tag that tells a version
_TAG_END = re.compile(r"[-_.](latest|main|master|dev|stable|v?\d[\w.]*)$")


class Folders(NamedTuple):
    """Folders with a Dockerfile, and folders with a manifest, by their name; the shallowest of equal ones."""

    built: dict[str, str]
    declared: dict[str, str]


def folders_by_name(tree: FileTree, manifests: ManifestReport) -> Folders:
    """The folders of a repository that services can be made of."""
    files = sorted(tree.named("Dockerfile"), key=lambda file: (-file.path.count("/"), file.path))
    paths = sorted(
        (component.path for component in manifests.components), key=lambda path: (-path.count("/"), path)
    )
    declared = [path for path in paths if not supports(f"{path}/x")]
    return Folders(_by_name(_named_folder(file.folder) for file in files), _by_name(declared))


def folder_by_name(service: Deployed, folders: Folders) -> str | None:
    """A folder called like a service; for an image of others only one with a Dockerfile."""
    found = folders.built.get(normal(service.name))
    known = containers.of_image(service.image, service.evidence.path, 1)
    return (
        found
        or (None if known else folders.declared.get(normal(service.name)))
        or _folder_of_image(service, folders)
        or (None if known or not service.image else _alike(service.name, folders.declared))
    )


def _alike(name: str, declared: dict[str, str]) -> str | None:
    """The one folder whose name differs from a service's by an ending such as -app."""
    found = {folder for key, folder in declared.items() if len(stem(name)) > 3 and stem(key) == stem(name)}
    return found.pop() if len(found) == 1 else None


def _folder_of_image(service: Deployed, folders: Folders) -> str | None:
    """The folder that an image of the repository's own is named after."""
    if not service.image or containers.of_image(service.image, service.evidence.path, 1):
        return None
    name, _, tag = service.image.rpartition("/")[2].partition(":")
    words = (normal(name), normal(_TAG_END.sub("", tag)))
    exact = next((found for word in words for known in folders if (found := known.get(word))), None)
    ending = [
        folder for key, folder in folders.built.items() if stem(name).endswith(stem(key)) and len(key) > 3
    ]
    return exact or (ending[0] if len(ending) == 1 else None)


def _by_name(folders: Iterable[str]) -> dict[str, str]:
    known = [folder for folder in folders if folder != "."]
    # `com.example.shop.orders` is the folder of orders, where no other is
    dotted = {normal(folder.rpartition(".")[2]): folder for folder in known if folder.count(".") > 1}
    last = Counter(normal(folder.rpartition(".")[2]) for folder in set(known) if folder.count(".") > 1)
    names = {normal(folder.rpartition("/")[2]): folder for folder in known}
    return {**{name: folder for name, folder in dotted.items() if last[name] == 1}, **names}


def _named_folder(folder: str) -> str:
    """The folder, or the one above when its own name says nothing of the service."""
    while folder.rpartition("/")[2].lower() in ("src", "docker", "build", "deploy", "container"):
        folder = folder.rpartition("/")[0] or "."
    return folder
