"""modules.json: the whole import graph, made small by indices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from repo_architect.contracts.model import Artifact, Evidence, RepoPath

if TYPE_CHECKING:
    import pandas as pd

# kinds of edge: `import` at run time; `type` for type checking only; `dynamic` inside a function or by a call;
# `reexport` makes names of the target its own; `include` is textual; `same_package` needs no import statement
EDGE_KINDS = ("import", "type", "dynamic", "reexport", "include", "same_package")


class Module(NamedTuple):
    """A source file in the graph. `package` is the id of a node of `repo_shape.packages`."""

    path: str
    language: str
    lines: int
    package: str


class ImportEdge(NamedTuple):
    """`source` imports `target` (paths), at these lines of `source`."""

    source: str
    target: str
    kind: str
    lines: tuple[int, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(Evidence(path=self.source, line=line) for line in self.lines)


class Modules(Artifact):
    """Every internal import edge. Numbers are indices.

    `nodes` is [[file, language, lines, package] …], `edges` [[source node, target node, kind, [line …]] …];
    file indexes `files`, language `languages`, package `packages`, kind `kinds`.
    """

    file_name: ClassVar[str] = "modules.json"
    made_by: ClassVar[str] = "analyze_repo"

    files: tuple[RepoPath, ...] = ()
    languages: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = EDGE_KINDS
    nodes: tuple[tuple[int, int, int, int], ...] = ()
    edges: tuple[tuple[int, int, int, tuple[int, ...]], ...] = ()

    def to_json(self) -> bytes:
        """Compact JSON: the graph is for programs."""
        return self.model_dump_json().encode() + b"\n"

    def modules(self) -> Iterator[Module]:
        for file, language, lines, package in self.nodes:
            yield Module(self.files[file], self.languages[language], lines, self.packages[package])

    def imports(self) -> Iterator[ImportEdge]:
        path = [self.files[node[0]] for node in self.nodes]
        for source, target, kind, lines in self.edges:
            yield ImportEdge(path[source], path[target], self.kinds[kind], lines)

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Modules (path, language, lines, package) and imports (source, target, kind, lines) as pandas frames."""
        import pandas as pd

        return (
            pd.DataFrame(self.modules(), columns=list(Module._fields)),
            pd.DataFrame(self.imports(), columns=list(ImportEdge._fields)),
        )

    @classmethod
    def build(cls, modules: list[Module], imports: list[ImportEdge]) -> Modules:
        """The graph of these modules and imports, sorted. An import of an unknown path is a KeyError."""
        ordered = sorted(modules)
        files = tuple(module.path for module in ordered)
        languages = tuple(sorted({module.language for module in ordered}))
        packages = tuple(sorted({module.package for module in ordered}))
        file_at = {path: index for index, path in enumerate(files)}
        language_at = {name: index for index, name in enumerate(languages)}
        package_at = {name: index for index, name in enumerate(packages)}
        kind_at = {name: index for index, name in enumerate(EDGE_KINDS)}
        return cls(
            files=files,
            languages=languages,
            packages=packages,
            nodes=tuple(
                (index, language_at[module.language], module.lines, package_at[module.package])
                for index, module in enumerate(ordered)
            ),
            edges=tuple(
                sorted(
                    (
                        file_at[edge.source],
                        file_at[edge.target],
                        kind_at[edge.kind],
                        tuple(sorted(set(edge.lines))),
                    )
                    for edge in imports
                )
            ),
        )
