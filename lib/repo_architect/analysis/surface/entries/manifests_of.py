"""Entry points that package manifests declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Protocol

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Located
from repo_architect.analysis.surface.entries.entry import Entry

MAX_EXPORTS = 200
MAX_PROGRAMS = 200
_EXECUTABLE = re.compile(r"^executable[ \t]+([\w.-]+)", re.MULTILINE | re.IGNORECASE)
_MAIN_IS = re.compile(r"^[ \t]+main-is[ \t]*:[ \t]*(\S+)", re.MULTILINE | re.IGNORECASE)
_STANZA_LENGTH = 1000


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


def cabal(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    """The programs that a Haskell package builds."""
    text = tree.text(file.path) or ""
    for found in islice(_EXECUTABLE.finditer(text), MAX_PROGRAMS):
        main = _MAIN_IS.search(text, found.end(), found.end() + _STANZA_LENGTH)
        line = text.count("\n", 0, found.start()) + 1
        yield Entry("bin", found[1], file.path, line, main[1] if main else None)


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
    """The programs of a crate: those that `[[bin]]` names, and `src/main.rs` and `src/bin/` as Cargo finds them."""
    document = manifests.document(file.path)
    package = document.text("package", "name") if document is not None else None
    head = document.at("package") if document is not None else None
    if document is None or package is None or head is None:
        return
    named: set[str] = set()
    for binary in document.elements("bin"):
        name = binary.text("name")
        if name is not None:
            path = binary.text("path") or _default_path(tree, file, name, package)
            named.add(path)
            yield Entry("bin", name, file.path, binary.line, path)
    if document.at("package", "autobins") is None:
        found = _discovered(tree, "" if file.folder == "." else f"{file.folder}/", package)
        yield from (
            Entry("bin", name, file.path, head.line, path) for name, path in found if path not in named
        )


def _default_path(tree: FileTree, file: SourceFile, name: str, package: str) -> str:
    prefix = "" if file.folder == "." else f"{file.folder}/"
    candidates = [f"src/bin/{name}.rs", f"src/bin/{name}/main.rs"]
    default = "src/main.rs" if name == package else candidates[0]
    return next((path for path in candidates if prefix + path in tree), default)


def _discovered(tree: FileTree, prefix: str, package: str) -> Iterator[tuple[str, str]]:
    if f"{prefix}src/main.rs" in tree:
        yield package, "src/main.rs"
    for file in tree.below(f"{prefix}src/bin"):
        path = file.path.removeprefix(prefix)
        folders = path.removeprefix("src/bin/").split("/")
        if len(folders) == 1 and path.endswith(".rs"):
            yield folders[0].removesuffix(".rs"), path
        elif len(folders) == 2 and folders[1] == "main.rs":
            yield folders[0], path


def composer(_: FileTree, file: SourceFile, manifests: Documents) -> Iterator[Entry]:
    document = manifests.document(file.path)
    for value in document.elements("bin") if document is not None else ():
        if isinstance(value.value, str):
            yield Entry("bin", value.value.rpartition("/")[2], file.path, value.line, value.value)
