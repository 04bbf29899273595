"""Python: dotted names to files, by source roots.

An absolute name is looked up in every folder that can be on the path: the folders above the importing file
that are no packages, nearest first, then the repository's other source roots, nearest first.
"""

from __future__ import annotations

from collections.abc import Iterable

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.resolve import paths
from repo_architect.analysis.modules.resolve.python_stdlib import STANDARD_LIBRARY

SUFFIXES = (".py", ".pyi")
SOURCE_FOLDERS = ("src", "lib", "python")
PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
ASIDE = frozenset({"test", "tests", "testing", "example", "examples", "docs", "doc", "demo", "fixtures", "testdata",
                   "samples", "benchmarks", "vendor", "third_party", "templates", "tutorials"})  # fmt: skip


class PythonResolver:
    """Finds the files that Python imports lead to."""

    def __init__(self, tree: FileTree) -> None:
        self._files = {file.path for file in tree.files if file.name.endswith(SUFFIXES)}
        self._folders = {above for path in self._files for above in paths.ancestors(paths.parent(path))}
        self._roots = self._source_roots(tree)
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}

    def resolve(self, importing: str, specifier: str, name: str | None = None) -> str | None:
        """The file of a module, or of its submodule `name`; None for what is not in the repository.

        A module that is missing is its package, which importing it runs.
        """
        for base in self._bases(importing, specifier):
            if name is not None and name != "*":
                below = self._module(f"{base}/{name}")
                if below is not None:
                    return below
            found = self._module(base) or self._package_of(base, specifier)
            if found is not None:
                return found
        return None

    def _bases(self, importing: str, specifier: str) -> tuple[str, ...]:
        """Paths without suffix that the specifier can mean, best first."""
        folder = paths.parent(importing)
        key = (folder, specifier)
        if key not in self._found:
            if specifier.startswith("."):
                self._found[key] = self._relative(folder, specifier)
            else:
                self._found[key] = self._absolute(folder, specifier)
        return self._found[key]

    @staticmethod
    def _relative(folder: str, specifier: str) -> tuple[str, ...]:
        tail = specifier.lstrip(".")
        base = paths.join(folder, "../" * (len(specifier) - len(tail) - 1) + tail.replace(".", "/"))
        return (base,) if base is not None else ()

    def _absolute(self, folder: str, specifier: str) -> tuple[str, ...]:
        top, _, rest = specifier.partition(".")
        if not top or (top in STANDARD_LIBRARY and not rest):
            return ()
        inner = specifier.replace(".", "/")
        bases = [paths.join(root, inner) or inner for root in self._candidates(folder, top)]
        whole = [base for base in bases if self._module(base) or base in self._folders]
        if whole or top in STANDARD_LIBRARY:
            return tuple(whole)
        return tuple(bases[:1])

    def _package_of(self, base: str, specifier: str) -> str | None:
        """The deepest package above a module that is missing (generated, or compiled); a plain module has none below."""
        for _ in range(specifier.strip(".").count(".")):
            base = paths.parent(base)
            if self._is_package(base):
                return self._module(base)
        return None

    def _candidates(self, folder: str, top: str) -> list[str]:
        above = [root for root in paths.ancestors(folder) if not self._is_package(root)]
        others = [root for root in self._roots.get(top, ()) if root not in above and _reachable(root, folder)]
        others.sort(key=lambda root: (-paths.shared(root, folder), root.count("/"), root))
        return [root for root in above + others if self._has(root, top)]

    def _has(self, root: str, top: str) -> bool:
        base = paths.join(root, top) or top
        return base in self._folders or self._module(base) is not None

    def _module(self, base: str) -> str | None:
        for suffix in SUFFIXES:
            for path in (f"{base}/__init__{suffix}", f"{base}{suffix}"):
                if path.removeprefix("./") in self._files:
                    return path.removeprefix("./")
        return None

    def _is_package(self, folder: str) -> bool:
        return folder != "." and any(f"{folder}/__init__{suffix}" in self._files for suffix in SUFFIXES)

    def _source_roots(self, tree: FileTree) -> dict[str, list[str]]:
        """Folders that are on the path by convention, by the top-level names they hold."""
        projects = {file.folder for file in tree.named(*PROJECT_FILES)}
        sources = {paths.join(project, name) or "." for project in projects for name in SOURCE_FOLDERS}
        roots: dict[str, set[str]] = {}
        for path in self._files:
            root, _, name = path.rpartition("/")
            root = root or "."
            if name.startswith("__init__."):
                root, _, name = root.rpartition("/")
                root = root or "."
                if not self._is_package(root):
                    roots.setdefault(name, set()).add(root)
            elif root in projects or root in sources:
                roots.setdefault(name.rpartition(".")[0], set()).add(root)
        return {name: sorted(found) for name, found in roots.items()}


def _reachable(root: str, folder: str) -> bool:
    """Tests, examples and vendored code are on nobody's path but their own."""
    own: Iterable[str] = root.split("/")[paths.shared(root, folder) :]
    return not ASIDE.intersection(own)
