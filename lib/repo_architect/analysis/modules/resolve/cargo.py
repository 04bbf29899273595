"""Cargo packages of the repository: their crates and what each may name."""

from __future__ import annotations

from dataclasses import dataclass, field

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located
from repo_architect.analysis.modules.resolve import paths
from repo_architect.analysis.modules.resolve.documents import EMPTY, Documents

DEPENDENCIES = ("dependencies", "dev-dependencies", "build-dependencies")
TARGETS = ("bin", "test", "bench", "example")
FOLDERS = ("src/bin", "tests", "benches", "examples")


@dataclass
class CargoPackage:
    """A package: its library's root file and name, the roots of its other crates, and folders by extern name.

    `from_root`: paths that are not qualified begin at the crate's root, as they did before the edition of 2018.
    """

    folder: str
    name: str
    library: str | None
    roots: list[str]
    from_root: bool = False
    externs: dict[str, str] = field(default_factory=dict)


def cargo_packages(tree: FileTree, documents: Documents) -> dict[str, CargoPackage]:
    """Packages by folder."""
    sources: dict[str, list[str]] = {}
    for file in tree.files:
        if file.name.endswith(".rs"):
            sources.setdefault(file.folder, []).append(file.path)
    manifests = {file.folder: documents.get(file.path) or EMPTY for file in tree.named("Cargo.toml")}
    found = {
        folder: _package(tree, sources, folder, manifest)
        for folder, manifest in sorted(manifests.items())
        if manifest.at("package") is not None
    }
    for folder, package in found.items():
        package.externs = _externs(folder, manifests, found)
    return found


def _package(tree: FileTree, sources: dict[str, list[str]], folder: str, manifest: Located) -> CargoPackage:
    name = manifest.text("lib", "name") or (manifest.text("package", "name") or "").replace("-", "_")
    library = _existing(tree, folder, manifest.text("lib", "path") or "src/lib.rs")
    written = [text for kind in TARGETS for item in manifest.elements(kind) if (text := item.text("path"))]
    build = manifest.text("package", "build") or "build.rs"
    listed = [_existing(tree, folder, path) for path in ["src/main.rs", build, *written]]
    roots = [path for path in listed if path] + _conventional(sources, folder)
    edition = manifest.at("package", "edition")
    return CargoPackage(folder, name, library, roots, edition is None or edition.value == "2015")


def _existing(tree: FileTree, folder: str, relative: str) -> str | None:
    path = paths.join(folder, relative)
    return path if path is not None and path in tree else None


def _conventional(sources: dict[str, list[str]], folder: str) -> list[str]:
    """Crates that Cargo finds by place: src/bin/x.rs, tests/x.rs, tests/x/main.rs …"""
    found: list[str] = []
    for place in FOLDERS:
        base = paths.join(folder, place) or place
        found += sources.get(base, [])
        found += [
            f"{inner}/main.rs"
            for inner in sources
            if paths.parent(inner) == base and f"{inner}/main.rs" in sources[inner]
        ]
    return found


def _externs(folder: str, manifests: dict[str, Located], packages: dict[str, CargoPackage]) -> dict[str, str]:
    """Names that the package's code may begin a path with, to folders of the repository."""
    manifest = manifests[folder]
    tables = [manifest.items(kind) for kind in DEPENDENCIES]
    for _, target in manifest.items("target"):
        tables += [target.items(kind) for kind in DEPENDENCIES]
    externs: dict[str, str] = {}
    for key, value in (row for table in tables for row in table):
        base, entry = folder, value
        if isinstance(value.value, dict) and value.at("workspace") is not None:
            base, entry = _workspace_entry(folder, key, manifests)
        written = entry.text("path")
        target_folder = paths.join(base, written) if written is not None else None
        if target_folder in packages and target_folder is not None:
            renamed = entry.text("package") is not None or value.text("package") is not None
            externs[key.replace("-", "_") if renamed else packages[target_folder].name] = target_folder
    own = packages[folder]
    return externs | ({own.name: folder} if own.library else {})


def _workspace_entry(folder: str, key: str, manifests: dict[str, Located]) -> tuple[str, Located]:
    """The workspace's entry for a dependency, with the folder that its path is relative to."""
    for above in paths.ancestors(folder):
        entry = manifests.get(above, EMPTY).at("workspace", "dependencies", key)
        if entry is not None:
            return above, entry
    return folder, EMPTY
