"""C#: which project's files another project sees, and the namespaces that a project takes for all its files."""

from __future__ import annotations

import re

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.resolve import paths

REFERENCE = re.compile(r"<ProjectReference\s[^>]{0,500}?Include\s*=\s*\"([^\"]+)\"", re.IGNORECASE)
PACKAGE = re.compile(r"<PackageReference\s[^>]{0,500}?Include\s*=\s*\"([^\"]+)\"", re.IGNORECASE)
USING = re.compile(r"<Using\s+Include\s*=\s*\"([\w.]+)\"", re.IGNORECASE)
SHARED = frozenset({"directory.build.props", "directory.build.targets"})


class DotnetProjects:
    """Projects by folder, with the folders of those that they refer to, near or far, by path or as a published package."""

    def __init__(self, tree: FileTree) -> None:
        named = {
            file.name[: -len(".csproj")].lower(): file.folder
            for file in tree.files
            if file.name.endswith(".csproj")
        }
        direct: dict[str, set[str]] = {}
        self.usings: list[tuple[str, str]] = []
        """Folders and the namespaces that all files below them take."""
        for file in tree.files:
            if not file.name.endswith(".csproj") and file.name.lower() not in SHARED:
                continue
            text = tree.text(file.path) or ""
            self.usings += [(file.folder, name) for name in USING.findall(text)]
            if file.name.endswith(".csproj"):
                written = REFERENCE.findall(text)
                targets = (paths.join(file.folder, include.replace("\\", "/")) for include in written)
                direct.setdefault(file.folder, set()).update(
                    paths.parent(target) for target in targets if target
                )
                direct[file.folder] |= {
                    named[name.lower()] for name in PACKAGE.findall(text) if name.lower() in named
                }
        self._seen = {folder: _reached(folder, direct) for folder in direct}
        self._project: dict[str, str | None] = {}

    def sees(self, path: str, other: str) -> bool:
        """Whether code in one file can name what another declares; always where a file is of no project."""
        project, target = self._of(paths.parent(path)), self._of(paths.parent(other))
        return project is None or target is None or target in self._seen[project]

    def _of(self, folder: str) -> str | None:
        if folder not in self._project:
            self._project[folder] = next(
                (above for above in paths.ancestors(folder) if above in self._seen), None
            )
        return self._project[folder]


def _reached(folder: str, direct: dict[str, set[str]]) -> frozenset[str]:
    """References of references are seen too."""
    seen, pending = {folder}, [folder]
    while pending:
        for target in direct.get(pending.pop(), ()):
            if target not in seen:
                seen.add(target)
                pending.append(target)
    return frozenset(seen)
