"""Rust: the module tree of each crate, and paths to files."""

from __future__ import annotations

from collections.abc import Mapping

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.facts import FileFacts
from repo_architect.analysis.modules.resolve import paths
from repo_architect.analysis.modules.resolve.cargo import CargoPackage

ModulePath = tuple[str, ...]
MAX_MODULE_DEPTH = 50


class RustResolver:
    """Finds the file of a module path, as seen from the file that writes it."""

    def __init__(
        self, tree: FileTree, files: Mapping[str, FileFacts], packages: dict[str, CargoPackage]
    ) -> None:
        self._tree = tree
        self._files = files
        self._packages = packages
        self._modules: dict[str, dict[ModulePath, str]] = {}
        self._place: dict[str, tuple[str, ModulePath]] = {}
        self._package_of: dict[str, CargoPackage] = {}
        self._spoken: dict[str, set[str]] = {}
        for _, package in sorted(packages.items()):
            for root in [package.library, *package.roots]:
                if root is not None and root in tree and root not in self._modules:
                    self._package_of[root] = package
                    self._grow(root)

        self._orphans()

    def _orphans(self) -> None:
        """Files that no crate holds are taken as crates of their own (cases of trybuild, scripts)."""
        for path in sorted(self._files):
            if path.endswith(".rs") and path not in self._place:
                package = next(
                    (self._packages[f] for f in paths.ancestors(paths.parent(path)) if f in self._packages),
                    None,
                )
                if package is not None:
                    self._package_of[path] = package
                    self._grow(path)

    def _grow(self, root: str) -> None:
        """Follow `mod` statements from a crate's root file."""
        modules = self._modules[root] = {(): root}
        pending: list[tuple[str, ModulePath]] = [(root, ())]
        while pending:
            path, module = pending.pop()
            self._place.setdefault(path, (root, module))
            facts = self._files.get(path)
            for statement in facts.imports if facts and len(module) < MAX_MODULE_DEPTH else ():
                child = self._child(path, statement.specifier, is_root=not module)
                name = statement.specifier.removeprefix("mod ").partition("=")[0]
                below = (*module, *name.split("::"))
                if child is not None and below not in modules:
                    modules[below] = child
                    pending.append((child, below))

    def _child(self, path: str, specifier: str, is_root: bool) -> str | None:
        """The file of a `mod x;`, None for other statements and for what is missing."""
        if not specifier.startswith("mod "):
            return None
        name, _, written = specifier.removeprefix("mod ").partition("=")
        folder = paths.parent(path)
        if written:
            options = [paths.join(folder, written)]
        else:
            if not is_root and not path.endswith("/mod.rs"):
                folder = path.removesuffix(".rs")
            inner = name.replace("::", "/")
            options = [paths.join(folder, f"{inner}.rs"), paths.join(folder, f"{inner}/mod.rs")]
        return next((option for option in options if option is not None and option in self._tree), None)

    def resolve(self, importing: str, specifier: str, name: str | None = None) -> str | None:  # noqa: ARG002
        """The file of the longest part of a path that is a module; None for what is of no crate here."""
        root, module = self._place.get(importing, ("", ()))
        if not root:
            return None
        if specifier.startswith("mod "):
            return self._child(importing, specifier, is_root=not module)
        parts = tuple(part for part in specifier.removesuffix("::*").split("::") if part)
        return self._walk(root, module, parts) if parts else None

    def spoken(self, importing: str) -> set[str]:
        """What the paths begin with that the code of a file's package writes, and the package's own name."""
        if not self._spoken:
            for path, (root, _) in self._place.items():
                package = self._package_of[root]
                heads = self._spoken.setdefault(package.folder, {package.name})
                facts = self._files.get(path)
                heads.update(item.specifier.partition("::")[0] for item in (facts.imports if facts else ()))
        root, _ = self._place.get(importing, ("", ()))
        return self._spoken[self._package_of[root].folder] if root else set()

    def _walk(self, root: str, module: ModulePath, parts: ModulePath) -> str | None:
        head = parts[0]
        if head in {"self", "super"}:
            while parts and parts[0] in {"self", "super"}:
                module = module[:-1] if parts[0] == "super" else module
                parts = parts[1:]
            return self._deepest(root, (*module, *parts))
        if head == "crate":
            return self._deepest(root, parts[1:])
        if (*module, head) in self._modules[root]:
            return self._deepest(root, (*module, *parts))
        package = self._package_of[root]
        folder = package.externs.get(head)
        library = self._packages[folder].library if folder is not None else None
        if library is not None and library in self._modules and library != root:
            return self._deepest(library, parts[1:])
        from_root = package.from_root and (head,) in self._modules[root]
        return self._deepest(root, parts) if from_root else None

    def _deepest(self, root: str, module: ModulePath) -> str | None:
        modules = self._modules[root]
        while module and module not in modules:
            module = module[:-1]
        return modules[module]
