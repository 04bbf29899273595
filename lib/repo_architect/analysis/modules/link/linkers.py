"""The linker of each language family, made when first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from repo_architect.analysis.modules.facts import FileFacts, Link
from repo_architect.analysis.modules.languages import FAMILIES, Family
from repo_architect.analysis.modules.link.go import GoLinker
from repo_architect.analysis.modules.link.namespaces import CSHARP, JVM, NamespaceLinker
from repo_architect.analysis.modules.link.php import PhpLinker
from repo_architect.analysis.modules.link.ruby import RubyLinker
from repo_architect.analysis.modules.link.rust import RustLinker
from repo_architect.analysis.modules.link.statements import StatementLinker
from repo_architect.analysis.modules.resolvers import Resolvers

Files = Mapping[str, FileFacts]


class Linker(Protocol):
    """Finds the files that a file depends on."""

    def links(self, path: str, facts: FileFacts) -> Iterator[Link]:
        """Edges from a file, in any order, with repeats."""


MAKERS: dict[Family, Callable[[Files, Resolvers], Linker]] = {
    "c": lambda _, resolvers: StatementLinker(resolvers.c.resolve),
    "csharp": lambda files, resolvers: NamespaceLinker(
        files, CSHARP, resolvers.dotnet.sees, resolvers.dotnet.usings
    ),
    "go": lambda files, resolvers: GoLinker(files, resolvers.go),
    "javascript": lambda _, resolvers: StatementLinker(resolvers.javascript.resolve),
    "jvm": lambda files, _: NamespaceLinker(files, JVM),
    "php": lambda files, _: PhpLinker(files),
    "python": lambda _, resolvers: StatementLinker(resolvers.python.resolve, by_name=True),
    "ruby": lambda _, resolvers: RubyLinker(resolvers.ruby),
    "rust": lambda _, resolvers: RustLinker(resolvers.tree, resolvers.rust),
}


class Linkers:
    """The linkers of a repository's files."""

    def __init__(self, files: Files, resolvers: Resolvers) -> None:
        self._files = files
        self._resolvers = resolvers
        self._made: dict[Family, Linker] = {}

    def links(self, path: str) -> Iterator[Link]:
        """Edges from a file to others."""
        facts = self._files[path]
        family = FAMILIES[facts.language]
        if family not in self._made:
            self._made[family] = MAKERS[family](self._files, self._resolvers)
        return (link for link in self._made[family].links(path, facts) if link.target != path)
