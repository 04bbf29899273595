"""The import graph: facts to edges between files."""

from __future__ import annotations

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.modules.imports import Imports, line_count
from repo_architect.analysis.modules.owners import Owners
from repo_architect.analysis.modules.resolvers import Resolvers, resolvers
from repo_architect.analysis.modules.units import units
from repo_architect.contracts.modules import ImportEdge, Module, Modules

MAX_LINES = 20


def graph(tree: FileTree, imports: Imports, manifests: Owners | None = None) -> Modules:
    """Every internal import, with its lines. Nodes are the files seen and the files that they import."""
    imports.read_components(tree)
    lines = _resolved(imports, resolvers(tree, manifests))
    nodes = _nodes(tree, imports, lines)
    package = units(nodes)
    return Modules.build(
        [Module(path, language, count, package[path]) for path, (language, count) in nodes.items()],
        [ImportEdge(*key, tuple(sorted(found)[:MAX_LINES])) for key, found in lines.items()],
    )


def _resolved(imports: Imports, resolver: Resolvers) -> dict[tuple[str, str, str], set[int]]:
    """(source, target, kind) to lines."""
    lines: dict[tuple[str, str, str], set[int]] = {}
    for path, facts in imports.files.items():
        for statement in facts.imports:
            for target in _targets(resolver, path, facts, statement):
                if target != path:
                    lines.setdefault((path, target, statement.kind), set()).add(statement.line)
    return lines


def _targets(resolver: Resolvers, path: str, facts: FileFacts, statement: Import) -> set[str]:
    """Files that a statement imports: one, or for names that are submodules one each."""
    names: list[str | None] = [
        name.partition(" as ")[0] for name in statement.names if facts.language == "Python"
    ]
    found = {resolver.resolve(path, statement.specifier, facts.language, name) for name in names or (None,)}
    return {target for target in found if target is not None}


def _nodes(
    tree: FileTree, imports: Imports, lines: dict[tuple[str, str, str], set[int]]
) -> dict[str, tuple[str, int]]:
    """Language and number of lines of each file: those seen, and those only imported."""
    nodes = {path: (facts.language, facts.lines) for path, facts in imports.files.items()}
    for source, target, _ in lines:
        if target not in nodes:
            language = tree.verdict(target).language or nodes[source][0]
            nodes[target] = (language, line_count(tree.bytes(target) or b""))
    return nodes
