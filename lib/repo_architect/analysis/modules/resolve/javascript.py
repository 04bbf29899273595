"""JavaScript and TypeScript: specifiers to files, as bundlers and tsc with source in view resolve them."""

from __future__ import annotations

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.resolve import paths
from repo_architect.analysis.modules.resolve.bundlers import BundlerAliases
from repo_architect.analysis.modules.resolve.documents import Documents
from repo_architect.analysis.modules.resolve.node_packages import NodePackages
from repo_architect.analysis.modules.resolve.tsconfig import TsConfigs

EXTENSIONS = (
    ".ts",
    ".tsx",
    ".js",
    ".jsx",
    ".d.ts",
    ".mts",
    ".cts",
    ".mjs",
    ".cjs",
    ".d.mts",
    ".d.cts",
    ".vue",
    ".svelte",
    ".astro",
)
WRITTEN_FOR = {  # what a written extension may stand for in the source
    ".js": (".ts", ".tsx", ".d.ts", ".jsx"),
    ".jsx": (".tsx",),
    ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts", ".d.cts"),
}  # fmt: skip


class JavaScriptResolver:
    """Finds the source files that specifiers of JavaScript and TypeScript lead to."""

    def __init__(self, tree: FileTree, documents: Documents) -> None:
        self._files = {file.path for file in tree.files if file.name.endswith(EXTENSIONS)}
        self._packages = NodePackages(tree, documents)
        self._configs = TsConfigs(documents, self._packages)
        self._aliases = BundlerAliases(tree)
        self._found: dict[tuple[str, str], str | None] = {}

    def resolve(self, importing: str, specifier: str, name: str | None = None) -> str | None:  # noqa: ARG002
        """The file, None for what is external, an asset, or missing."""
        folder = paths.parent(importing)
        key = (folder, specifier)
        if key not in self._found:
            self._found[key] = self._resolve(folder, specifier.partition("?")[0])
        return self._found[key]

    def _resolve(self, folder: str, specifier: str) -> str | None:
        if specifier.startswith((".", "/")):
            return None if specifier.startswith("/") else self._at(paths.join(folder, specifier))
        given = (self._configs, self._aliases, self._packages)
        options = (candidate for source in given for candidate in source.candidates(folder, specifier))
        return next((found for candidate in options if (found := self._at(candidate)) is not None), None)

    def _at(self, path: str | None) -> str | None:
        """The source file that a path without, or with, extension means; else the folder's main or index file."""
        if path is None:
            return None
        return self._file(path) or self._main(path) or self._file(f"{path}/index" if path != "." else "index")

    def _file(self, path: str) -> str | None:
        if path in self._files:
            return path
        stem, dot, extension = path.rpartition(".")
        for other in WRITTEN_FOR.get(dot + extension, ()):
            if stem + other in self._files:
                return stem + other
        return next((path + extension for extension in EXTENSIONS if path + extension in self._files), None)

    def _main(self, folder: str) -> str | None:
        for candidate in self._packages.mains(folder):
            found = self._file(candidate) or self._file(f"{candidate}/index")
            if found is not None:
                return found
        return None
