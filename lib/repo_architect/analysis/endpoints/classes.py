"""Classes of the repository: members looked up through bases, and the framework class they come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from repo_architect.analysis.endpoints import frameworks
from repo_architect.analysis.endpoints.router import Kind
from repo_architect.analysis.endpoints.values import ClassValue, External, Value

if TYPE_CHECKING:
    from repo_architect.analysis.endpoints.interpreter import Interpreter


def lineage(run: Interpreter, cls: ClassValue) -> Iterator[ClassValue | External]:
    """The class and its bases, nearest first; those of other packages as External."""
    pending: list[Value] = [cls]
    seen: set[int] = set()
    while pending and len(seen) < 100:
        here = run.force(pending.pop(0))
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, ClassValue):
            yield here
            pending[:0] = here.bases
            pending.extend(here.scope.module.same_class(here.name))
        elif isinstance(here, External):
            yield here


def find_member(run: Interpreter, cls: ClassValue, name: str) -> Value | None:
    """A method or attribute by name, None when no class of the repository has it."""
    for base in lineage(run, cls):
        if isinstance(base, ClassValue) and name in base.attributes:
            return base.attributes[name]
    return None


def kind_of(run: Interpreter, cls: ClassValue) -> Kind | None:
    """The framework class that this one is a kind of."""
    for base in lineage(run, cls):
        if isinstance(base, External) and base.name in frameworks.KINDS:
            return frameworks.KINDS[base.name]
    return None
