"""The analysis from end to end: list the files, tell their languages, read the manifests, parse each source once, put it all together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repo_architect.analysis import (
    architecture,
    assemble,
    endpoints,
    files,
    history,
    languages,
    license,  # noqa: A004
    manifests,
    modules,
    secrets,
    stack,
    surface,
    syntax,
)
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.contracts import Clone, Modules, RepoShape


@dataclass(frozen=True)
class Analysis:
    """What stage 02 makes."""

    shape: RepoShape
    modules: Modules

    def counts(self) -> dict[str, int]:
        """How much was found of each, for the record of the stage."""
        shape = self.shape
        return {
            "files": shape.repository.file_count,
            "languages": len(shape.languages),
            "components": len(shape.components),
            "frameworks": len(shape.frameworks),
            "dependencies": len(shape.dependencies),
            "endpoints": len(shape.endpoints),
            "modules": len(self.modules.nodes),
            "imports": len(self.modules.edges),
            "services": len(shape.architecture.nodes),
            "alerts": len(shape.alerts),
        }


def analyze(root: Path, clone: Clone, limits: Limits | None = None) -> Analysis:
    """Analyse the tree at `root`, which `clone` describes. Nothing of it is executed, no link is followed.

    What is malformed or too large is listed in `shape.limits`; it is never an error.
    """
    limits = limits or Limits()
    notes = Notes()
    tree = files.read_tree(root, limits, notes)
    spoken = languages.detect(tree)
    declared = manifests.read(tree, clone.name)

    imports, routes, calls = modules.Imports(), endpoints.Routes(), architecture.Calls()
    names, sizes = surface.Surface(), syntax.Sizes()
    syntax.scan(tree, [imports, routes, calls, names, sizes])

    graph = modules.graph(tree, imports, declared)
    packages = modules.packages(graph, declared)
    tools = stack.detect(tree, declared)
    routed = endpoints.compose(tree, routes, declared, modules.resolvers(tree, declared))
    parts = assemble.Parts(
        clone=clone,
        tree=tree,
        languages=spoken.languages,
        license=license.find(tree),
        manifests=declared,
        stack=tools,
        endpoints=routed,
        entry_points=surface.entry_points(tree, declared, names),
        env_vars=surface.env_vars(tree, declared, names),
        public_api=surface.public_api(tree, declared, names),
        files=sizes.facts(tree),
        packages=packages,
        architecture=architecture.build(tree, declared, tools, calls, routed),
        secrets=secrets.find(tree),
        history=history.read(root, clone.shallow, sizes.complexity),
        modules=graph,
    )
    return Analysis(assemble.shape(parts), graph)
