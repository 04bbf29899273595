"""How much each component offers to others."""

from __future__ import annotations

from collections import defaultdict
from typing import Protocol

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.surface.detector import Surface
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import PublicApi

MAX_EVIDENCE = 3


class Owners(Protocol):
    """Knows which component a file belongs to."""

    def component_of(self, path: str) -> str | None:
        """The component's id."""


def public_api(tree: FileTree, manifests: Owners, surface: Surface) -> tuple[PublicApi, ...]:  # noqa: ARG001
    """Counts of exported names for each component, sorted; evidence is the files that export the most."""
    by_component: dict[str | None, list[str]] = defaultdict(list)
    for path in sorted(surface.exported):
        by_component[manifests.component_of(path)].append(path)
    return tuple(
        _counted(component, by_component[component], surface)
        for component in sorted(by_component, key=lambda name: (name is not None, name or ""))
    )


def _counted(component: str | None, paths: list[str], surface: Surface) -> PublicApi:
    found = {path: surface.exported[path] for path in paths}
    largest = sorted(paths, key=lambda path: (-found[path].functions - found[path].classes, path))
    return PublicApi(
        component=component,
        modules=len(paths),
        functions=sum(one.functions for one in found.values()),
        classes=sum(one.classes for one in found.values()),
        evidence=tuple(Evidence(path=path, line=found[path].line) for path in largest[:MAX_EVIDENCE]),
    )
