"""Configuration files that resolvers read, parsed once."""

from __future__ import annotations

from collections.abc import Callable

from repo_architect.analysis import located
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located, Malformed
from repo_architect.analysis.modules.owners import Owners

READERS: dict[str, Callable[[str], Located]] = {
    ".json": located.jsonc,
    ".jsonc": located.jsonc,
    ".toml": located.toml,
    ".yaml": located.yaml,
    ".yml": located.yaml,
}
EMPTY = Located({}, 1)


class Documents:
    """Parsed configuration by path. A malformed one is noted and reads as an empty table."""

    def __init__(self, tree: FileTree, manifests: Owners | None = None) -> None:
        self._tree = tree
        self._manifests = manifests
        self._read: dict[str, Located | None] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._tree

    def get(self, path: str) -> Located | None:
        """The document, None where there is no such file."""
        if path not in self._read:
            self._read[path] = self._load(path) if path in self._tree else None
        return self._read[path]

    def _load(self, path: str) -> Located:
        parsed = self._manifests.document(path) if self._manifests is not None else None
        if parsed is not None:
            return parsed
        reader = READERS.get(path[path.rfind(".") :], located.jsonc)
        text = self._tree.text(path)
        try:
            return reader(text) if text is not None else EMPTY
        except Malformed:
            self._tree.notes.skip("malformed", "configuration that module resolution needs", path)
            return EMPTY
