"""From an importing file and a specifier to the file that is meant, in any language of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Protocol

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.facts import FileFacts
from repo_architect.analysis.modules.languages import FAMILIES
from repo_architect.analysis.modules.owners import Owners
from repo_architect.analysis.modules.resolve.c import IncludeResolver
from repo_architect.analysis.modules.resolve.cargo import cargo_packages
from repo_architect.analysis.modules.resolve.documents import Documents
from repo_architect.analysis.modules.resolve.dotnet import DotnetProjects
from repo_architect.analysis.modules.resolve.go import GoResolver
from repo_architect.analysis.modules.resolve.javascript import JavaScriptResolver
from repo_architect.analysis.modules.resolve.python import PythonResolver
from repo_architect.analysis.modules.resolve.ruby import RubyResolver
from repo_architect.analysis.modules.resolve.rust import RustResolver


class Resolver(Protocol):
    """What a language's resolver answers."""

    def resolve(self, importing: str, specifier: str, name: str | None = None) -> str | None:
        """The path that is meant, None for what is external or missing."""


class Resolvers:
    """The resolvers of a repository, each made when first asked. Rust needs the facts of its files."""

    def __init__(
        self, tree: FileTree, manifests: Owners | None = None, files: Mapping[str, FileFacts] | None = None
    ) -> None:
        self.tree = tree
        self._files = files if files is not None else {}
        self._documents = Documents(tree, manifests)

    def resolve(self, importing: str, specifier: str, language: str, name: str | None = None) -> str | None:
        """The path of the file that `specifier`, as written in `importing`, leads to; None for what is external.

        With `name`, what is imported from it: in Python a submodule of that name wins over its package.
        """
        resolver = self.of(language)
        return resolver.resolve(importing, specifier, name) if resolver is not None else None

    def of(self, language: str) -> Resolver | None:
        """The resolver of a language, None where files are found by symbols or not at all."""
        families: dict[str, Callable[[], Resolver]] = {
            "c": lambda: self.c,
            "go": lambda: self.go,
            "javascript": lambda: self.javascript,
            "python": lambda: self.python,
            "ruby": lambda: self.ruby,
            "rust": lambda: self.rust,
        }
        make = families.get(FAMILIES.get(language, ""))
        return make() if make else None

    @cached_property
    def c(self) -> IncludeResolver:
        return IncludeResolver(self.tree)

    @cached_property
    def dotnet(self) -> DotnetProjects:
        return DotnetProjects(self.tree)

    @cached_property
    def go(self) -> GoResolver:
        return GoResolver(self.tree)

    @cached_property
    def javascript(self) -> JavaScriptResolver:
        return JavaScriptResolver(self.tree, self._documents)

    @cached_property
    def python(self) -> PythonResolver:
        return PythonResolver(self.tree)

    @cached_property
    def ruby(self) -> RubyResolver:
        return RubyResolver(self.tree)

    @cached_property
    def rust(self) -> RustResolver:
        return RustResolver(self.tree, self._files, cargo_packages(self.tree, self._documents))


def resolvers(tree: FileTree, manifests: Owners | None = None) -> Resolvers:
    """Resolvers over the files of a repository."""
    return Resolvers(tree, manifests)
