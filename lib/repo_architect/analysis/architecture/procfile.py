"""Processes of a Procfile: one part each when there are several."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.graph import Graph
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport
from repo_architect.contracts import Evidence

_PROCESS = re.compile(r"^([A-Za-z][\w-]*):\s*(\S.*)$")


def add_processes(graph: Graph, tree: FileTree, manifests: ManifestReport) -> None:
    """`web` and `worker` of a Procfile at the top, where no container file has named what runs."""
    if graph.parts or "Procfile" not in tree:
        return
    for number, line in enumerate((tree.text("Procfile") or "").splitlines(), 1):
        match = _PROCESS.match(line)
        if match and match[1] != "release":
            part = graph.part(match[1])
            part.kind = "web" if match[1] == "web" else "worker"
            part.path = "."
            part.runs = True
            part.component = manifests.component_of(".")
            part.evidence.append(Evidence(path="Procfile", line=number))
