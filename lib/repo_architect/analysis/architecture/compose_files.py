"""Which files compose a repository's services, and what their variables stand for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from repo_architect.analysis.architecture.documents import is_aside, yaml_documents
from repo_architect.analysis.architecture.variables import Variables, beside
from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Located

_NAME = re.compile(r"(docker-)?(compose|stack)[\w.-]*\.ya?ml$", re.IGNORECASE)
_FOLDER = re.compile(r"(^|/)(docker[-_]?)?compose/[^/]+\.ya?ml$", re.IGNORECASE)
_SERVICES = re.compile(r"^services:[ \t]*(#.*)?$(?:\n|.)*?[\s{](image|build):", re.MULTILINE)
_LESSER = frozenset({"example", "examples", "samples", "sample", "docs", "doc", "demo", "demos", "contrib", "dev", "ci", "benchmark", "benchmarks"})  # fmt: skip
_FOR_DEVELOPERS = frozenset({".devcontainer", ".github", ".gitlab", ".gitpod", ".vscode", ".circleci"})

_PLACES = frozenset({"docker", "dockerfiles", "build", "deploy", "deployment", "container", "containers", ".docker", "compose", "infra", "ops", "packaging", "images"})  # fmt: skip
_FOR_TESTS = re.compile(r"[._-](tests?|ci|e2e|integration|bench(mark)?)\.ya?ml$", re.IGNORECASE)


class ComposeFile(NamedTuple):
    """A compose file, what its variables stand for, and its documents."""

    tree: FileTree
    path: str
    variables: Variables

    def text(self, value: Located, *path: str) -> str | None:
        text = value.text(*path)
        return self.variables.fill(text) if text else text

    def beside(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), name))


def compose_files(tree: FileTree) -> list[ComposeFile]:
    """The compose files and what they include, the plain ones first.

    Those of examples are read only where there are no others, those of development containers and tests after these.
    """
    paths = [file.path for file in tree.files if _composes(tree, file) and not is_aside(tree, file.path)]
    best = min(map(_rank, paths), default=0)
    # the plain file names a service before its variants for development do
    chosen = sorted(
        (path for path in paths if _rank(path) == best), key=lambda path: (path.count("/"), len(path), path)
    )
    files = [ComposeFile(tree, path, beside(tree, path)) for path in chosen]
    included = {path: file for file in files for path in _included(file) if path not in chosen}
    return files + [ComposeFile(tree, path, file.variables) for path, file in included.items()]


def _rank(path: str) -> int:
    """0 for what runs the product, 1 for examples of it, 2 for what its developers and tests run."""
    folders = set(path.lower().split("/")[:-1])
    if folders & _FOR_DEVELOPERS or _FOR_TESTS.search(path):
        return 2
    return 1 if folders & _LESSER else 0


def _composes(tree: FileTree, file: SourceFile) -> bool:
    """By its name, else by its folder's name and what it says."""
    if _NAME.match(file.name):
        return True
    placed = _FOLDER.search(file.path) and file.size < 200_000
    return bool(placed and _SERVICES.search(tree.text(file.path) or ""))


def _included(file: ComposeFile) -> Iterator[str]:
    """Files that a compose file includes, whatever they are called."""
    for document in yaml_documents(file.tree, file.path):
        for entry in document.elements("include"):
            single = entry.value if isinstance(entry.value, str) else entry.text("path")
            names = [single] if single else [str(part.value) for part in entry.elements("path")]
            for name in names:
                path = file.beside(file.variables.fill(name))
                if path in file.tree and path != file.path:
                    yield path


def is_place_for_dockerfiles(folder: str) -> bool:
    return folder.rpartition("/")[2].lower() in _PLACES
