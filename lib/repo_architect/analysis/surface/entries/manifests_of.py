"""Entry points that package manifests declare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Located
from repo_architect.analysis.surface.entries.entry import Entry

MAX_EXPORTS = 200


class Documents(Protocol):
    """Parsed manifests by path."""

    def document(self, path: str) -> Located | None:
        """The parsed manifest."""


def pyproject(_: FileTree, file: SourceFile, manifests: Documents) -> Iterator[Entry]:
    document = manifests.document(file.path)
    if document is None:
        return
    for kind, *keys in (
        ("console_script", "project", "scripts"),
        ("gui_script", "project", "gui-scripts"),
        ("console_script", "tool", "poetry", "scripts"),
    ):
        for key, value in document.items(*keys):
            target = (
                value.value
                if isinstance(value.value, str)
                else value.text("callable") or value.text("reference")
            )
            yield Entry(kind, str(key), file.path, key.line, target)
    for group, members in document.items("project", "entry-points"):
        for key, value in members.items():
            yield Entry("plugin", f"{group}:{key}", file.path, key.line, value.text())


def package_json(_: FileTree, file: SourceFile, manifests: Documents) -> Iterator[Entry]:
    document = manifests.document(file.path)
    if document is None:
        return
    name = document.text("name") or file.folder.rpartition("/")[2] or "."
    for field in ("main", "module", "browser"):
        value = document.at(field)
        if value is not None and isinstance(value.value, str):
            yield Entry(field, name, file.path, value.line, value.value)
    yield from _bin(document, name, file.path)
    exports = document.at("exports")
    if exports is not None:
        yield from list(_exports(exports, name, file.path, ""))[:MAX_EXPORTS]


def _bin(document: Located, name: str, path: str) -> Iterator[Entry]:
    value = document.at("bin")
    if value is not None and isinstance(value.value, str):
        yield Entry("bin", name.rpartition("/")[2], path, value.line, value.value)
    for key, target in document.items("bin"):
        yield Entry("bin", str(key), path, key.line, target.text())


def _exports(value: Located, name: str, path: str, below: str) -> Iterator[Entry]:
    """One entry a subpath: conditions (`import`, `require`) lead to the first file they name."""
    if isinstance(value.value, str):
        yield Entry("exports", name + below, path, value.line, value.value)
        return
    subpaths = [(key, found) for key, found in value.items() if key.startswith(".")]
    for key, found in subpaths:
        target = _first_file(found)
        if target is not None:
            yield Entry("exports", name + str(key).removeprefix("."), path, key.line, target)
    target = _first_file(value) if not subpaths else None
    if target is not None:
        yield Entry("exports", name, path, value.line, target)


def _first_file(value: Located, depth: int = 0) -> str | None:
    if isinstance(value.value, str) or depth > 8:
        return value.text()
    below = (_first_file(found, depth + 1) for key, found in value.items() if key != "types")
    return next((target for target in below if target is not None), None)


def cargo(tree: FileTree, file: SourceFile, manifests: Documents) -> Iterator[Entry]:
    document = manifests.document(file.path)
    if document is None:
        return
    for binary in document.elements("bin"):
        name = binary.text("name")
        if name is not None:
            yield Entry("bin", name, file.path, binary.line, binary.text("path"))
    package, line = document.text("package", "name"), document.at("package")
    folder = "" if file.folder == "." else f"{file.folder}/"
    if (
        package is not None
        and line is not None
        and f"{folder}src/main.rs" in tree
        and document.at("bin") is None
    ):
        yield Entry("bin", package, file.path, line.line, "src/main.rs")


def composer(_: FileTree, file: SourceFile, manifests: Documents) -> Iterator[Entry]:
    document = manifests.document(file.path)
    for value in document.elements("bin") if document is not None else ():
        if isinstance(value.value, str):
            yield Entry("bin", value.value.rpartition("/")[2], file.path, value.line, value.value)
