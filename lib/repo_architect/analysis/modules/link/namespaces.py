"""Languages that find types by namespace and name: Java, Kotlin, C#, PHP."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from repo_architect.analysis.modules.facts import FileFacts, Import, Link, Use
from repo_architect.analysis.modules.resolve import paths


class Rules(NamedTuple):
    """How a family of languages sees names.

    `callables`: an import may mean functions and extensions, which are marked (`x()`, `.x()`, `.x`). `enclosing`: a namespace sees those around it. `attributes`: `X` may mean `XAttribute`. `implicit`: namespaces
    that every file sees.
    """

    languages: frozenset[str]
    enclosing: bool = False
    attributes: bool = False
    implicit: tuple[str, ...] = ()
    callables: bool = False


JVM = Rules(frozenset({"Java", "Kotlin"}), callables=True)
IMPLICIT_USINGS = (
    "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
    "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
    "Microsoft.Extensions.Logging", "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http",
    "System.Net.Http.Json", "System.Threading", "System.Threading.Tasks",
)  # fmt: skip
CSHARP = Rules(frozenset({"C#"}), enclosing=True, attributes=True, implicit=IMPLICIT_USINGS)
PHP = Rules(frozenset({"PHP"}))
MOST_FILES = 20
"""A name that more files than these declare says nothing (partial classes of generated code)."""


class NamespaceLinker:
    """Links files by the types they name: imported, of a wildcard, or of their own namespace."""

    def __init__(
        self,
        files: Mapping[str, FileFacts],
        rules: Rules,
        sees: Callable[[str, str], bool] | None = None,
        shared: Iterable[tuple[str, str]] = (),
    ) -> None:
        """`sees` tells whether a file can name what another declares; `shared` are namespaces that a folder's files take."""
        self._rules = rules
        self._sees = sees
        self._declared: dict[str, dict[str, list[str]]] = {}
        self._global = list(shared)
        for path, facts in sorted(files.items()):
            if facts.language in rules.languages:
                for space, name in facts.spaces():
                    self._declared.setdefault(space, {}).setdefault(name, []).append(path)
                self._global += [
                    (paths.parent(path), item.specifier)
                    for item in facts.imports
                    if item.names == ("* global",)
                ]

    def links(self, path: str, facts: FileFacts) -> Iterator[Link]:
        bound: set[str] = set(facts.defines)
        wildcards: list[Import] = []
        for statement in facts.imports:
            if statement.kind != "import":
                continue
            if statement.names and statement.names[0].startswith("*"):
                wildcards.append(statement)
            else:
                bound |= set(self._meanings(_local(statement)))
            for target in self._qualified(path, statement.specifier):
                yield Link(target, statement.kind, statement.line)
        yield from self._used(path, facts, bound, wildcards)

    def _used(self, path: str, facts: FileFacts, bound: set[str], wildcards: list[Import]) -> Iterator[Link]:
        own = list(_enclosing(facts.namespace)) if self._rules.enclosing else [facts.namespace]
        shared = [space for folder, space in self._global if paths.below(path, folder)]
        for use in facts.uses:
            head, _, rest = use.name.partition(".")
            if (head or use.name) in bound:
                continue
            if head and rest:
                yield from (
                    Link(target, "import", use.line) for target in self._absolute(path, use.name, own)
                )
                continue
            here = self._of(path, own, use.name)
            yield from (Link(target, "same_package", use.line) for target in here)
            if not here:
                yield from self._by_wildcard(path, use, wildcards, [*shared, *self._rules.implicit], own)

    def _by_wildcard(
        self, path: str, use: Use, wildcards: list[Import], shared: list[str], own: list[str]
    ) -> Iterator[Link]:
        """What the namespaces that a file has taken whole declare, at the line that takes them."""
        for statement in wildcards:
            for target in self._of(path, self._taken(statement.specifier, own), use.name):
                yield Link(target, "import", statement.line)
        for space in shared:
            for target in self._of(path, [space], use.name):
                yield Link(target, "import", use.line)

    def _taken(self, written: str, own: list[str]) -> list[str]:
        """A namespace as written, or one below a namespace around the file (`using Internal;`)."""
        if not self._rules.enclosing or written in self._declared:
            return [written]
        return [space for outer in own if (space := f"{outer}.{written}") in self._declared]

    def _absolute(self, path: str, name: str, own: list[str]) -> list[str]:
        """A name written with its namespace, or with a part of it below the file's own."""
        if name[:1].isupper() and not self._rules.enclosing:
            head = name.partition(".")[0]
            found = self._of(path, own, head)
            if found:
                return found
        for outer in [*(space for space in own if space), ""]:
            found = self._qualified(path, f"{outer}.{name}" if outer else name)
            if found:
                return found
        return []

    def _qualified(self, path: str, name: str) -> list[str]:
        """Files of the longest part of a dotted name that is a declared type."""
        space, _, last = name.rpartition(".")
        while space or last:
            found = [file for name in self._meanings(last) for file in self._of(path, [space], name)]
            if found or not space:
                return list(dict.fromkeys(found))
            space, _, last = space.rpartition(".")
        return []

    def _meanings(self, name: str) -> tuple[str, ...]:
        return (name, f"{name}()", f".{name}()", f".{name}") if self._rules.callables else (name,)

    def _of(self, path: str, spaces: list[str], name: str) -> list[str]:
        """Files of the first of these namespaces that declares the name; the nearest of several projects'."""
        options = (name, f"{name}Attribute") if self._rules.attributes else (name,)
        for space in spaces:
            for option in options:
                files = self._visible(path, self._declared.get(space, {}).get(option, []))
                if path in files and len(files) > 1:
                    return []
                if 0 < len(files) <= MOST_FILES:
                    nearest = max(paths.shared(path, file) for file in files)
                    return [file for file in files if paths.shared(path, file) == nearest]
        return []

    def _visible(self, path: str, files: list[str]) -> list[str]:
        sees = self._sees
        return files if sees is None else [file for file in files if sees(path, file)]


def _enclosing(namespace: str) -> Iterator[str]:
    while namespace:
        yield namespace
        namespace = namespace.rpartition(".")[0]
    yield ""


def _local(statement: Import) -> str:
    """The name that an import gives to what it imports."""
    renamed = statement.names[0] if statement.names else ""
    return (
        renamed.removeprefix("as ") if renamed.startswith("as ") else statement.specifier.rpartition(".")[2]
    )
