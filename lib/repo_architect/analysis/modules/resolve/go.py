"""Go: import paths to folders, by the module paths of go.mod files."""

from __future__ import annotations

import re

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.resolve import paths

MODULE = re.compile(r"^[ \t]*module\s+\"?([^\s\"/][^\s\"]*)", re.MULTILINE)


class GoResolver:
    """Finds the folder of a package of the repository, and the file that stands for it."""

    def __init__(self, tree: FileTree) -> None:
        self._modules = _modules(tree)
        self._sources: dict[str, list[str]] = {}
        for file in tree.files:
            if file.name.endswith(".go"):
                self._sources.setdefault(file.folder, []).append(file.path)

    def folder(self, specifier: str) -> str | None:
        """The folder of an import path, None for one of no module here."""
        for module, root in self._modules:
            if specifier == module or specifier.startswith(module + "/"):
                folder = paths.join(root, specifier[len(module) + 1 :])
                if folder in self._sources:
                    return folder
        return None

    def face(self, folder: str) -> str | None:
        """The file that stands for a package: doc.go, the one named as the folder, or the first that is no test."""
        files = [path for path in self._sources.get(folder, ()) if not path.endswith("_test.go")]
        name = folder.rpartition("/")[2]
        preferred = [f"{folder}/{name}.go", f"{folder}/doc.go"]
        return next((path for path in preferred if path in files), min(files, default=None))

    def resolve(self, importing: str, specifier: str, name: str | None = None) -> str | None:  # noqa: ARG002
        """The file that stands for the package of an import path."""
        folder = self.folder(specifier)
        return self.face(folder) if folder is not None else None


def _modules(tree: FileTree) -> list[tuple[str, str]]:
    """Module paths with their folders, the longest path first."""
    found = []
    for file in tree.named("go.mod"):
        written = MODULE.search(tree.text(file.path) or "")
        if written and "vendor" not in file.path.split("/") and "testdata" not in file.path.split("/"):
            found.append((written[1], file.folder))
    return sorted(found, key=lambda row: (-len(row[0]), row))
