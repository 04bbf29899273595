"""C#: which project's files another project sees, by the references of .csproj files."""

from __future__ import annotations

import re

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.resolve import paths

REFERENCE = re.compile(r"<ProjectReference\s[^>]{0,500}?Include\s*=\s*\"([^\"]+)\"", re.IGNORECASE)


class DotnetProjects:
    """Projects by folder, with the folders of those that they refer to, near or far."""

    def __init__(self, tree: FileTree) -> None:
        direct: dict[str, set[str]] = {}
        for file in tree.files:
            if file.name.endswith(".csproj"):
                written = REFERENCE.findall(tree.text(file.path) or "")
                targets = (paths.join(file.folder, include.replace("\\", "/")) for include in written)
                direct.setdefault(file.folder, set()).update(
                    paths.parent(target) for target in targets if target
                )
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
