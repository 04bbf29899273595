"""Build the architecture of a small repository given as files."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from repo_architect.analysis import architecture, files, languages, manifests, syntax
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.contracts.repo_shape import Architecture


def architecture_of(root: Path, contents: dict[str, str], notes: Notes | None = None) -> Architecture:
    """The architecture of these files, path to text, written below `root`."""
    for path, text in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    tree = files.read_tree(root, Limits(), notes or Notes())
    languages.detect(tree)
    declared = manifests.read(tree)
    calls = architecture.Calls()
    syntax.scan(tree, [calls])
    return architecture.build(tree, declared, SimpleNamespace(frameworks=()), calls, ())


def kinds(found: Architecture) -> dict[str, str]:
    return {node.name: node.kind for node in found.nodes}


def edges(found: Architecture) -> dict[tuple[str, str], str | None]:
    """Label by names of source and target."""
    name = {node.id: node.name for node in found.nodes}
    return {(name[edge.source], name[edge.target]): edge.label for edge in found.edges}


def proof(found: Architecture, source: str, target: str) -> list[str]:
    """The lines behind an edge."""
    name = {node.id: node.name for node in found.nodes}
    lines = (
        edge.evidence for edge in found.edges if (name[edge.source], name[edge.target]) == (source, target)
    )
    return [str(line) for evidence in lines for line in evidence]


def flows(found: Architecture) -> dict[tuple[str, str], str]:
    """Which way data goes by names of source and target."""
    name = {node.id: node.name for node in found.nodes}
    return {(name[edge.source], name[edge.target]): edge.flow for edge in found.edges}
