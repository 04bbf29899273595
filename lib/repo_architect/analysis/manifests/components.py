"""The components of a repository: folders with a manifest that says who it is, and the workspaces they are in."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import kinds, workspaces
from repo_architect.analysis.manifests.model import Identity
from repo_architect.analysis.manifests.report import Reading, innermost
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Component

_CODE = (".py", ".js", ".ts", ".rb", ".go", ".pl", ".jl")
_HELPERS = frozenset(
    {"scripts", "script", "hack", "tools", "ci", "build", "bin", "utils", ".github", "dev", "deploy"}
)
_ENDINGS = {
    "py": "pypi", "js": "npm", "jsx": "npm", "ts": "npm", "tsx": "npm", "mjs": "npm", "vue": "npm", "svelte": "npm", "go": "golang",
    "rs": "cargo", "java": "maven", "kt": "maven", "scala": "maven", "cs": "nuget", "fs": "nuget", "rb": "gem", "php": "composer",
    "ex": "hex", "exs": "hex", "erl": "hex", "gleam": "hex", "dart": "pub", "swift": "swift", "cpp": "vcpkg", "c": "vcpkg",
    "hs": "hackage", "R": "cran", "jl": "julia",
}  # fmt: skip


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
    heads.update(_settings_heads(tree, readings, heads))
    heads.update(_weak_heads(tree, readings, heads))
    members = workspaces.members(readings, heads)
    used = kinds.used_names(readings)
    found = _Finder(tree, members, _managers(readings, members), used, name)
    heads = {folder: found.with_lists(folder, own, readings) for folder, own in heads.items()}
    components = [
        found.component(folder, own) for folder, own in heads.items() if _stands_alone(folder, own, members)
    ]
    if not components:
        components = [found.whole(readings)]
    return Layout(tuple(sorted(components, key=lambda component: component.path)), members)


def _heads(readings: list[Reading]) -> dict[str, list[Reading]]:
    """Folders whose manifests say who they are."""
    heads: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.identity is not None:
            heads[reading.folder].append(reading)
    return dict(heads)


def _settings_heads(
    tree: FileTree, readings: list[Reading], heads: dict[str, list[Reading]]
) -> dict[str, list[Reading]]:
    """Folders that Gradle's settings include and that have no script of their own: the root's configures them."""
    folders = {folder for file in tree for folder in _above(file.folder)}
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.format.manager == "gradle" and reading.format.kind == "workspace" and reading.identity:
            for member in reading.identity.members:
                folder = posixpath.normpath(posixpath.join(reading.folder, member))
                if folder in folders and folder not in heads:
                    identity = Identity(None, _line_of(reading.source.text, member))
                    found[folder] = [replace(reading, identity=identity)]
    return found


def _above(folder: str) -> Iterator[str]:
    while folder not in ("", "."):
        yield folder
        folder = folder.rpartition("/")[0]


def _line_of(text: str, member: str) -> int:
    spelt = member.replace("/", ":")
    return next((n for n, line in enumerate(text.splitlines(), 1) if spelt in line), 1)


def _weak_heads(
    tree: FileTree, readings: list[Reading], heads: dict[str, list[Reading]]
) -> dict[str, list[Reading]]:
    """Folders with only a list of requirements beside code or a Dockerfile: a service without a package."""
    found: dict[str, list[Reading]] = {}
    code = {file.folder for file in tree if file.name.endswith(_CODE) or file.name == "Dockerfile"}
    for reading in readings:
        eligible = (
            reading.format.weak and reading.folder not in heads and reading.standing in ("own", "example")
        )
        helper = reading.folder.rpartition("/")[2].lower() in _HELPERS
        if eligible and (reading.folder == "." or (reading.folder in code and not helper)):
            found.setdefault(reading.folder, []).append(reading)
    return found


def _stands_alone(folder: str, readings: list[Reading], members: dict[str, str]) -> bool:
    """Whether a folder is a component: not a folder of tests, unless it is in a workspace or has a name."""
    named = any(reading.identity and reading.identity.name for reading in readings)
    return folder in members or readings[0].standing != "test" or named


def _managers(readings: list[Reading], members: dict[str, str]) -> dict[tuple[str, str], str]:
    """The package manager that wrote the lock of a folder and ecosystem, or of the workspace it is in."""
    found: dict[tuple[str, str], str] = {}
    for kind in ("lock", "workspace"):
        for reading in readings:
            if reading.format.kind == kind and reading.format.manager:
                found.setdefault((reading.folder, reading.format.ecosystem), reading.format.manager)
    for member, head in members.items():
        for (folder, ecosystem), manager in list(found.items()):
            if folder == head:
                found.setdefault((member, ecosystem), manager)
    return found


@dataclass(frozen=True)
class _Finder:
    tree: FileTree
    members: dict[str, str]
    managers: dict[tuple[str, str], str]
    used: frozenset[tuple[str, str]]
    name: str

    def component(self, folder: str, readings: list[Reading]) -> Component:
        first = self._speaks_for(folder, readings)
        identity = first.identity or Identity(None)
        described = Evidence(path=first.path, line=identity.description_line or 1)
        evidence = (Evidence(path=first.path, line=identity.line), described)
        return Component(
            id=folder,
            name=identity.name or self._name_by_place(folder, first),
            path=folder,
            kind=kinds.kind_of(folder, readings, self.tree, self.used),
            manifest=first.path,
            package_manager=self._manager(folder, first),
            workspace=self.members.get(folder),
            version=identity.version,
            description=identity.description,
            evidence=evidence if identity.description_line else evidence[:1],
        )

    def with_lists(self, folder: str, own: list[Reading], readings: list[Reading]) -> list[Reading]:
        """The manifests of a folder, with the lists of requirements in it (a Gemfile) that most of its files are of."""
        lists = [
            reading
            for reading in readings
            if reading.folder == folder and reading.format.weak and reading not in own
        ]
        if not lists:
            return own
        counts = self._files_by_ecosystem(folder)
        most = max(counts[reading.format.ecosystem] for reading in own)
        return [*own, *(reading for reading in lists if counts[reading.format.ecosystem] > most)]

    def whole(self, readings: list[Reading]) -> Component:
        """The one component of a repository whose manifests name none."""
        terraform = next(
            (r.path for r in readings if r.format.ecosystem == "terraform" and r.folder == "."), None
        )
        kind: kinds.Kind = "infrastructure" if terraform else "unknown"
        evidence = (Evidence(path=terraform, line=1),) if terraform else ()
        return Component(id=".", name=self.name, path=".", kind=kind, manifest=terraform, evidence=evidence)

    def _speaks_for(self, folder: str, readings: list[Reading]) -> Reading:
        """Which of a folder's manifests names its component: one with a name, of what most of its files are."""
        named = [
            reading
            for reading in readings
            if reading.format.weak or (reading.identity and reading.identity.name)
        ]
        if len({reading.format.ecosystem for reading in named}) > 1:
            counts = self._files_by_ecosystem(folder)
            return max(named, key=lambda reading: counts[reading.format.ecosystem])
        return max(named or readings, key=_says)

    def _files_by_ecosystem(self, folder: str) -> Counter[str]:
        prefix = "" if folder == "." else folder + "/"
        endings = (file.path.rpartition(".")[2] for file in self.tree if file.path.startswith(prefix))
        return Counter(ecosystem for ending in endings if (ecosystem := _ENDINGS.get(ending)))

    def _name_by_place(self, folder: str, first: Reading) -> str:
        """The last part of the path; in Gradle the project's path below its root, for there last parts repeat."""
        if folder == ".":
            return self.name
        head = self.members.get(folder)
        if first.format.manager == "gradle" and head is not None:
            return folder.removeprefix(f"{head}/").replace("/", ":")
        return folder.rpartition("/")[2]

    def _manager(self, folder: str, first: Reading) -> str | None:
        ecosystem = first.format.ecosystem
        locked = self.managers.get((folder, ecosystem)) if ecosystem != "maven" else None
        return (
            kinds.manager_of(first) or locked or first.format.manager or kinds.DEFAULT_MANAGERS.get(ecosystem)
        )


def _says(reading: Reading) -> tuple[bool, bool]:
    identity = reading.identity
    return bool(identity and identity.name), bool(identity and identity.version)
