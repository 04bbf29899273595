"""What the manifests say, whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from repo_architect.analysis.located import Located, Malformed, XmlElement
from repo_architect.analysis.manifests.folders import Standing
from repo_architect.analysis.manifests.formats import Format
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Component, Dependency, LockFile


@dataclass(frozen=True, slots=True)
class Reading:
    """A manifest or lock file and what was read from it."""

    source: Source
    format: Format
    standing: Standing
    declared: tuple[Declared, ...]
    locked: tuple[Locked, ...]
    identity: Identity | None

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def folder(self) -> str:
        return self.source.folder


@dataclass(frozen=True)
class ManifestReport:
    """Components, dependencies and lock files, each sorted, and the documents they were read from."""

    components: tuple[Component, ...]
    dependencies: tuple[Dependency, ...]
    lock_files: tuple[LockFile, ...]
    readings: tuple[Reading, ...] = field(repr=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_path", {reading.path: reading for reading in self.readings})
        object.__setattr__(self, "_folders", {component.path: component.id for component in self.components})

    def component_of(self, path: str) -> str | None:
        """The id of the innermost component that holds a path, None where none does."""
        return innermost(self._folders, path)  # type: ignore[attr-defined]

    def document(self, path: str) -> Located | None:
        """The parsed document of a manifest in TOML, JSON or YAML; None for another file, a lock or a malformed one."""
        reading = self._by_path.get(path)  # type: ignore[attr-defined]
        if reading is None or reading.source.parser is None:
            return None
        try:
            return reading.source.document  # type: ignore[no-any-return]
        except Malformed:
            return None

    def xml(self, path: str) -> XmlElement | None:
        """The root element of a manifest in XML; None for another file or a malformed one."""
        reading = self._by_path.get(path)  # type: ignore[attr-defined]
        try:
            return reading.source.xml if reading is not None else None
        except Malformed:
            return None

    def manifests(self, *names: str) -> tuple[str, ...]:
        """Paths of the manifests and locks that were read, with one of these file names, if names are given."""
        return tuple(reading.path for reading in self.readings if not names or reading.source.name in names)


def innermost(folders: dict[str, str], path: str) -> str | None:
    """The value of the deepest of `folders` that holds the path (a folder holds itself)."""
    while True:
        if path in folders:
            return folders[path]
        if path == "." or not path:
            return None
        path = path.rpartition("/")[0] or "."
