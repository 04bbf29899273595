"""The components of a repository: folders with a manifest that says who it is, and the workspaces they are in."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import kinds
from repo_architect.analysis.manifests.model import Identity
from repo_architect.analysis.manifests.report import Reading, innermost
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Component


@dataclass(frozen=True)
class Layout:
    """Components, and for each folder of one the folder whose workspace it is a member of."""

    components: tuple[Component, ...]
    workspaces: dict[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_folders", {component.path: component.id for component in self.components})

    def component_of(self, path: str) -> str | None:
        return innermost(self._folders, path)  # type: ignore[attr-defined]


def lay_out(tree: FileTree, readings: list[Reading], name: str) -> Layout:
    """Find the components. There is always one: a repository without manifests is a component itself."""
    heads = _heads(readings)
    heads.update(_weak_heads(tree, readings, heads))
    workspaces = _members(readings, heads)
    managers = _managers(readings, workspaces)
    heads = {
        folder: own
        for folder, own in heads.items()
        if folder in workspaces
        or own[0].standing != "test"
        or any(reading.identity and reading.identity.name for reading in own)
    }
    components = [
        _component(folder, own, tree, workspaces=workspaces, managers=managers, name=name)
        for folder, own in heads.items()
    ]
    if not components:
        components = [Component(id=".", name=name, path=".", kind="unknown", manifest=None)]
    return Layout(tuple(sorted(components, key=lambda component: component.path)), workspaces)


def _heads(readings: list[Reading]) -> dict[str, list[Reading]]:
    """Folders whose manifests say who they are."""
    heads: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.identity is not None:
            heads[reading.folder].append(reading)
    return dict(heads)


def _weak_heads(
    tree: FileTree, readings: list[Reading], heads: dict[str, list[Reading]]
) -> dict[str, list[Reading]]:
    """Folders with only a list of requirements beside code or a Dockerfile: a service without a package."""
    found: dict[str, list[Reading]] = {}
    code = {
        file.folder for file in tree if file.name.endswith((".py", ".js", ".ts")) or file.name == "Dockerfile"
    }
    for reading in readings:
        eligible = (
            reading.format.weak and reading.folder not in heads and reading.standing in ("own", "example")
        )
        if eligible and (reading.folder == "." or reading.folder in code):
            found.setdefault(reading.folder, []).append(reading)
    return found


def _members(readings: list[Reading], heads: dict[str, list[Reading]]) -> dict[str, str]:
    """For each member of a workspace, the folder of its head."""
    members: dict[str, str] = {}
    for reading in readings:
        if reading.identity and reading.identity.members:
            wanted = _matcher(reading.identity.members)
            unwanted = _matcher(reading.identity.excluded)
            prefix = "" if reading.folder == "." else reading.folder + "/"
            for folder in heads:
                below = folder[len(prefix) :] if folder.startswith(prefix) else None
                if below and below != "." and wanted.fullmatch(below) and not unwanted.fullmatch(below):
                    members.setdefault(folder, reading.folder)
    return members


def _speaks_for_folder(reading: Reading) -> tuple[bool, bool, bool]:
    """Which of a folder's manifests names its component: one with a name, not weak, not private tooling."""
    identity = reading.identity
    private = identity is not None and "private" in identity.traits
    return (bool(identity and identity.name), not private, bool(identity and identity.version))


def _matcher(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_expression(glob) for glob in globs) or r"(?!)")


def _expression(glob: str) -> str:
    parts = [part for part in glob.strip("/").split("/") if part not in ("", ".")]
    pieces = [r"(?:[^/]+/)*" if part == "**" else _piece(part) + "/" for part in parts]
    whole = "".join(pieces)
    if parts and parts[-1] == "**":
        return whole + "[^/]+"
    return whole.removesuffix("/")


def _piece(part: str) -> str:
    choices = re.sub(
        r"\\\{([^}]*)\\\}", lambda found: "(?:" + found[1].replace(",", "|") + ")", re.escape(part)
    )
    return choices.replace(r"\*", "[^/]*").replace(r"\?", "[^/]")


def _managers(readings: list[Reading], workspaces: dict[str, str]) -> dict[tuple[str, str], str]:
    """The package manager of a folder and ecosystem: what wrote its lock, else what its manifest is for."""
    found: dict[tuple[str, str], str] = {}
    for kind in ("lock", "workspace", "manifest"):
        for reading in readings:
            if reading.format.kind == kind and reading.format.manager:
                found.setdefault((reading.folder, reading.format.ecosystem), reading.format.manager)
    for member, head in workspaces.items():
        for (folder, ecosystem), manager in list(found.items()):
            if folder == head:
                found.setdefault((member, ecosystem), manager)
    return found


def _component(
    folder: str,
    readings: list[Reading],
    tree: FileTree,
    *,
    workspaces: dict[str, str],
    managers: dict[tuple[str, str], str],
    name: str,
) -> Component:
    first = max(readings, key=_speaks_for_folder)
    identity = first.identity or Identity(None)
    declared_manager = kinds.manager_of(first)
    return Component(
        id=folder,
        name=identity.name or (name if folder == "." else folder.rpartition("/")[2]),
        path=folder,
        kind=kinds.kind_of(folder, readings, tree),
        manifest=first.path,
        package_manager=declared_manager
        or managers.get((folder, first.format.ecosystem))
        or kinds.DEFAULT_MANAGERS.get(first.format.ecosystem),
        workspace=workspaces.get(folder),
        version=identity.version,
        description=identity.description,
        evidence=(Evidence(path=first.path, line=identity.line),),
    )
