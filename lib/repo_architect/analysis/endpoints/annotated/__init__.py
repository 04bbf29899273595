"""Endpoints declared by annotations and attributes on classes and methods: Java, Kotlin, Groovy, C#.

`scanner` reduces a file to `ClassFact`s; `compose` applies the rows of the frameworks to all of them together, since
constants, base classes and interfaces stand in other files.
"""

from __future__ import annotations

from collections.abc import Iterator

from repo_architect.analysis.endpoints.annotated import aspnet, jaxrs, spring
from repo_architect.analysis.endpoints.annotated.facts import ClassFact, Index, Unit
from repo_architect.analysis.endpoints.annotated.scanner import scan_unit
from repo_architect.analysis.endpoints.router import Route
from repo_architect.analysis.files import FileTree

__all__ = ["ClassFact", "Unit", "compose", "scan_unit"]

_STYLES = (spring.routes, jaxrs.routes, aspnet.routes)


def compose(tree: FileTree, units: list[Unit]) -> Iterator[tuple[str, Route]]:
    """(path, route) of everything that annotations declare."""
    index = Index(tree, units)
    for routes in _STYLES:
        yield from routes(index)
