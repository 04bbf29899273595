"""The modules of the repository, lowered and run when they are first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.frameworks import descriptors
from repo_architect.analysis.endpoints.values import UNKNOWN, External, Lazy, ModuleValue, Scope, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter

_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "any", "on"})
MAX_LOADED = 400
MAX_SIBLINGS = 60
_MAJOR_VERSION = re.compile(r"/v\d+$")
GO_BUILTINS = frozenset({
    "append", "bool", "byte", "cap", "close", "copy", "delete", "error", "false", "int", "iota", "len", "make", "map",
    "new", "nil", "panic", "print", "println", "recover", "string", "true", "_", "err", "super", "module", "<assume>",
})  # fmt: skip


class Resolver(Protocol):
    """Finds the file that an import leads to."""

    def resolve(
        self, importing_path: str, specifier: str, language: str, name: str | None = None
    ) -> str | None:
        """The path, None for something outside the repository."""


class Loader(Protocol):
    """Lowers a file that was not among those seen."""

    def __call__(self, path: str, /) -> ir.Program | None: ...


@dataclass(slots=True, eq=False)
class Module:
    """A file being run. `replaced` is what `module.exports` was set to."""

    path: str
    language: str
    world: World
    exports: dict[str, Value] = field(default_factory=dict)
    replaced: Value | None = None
    starred: list[tuple[str, bool]] = field(default_factory=list)
    scope: Scope = field(init=False)

    def __post_init__(self) -> None:
        self.scope = Scope(self)

    def imported(self, specifier: str, name: str) -> Value:
        """A name of another module, as a lazy value; External when the module is not in the repository."""
        known = self.world.external(specifier, name, self)
        if known is not None:
            return known
        path = self.world.resolve(self, specifier, None if name == "*" else name)
        return Lazy(
            lambda: self.world.find(self, specifier, name),
            lambda: path in self.world.programs,
            name.strip("*"),
        )

    def starred_name(self, name: str) -> Value | None:
        """A name that a star import may have brought."""
        for sibling in (
            self.world.package(self.path) if self.language == "Go" and name not in GO_BUILTINS else ()
        ):
            near = sibling in self.world.programs or self.world.loaded < MAX_SIBLINGS
            module = self.world.load(sibling) if sibling != self.path and near else None
            if module is not None and name in module.scope.names:
                return module.scope.names[name]
        for specifier, _ in self.starred:
            if self.language == "Rust":
                return self._globbed(name)
            path = self.world.resolve(self, specifier, None)
            if path is not None and path in self.world.programs and path != self.path:
                value = self.world.load(path)
                found = value.member(name) if value is not None else UNKNOWN
                if found is not UNKNOWN:
                    return found
        return None

    def _globbed(self, name: str) -> Value | None:
        """A name that a Rust `use path::*` brings: of the repository, else of a known crate."""
        for specifier, _ in self.starred:
            first = specifier.partition(".")[0]
            found = self.world.external(specifier, name, self)
            if found is not None and first in ("crate", "self", "super"):
                value = self.world.in_crate(found)
                if value is not UNKNOWN:
                    return value
            elif found is not None and (name in ("web", "App", "HttpServer", "Router") or name in _METHODS):
                return found
        return None

    def same_class(self, name: str) -> list[Value]:
        """The parts of a Go type that stand in other files of its package."""
        if self.language != "Go":
            return []
        modules = [
            self.world.load(path) for path in self.world.package(self.path) if path in self.world.programs
        ]
        return [
            module.scope.names[name]
            for module in modules
            if module is not None and name in module.scope.names
        ]

    def member(self, name: str) -> Value:
        """An attribute of the module, or a submodule of it."""
        if self.language in ("Go", "Rust"):
            own = self.scope.names.get(name)
            found = own if own is not None or self.language == "Rust" else self.starred_name(name)
            return UNKNOWN if found is None else found
        if self.language == "Python":
            return self._python_member(name)
        if name in self.exports:
            return self.exports[name]
        if self.replaced is not None:
            interpreter = self.world.interpreter
            return self.replaced if name == "default" else interpreter.attribute(self.replaced, name)
        for specifier, reexport in self.starred:
            if reexport and (found := self.imported(specifier, name)) is not UNKNOWN:
                forced = self.world.interpreter.force(found)
                if forced is not UNKNOWN:
                    return forced
        return UNKNOWN

    def _python_member(self, name: str) -> Value:
        if name in self.scope.names:
            return self.scope.names[name]
        starred = self.starred_name(name)
        if starred is not None:
            return starred
        folder = self.path.removesuffix("__init__.py")
        for path in (f"{folder}{name}.py", f"{folder}{name}/__init__.py") if folder != self.path else ():
            if path in self.world:
                module = self.world.load(path)
                return ModuleValue(module) if module else UNKNOWN
        return UNKNOWN

    def whole(self) -> Value:
        """What importing the whole module gives."""
        return ModuleValue(self) if self.replaced is None else self.replaced


class World:
    """Modules by path. `programs` are those seen by the scan; others are lowered on demand, up to a bound."""

    interpreter: Interpreter

    def __init__(
        self,
        programs: dict[str, ir.Program],
        resolver: Resolver,
        loader: Loader,
        paths: frozenset[str],
        text: Callable[[str], str] = lambda _: "",
    ) -> None:
        self.programs = programs
        self.resolver = resolver
        self.loader = loader
        self.paths = paths
        self.text = text
        self.protos = sorted(path for path in paths if path.endswith(".proto"))
        self.modules: dict[str, Module | None] = {}
        self.loaded = 0
        self._crates: list[str] = []
        self._following = 0
        self._packages: dict[str, list[str]] = {}
        self._resolved: dict[tuple[str, str, str | None], str | None] = {}

    def __contains__(self, path: str) -> bool:
        return path in self.paths

    def load(self, path: str) -> Module | None:
        """The module at a path, run; one that is being run comes as far as it is. None when it cannot be read."""
        if path not in self.modules:
            program = self.programs.get(path) or self._lower(path)
            module = Module(path, program.language, self) if program is not None else None
            self.modules[path] = module
            if program is not None and module is not None:
                saved, self.interpreter.decorating = self.interpreter.decorating, []
                self.interpreter.run(program.body, module.scope)
                self.interpreter.decorating = saved
        return self.modules[path]

    def _lower(self, path: str) -> ir.Program | None:
        self.loaded += 1
        return self.loader(path) if self.loaded <= MAX_LOADED else None

    def resolve(self, module: Module, specifier: str, name: str | None) -> str | None:
        if module.language == "Rust":
            return None
        if module.language == "Go":
            return next(iter(self.imported_package(specifier)), None)
        key = (module.path, specifier, name)
        if key not in self._resolved:
            self._resolved[key] = self.resolver.resolve(module.path, specifier, module.language, name)
        return self._resolved[key]

    def crate_of(self, name: str, path: str) -> str:
        """`crate`, `mod`, `self` or `super` with the number of the crate that a file is of."""
        if not self._crates:
            self._crates = sorted({one.rpartition("src/")[0] for one in self.programs if one.endswith(".rs")})
        root = path.rpartition("src/")[0]
        return f"{name}#{self._crates.index(root) if root in self._crates else 0}"

    def in_crate(self, value: External) -> Value:
        """A Rust item by its path in its crate: the file is the one that the path's last modules name."""
        first, *parts = value.name.split(".")
        if not parts:
            return UNKNOWN
        root = self._crates[int(first.partition("#")[2])] if self._crates else ""
        name, above = parts[-1], [part for part in parts[:-1] if part not in ("self", "super")]
        below = "/".join(part for part in above if not part[:1].isupper())
        if above and not below:
            return UNKNOWN
        files = sorted(path for path in self.programs if path.endswith(".rs"))
        for path in [*(one for one in files if one.startswith(root)), *files]:
            stem = path.removesuffix(".rs").removesuffix("/mod")
            if not below or stem == below or stem.endswith("/" + below):
                module = self.load(path)
                if module is not None and name in module.scope.names:
                    found = module.scope.names[name]
                    if not isinstance(found, External):
                        return self.interpreter.force(found)
                    if found.name != value.name and found.name.startswith(
                        ("crate#", "mod#", "self#", "super#")
                    ):
                        return self._reexported(found)
        return UNKNOWN

    def _reexported(self, value: External) -> Value:
        """What a `pub use` leads to, at most a few steps away."""
        self._following += 1
        try:
            return self.in_crate(value) if self._following < 6 else UNKNOWN
        finally:
            self._following -= 1

    def package(self, path: str) -> list[str]:
        """The files of a Go package that were seen, by one of them."""
        if not self._packages:
            for seen in sorted(self.paths, key=lambda one: (one not in self.programs, one)):
                if seen.endswith(".go") and not seen.endswith("_test.go"):
                    self._packages.setdefault(seen.rpartition("/")[0], []).append(seen)
        return self._packages.get(path.rpartition("/")[0], [])

    def imported_package(self, specifier: str) -> list[str]:
        """The files of the package that an import path ends with: the longest folder that matches."""
        parts = specifier.split("/")
        if "." not in parts[0] and len(parts) < 2:
            return []
        last = len(parts) - 1 if _MAJOR_VERSION.search(specifier) else len(parts)
        for start in range(last):
            found = self.package("/".join(parts[start:]) + "/x")
            if found and (start > 0 or "." not in parts[0]):
                return found
        return []

    def external(self, specifier: str, name: str, module: Module) -> External | None:
        """An import of something outside the repository, None for one inside."""
        if module.language == "Python" and descriptors.is_generated(specifier, name):
            return External(specifier if name == "*" else f"{specifier}.{name}")
        if self.resolve(module, specifier, None if name == "*" else name) is not None or specifier.startswith(
            "."
        ):
            return None
        if self.resolve(module, specifier, None) is not None:
            return None
        first, _, rest = specifier.partition(".")
        if module.language == "Rust" and first in ("crate", "mod", "self", "super"):
            specifier = self.crate_of(first, module.path) + ("." + rest if rest else "")
        if module.language == "Go":
            specifier = _MAJOR_VERSION.sub("", specifier)
        return External(specifier if name in ("*", "default") else f"{specifier}.{name}")

    def find(self, module: Module, specifier: str, name: str) -> Value:
        """What an import gives."""
        whole = self.resolve(module, specifier, None)
        path = whole if name == "*" else self.resolve(module, specifier, name)
        if path is None:
            return UNKNOWN
        target = self.load(path)
        if target is None:
            return UNKNOWN
        if name == "*":
            return target.whole()
        if path != whole and _is_submodule(path, name):
            return ModuleValue(target)
        return (
            target.whole() if name == "default" and "default" not in target.exports else target.member(name)
        )


def _is_submodule(path: str, name: str) -> bool:
    return path.endswith((f"/{name}.py", f"/{name}/__init__.py")) or path in (
        f"{name}.py",
        f"{name}/__init__.py",
    )
