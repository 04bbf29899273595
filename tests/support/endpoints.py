"""Endpoints of a repository made by a test: files by path, languages by extension, imports by file name."""

from __future__ import annotations

import posixpath
from pathlib import Path

from repo_architect.analysis.endpoints import Routes, compose
from repo_architect.analysis.files import FileTree, Verdict, read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.syntax import scan
from repo_architect.contracts.repo_shape import Endpoint

LANGUAGES = {
    ".py": "Python", ".js": "JavaScript", ".mjs": "JavaScript", ".cjs": "JavaScript", ".jsx": "JavaScript",
    ".ts": "TypeScript", ".mts": "TypeScript", ".tsx": "TSX", ".go": "Go", ".java": "Java", ".kt": "Kotlin",
    ".kts": "Kotlin", ".cs": "C#", ".rs": "Rust", ".rb": "Ruby", ".ru": "Ruby", ".php": "PHP", ".ex": "Elixir", ".exs": "Elixir", ".swift": "Swift", ".dart": "Dart", ".hs": "Haskell",
    ".scala": "Scala", ".groovy": "Groovy", ".yaml": "YAML", ".yml": "YAML", ".json": "JSON", ".svelte": "Svelte", ".astro": "Astro", ".vue": "Vue",
    ".graphql": "GraphQL", ".proto": "Protocol Buffer", ".toml": "TOML",
}  # fmt: skip
_SUFFIXES = (
    "",
    ".ts",
    ".tsx",
    ".js",
    ".mjs",
    ".cjs",
    ".jsx",
    "/index.ts",
    "/index.js",
    "/index.mjs",
    "/index.tsx",
)


class FileNames:
    """Resolves imports by file names alone."""

    def __init__(self, tree: FileTree) -> None:
        self.paths = {file.path for file in tree}
        self.roots = sorted({"", *(_above(path) for path in self.paths if path.endswith(".py"))})

    def resolve(
        self, importing_path: str, specifier: str, language: str, name: str | None = None
    ) -> str | None:
        if language == "Python":
            return self._python(importing_path, specifier, name)
        return self._script(importing_path, specifier)

    def _python(self, importing: str, specifier: str, name: str | None) -> str | None:
        dots = len(specifier) - len(specifier.lstrip("."))
        parts = [part for part in specifier.lstrip(".").split(".") if part]
        roots = [self._up(importing, dots)] if dots else [*_parents(importing), *self.roots]
        for root in roots:
            base = posixpath.join(root, *parts)
            for found in ([posixpath.join(base, name)] if name else []) + [base]:
                for path in (f"{found}.py", posixpath.join(found, "__init__.py")):
                    if posixpath.normpath(path) in self.paths:
                        return posixpath.normpath(path)
            if name and parts and (module := f"{base}.py") in self.paths:
                return module
        return None

    @staticmethod
    def _up(importing: str, dots: int) -> str:
        folder = posixpath.dirname(importing)
        for _ in range(dots - 1):
            folder = posixpath.dirname(folder)
        return folder

    def _script(self, importing: str, specifier: str) -> str | None:
        if specifier.startswith("."):
            base = posixpath.normpath(posixpath.join(posixpath.dirname(importing), specifier))
        elif specifier.startswith(("@/", "~/", "src/")):
            base = posixpath.normpath("src/" + specifier.split("/", 1)[1])
        else:
            return None
        stems = [base, base.removesuffix(".js"), base.removesuffix(".mjs")]
        candidates = (stem + suffix for stem in stems for suffix in _SUFFIXES)
        return next((path for path in candidates if path in self.paths), None)


def _above(path: str) -> str:
    return posixpath.dirname(posixpath.dirname(path))


def _parents(path: str) -> list[str]:
    found = []
    while path:
        path = posixpath.dirname(path)
        found.append(path)
    return found


class NoManifests:
    """Everything belongs to no component."""

    components = ()
    dependencies = ()

    def component_of(self, path: str) -> str | None:
        return None

    def document(self, path: str) -> None:
        return None


def read(root: Path) -> FileTree:
    tree = read_tree(root, Limits(), Notes())
    tree.verdicts = {file.path: Verdict(LANGUAGES.get(Path(file.path).suffix)) for file in tree}
    return tree


def endpoints_of(root: Path) -> tuple[Endpoint, ...]:
    """The endpoints of the repository below `root`."""
    tree = read(root)
    routes = Routes()
    scan(tree, [routes])
    return compose(tree, routes, NoManifests(), FileNames(tree))


def endpoints(root: Path, **files: str) -> list[str]:
    """`METHOD path` of each endpoint of the files given by path, written below `root`."""
    write(root, files)
    return [f"{found.method} {found.path}" for found in endpoints_of(root)]


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
