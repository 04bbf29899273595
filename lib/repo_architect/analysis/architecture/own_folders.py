"""Whose code is whose where several services are built from one folder: by what their Dockerfiles name, and by folders named after them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from repo_architect.analysis.architecture.deployed import Deployed
from repo_architect.analysis.architecture.documents import supports
from repo_architect.analysis.architecture.graph import Part, normal, stem
from repo_architect.analysis.files import FileTree

# folders that hold a folder for each service
_HOLDERS = frozenset({"", "cmd", "internal", "apps", "app", "services", "service", "src", "source", "pkg", "packages", "projects", "microservices", "components", "servers"})  # fmt: skip
_WORDS = re.compile(r"[\w./@-]+")
_READS = re.compile(r"^[ \t]*(?:RUN|COPY|ADD|WORKDIR|CMD|ENTRYPOINT)\b", re.IGNORECASE)


def give_own_folders(tree: FileTree, deployments: list[tuple[Part, Deployed]]) -> None:
    """Parts that share a folder, but not what is done there, get folders of their own; the others keep it."""
    sharing: dict[str, dict[Part, Deployed]] = defaultdict(dict)
    for part, service in deployments:
        if part.own and part.path == service.folder and service.folder:
            sharing[service.folder].setdefault(part, service)
    folders = _folders(tree)
    for folder, services in sharing.items():
        if len(services) > 1 and len({_work(service) for service in services.values()}) > 1:
            _divide(tree, folder, services, folders)


def _work(service: Deployed) -> tuple[object, ...]:
    """What tells a service from another of the same folder."""
    said = tuple(
        setting.value
        for setting in service.environment
        if setting.key == "command" and setting.path != service.dockerfile
    )
    return service.dockerfile, service.arguments, said


def _divide(tree: FileTree, folder: str, services: dict[Part, Deployed], folders: set[str]) -> None:
    named = {part: set(_named(part, folder, folders)) for part in services}
    mentioned = {part: set(_mentioned(tree, service, folder, folders)) for part, service in services.items()}
    for part in services:
        others = set().union(*(mentioned[other] | named[other] for other in services if other is not part))
        own = _outermost(named[part] | (mentioned[part] - others))
        if own:
            own.sort(key=lambda path: (stem(posixpath.basename(path)) != stem(part.name), path))
            part.path, part.more = own[0], tuple(own[1:])


def _named(part: Part, folder: str, folders: set[str]) -> Iterator[str]:
    """Folders named after a part, beside those of others."""
    names = {normal(part.name)}
    for path in folders:
        inner = path if folder == "." else path.removeprefix(f"{folder}/")
        holder, _, name = inner.rpartition("/")
        if normal(name) in names and holder in _HOLDERS and (folder == "." or inner != path):
            yield path


def _mentioned(tree: FileTree, service: Deployed, folder: str, folders: set[str]) -> Iterator[str]:
    """Folders that a Dockerfile takes from where it is built."""
    text = (tree.text(service.dockerfile) or "") if service.dockerfile else ""
    for line in text.splitlines():
        for word in _WORDS.findall(line) if _READS.match(line) else ():
            path = posixpath.normpath(posixpath.join(folder, word.lstrip("/")))
            for place in (path, posixpath.dirname(path)):
                if place in folders and place not in (folder, ".") and "/" in word:
                    yield place
                    break


def _outermost(paths: set[str]) -> list[str]:
    return sorted(path for path in paths if not any(path.startswith(f"{other}/") for other in paths))


def _folders(tree: FileTree) -> set[str]:
    """The folders of the repository that hold code or more folders, without those of tests and documents."""
    found: set[str] = set()
    for file in tree.files:
        folder = file.folder
        while folder not in (".", "") and folder not in found and not supports(f"{folder}/x"):
            found.add(folder)
            folder = posixpath.dirname(folder)
    return found
