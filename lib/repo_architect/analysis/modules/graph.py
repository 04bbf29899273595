"""The import graph: facts to edges between files."""

from __future__ import annotations

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules import second_look
from repo_architect.analysis.modules.facts import line_count
from repo_architect.analysis.modules.imports import Imports
from repo_architect.analysis.modules.languages import EMBEDDED
from repo_architect.analysis.modules.link.linkers import Linkers
from repo_architect.analysis.modules.owners import Owners
from repo_architect.analysis.modules.resolvers import Resolvers
from repo_architect.analysis.modules.units import units
from repo_architect.contracts.modules import ImportEdge, Module, Modules

MAX_LINES = 20
"""Lines kept of an edge."""


def graph(tree: FileTree, imports: Imports, manifests: Owners | None = None) -> Modules:
    """Every internal import, with its lines. Nodes are the files seen and the files that they import."""
    second_look.adopt(tree, imports, second_look.ordinary(tree))
    lines = _linked(tree, imports, manifests)
    nodes = _nodes(tree, imports, {target: source for source, target, _ in lines})
    package = units(nodes)
    return Modules.build(
        [Module(path, language, count, package[path]) for path, (language, count) in nodes.items()],
        [ImportEdge(*key, tuple(sorted(found)[:MAX_LINES])) for key, found in lines.items()],
    )


def _linked(
    tree: FileTree, imports: Imports, manifests: Owners | None
) -> dict[tuple[str, str, str], set[int]]:
    """(source, target, kind) to lines, also from files that were set aside and are led to."""
    linkers = Linkers(imports.files, Resolvers(tree, manifests, imports.files))
    lines: dict[tuple[str, str, str], set[int]] = {}
    pending = sorted(imports.files)
    while pending:
        targets: set[str] = set()
        for source in pending:
            for link in linkers.links(source):
                lines.setdefault((source, link.target, link.kind), set()).add(link.line)
                targets.add(link.target)
        pending = second_look.adopt(tree, imports, sorted(targets))
    return lines


def _nodes(tree: FileTree, imports: Imports, importer: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Language and number of lines of each file: those seen, components without scripts, and those only imported."""
    nodes = {path: (facts.language, facts.lines) for path, facts in imports.files.items()}
    markup = {file.path: "" for file in tree.own(tree.files) if tree.verdict(file.path).language in EMBEDDED}
    for path, source in (markup | importer).items():
        if path not in nodes:
            language = tree.verdict(path).language or nodes[source][0]
            nodes[path] = (language, line_count(tree.bytes(path) or b""))
    return nodes
