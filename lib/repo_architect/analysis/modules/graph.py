"""The import graph: facts to edges between files."""

from __future__ import annotations

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.facts import line_count
from repo_architect.analysis.modules.imports import Imports
from repo_architect.analysis.modules.languages import EMBEDDED
from repo_architect.analysis.modules.link.linkers import links
from repo_architect.analysis.modules.owners import Owners
from repo_architect.analysis.modules.resolvers import Resolvers
from repo_architect.analysis.modules.units import units
from repo_architect.contracts.modules import ImportEdge, Module, Modules

MAX_LINES = 20
"""Lines kept of an edge."""


def graph(tree: FileTree, imports: Imports, manifests: Owners | None = None) -> Modules:  # noqa: ARG001
    """Every internal import, with its lines. Nodes are the files seen and the files that they import."""
    lines: dict[tuple[str, str, str], set[int]] = {}
    for source, link in links(imports.files, Resolvers(tree, imports.files)):
        lines.setdefault((source, link.target, link.kind), set()).add(link.line)
    nodes = _nodes(tree, imports, {target: source for source, target, _ in lines})
    package = units(nodes)
    return Modules.build(
        [Module(path, language, count, package[path]) for path, (language, count) in nodes.items()],
        [ImportEdge(*key, tuple(sorted(found)[:MAX_LINES])) for key, found in lines.items()],
    )


def _nodes(tree: FileTree, imports: Imports, importer: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Language and number of lines of each file: those seen, components without scripts, and those only imported."""
    nodes = {path: (facts.language, facts.lines) for path, facts in imports.files.items()}
    markup = {file.path: "" for file in tree.own(tree.files) if tree.verdict(file.path).language in EMBEDDED}
    for path, source in (markup | importer).items():
        if path not in nodes:
            language = tree.verdict(path).language or nodes[source][0]
            nodes[path] = (language, line_count(tree.bytes(path) or b""))
    return nodes
