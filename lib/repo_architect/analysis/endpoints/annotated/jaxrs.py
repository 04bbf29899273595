"""JAX-RS, also as Quarkus, Dropwizard and Jersey have it: @Path on classes and methods, @GET and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.annotated.facts import ClassFact, Index, MethodFact, Note, Unit
from repo_architect.analysis.endpoints.router import Route, Site

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_ROOTS = ("quarkus.http.root-path", "quarkus.resteasy-reactive.path", "quarkus.rest.path")


def routes(index: Index) -> Iterator[tuple[str, Route]]:
    """(path, route) of every resource class."""
    base = next(
        (
            _path(index, note, one.path)
            for unit in index.units
            for one in unit.classes
            if (note := one.note("ApplicationPath"))
        ),
        "",
    )
    for unit in index.units:
        if "jaxrs" in unit.frameworks:
            for one in unit.classes:
                yield from _resource(index, unit, one, base)


def _resource(index: Index, unit: Unit, one: ClassFact, base: str) -> Iterator[tuple[str, Route]]:
    note = next((found for here in index.inherited(one) if (found := here.note("Path"))), None)
    if (
        note is None
        or one.note("RegisterRestClient")
        or (one.kind == "interface" and _is_implemented(index, one))
    ):
        return
    prefix = paths.join(
        index.setting(one.path, *_ROOTS), paths.join(base, _rooted(_path(index, note, one.path)))
    )
    framework = "Quarkus" if "quarkus" in unit.frameworks else "JAX-RS"
    for here in index.inherited(one):
        for method in here.methods:
            for verb, line in _verbs(index, method, here.path):
                below = next((found for found in method.notes if found.name == "Path"), None)
                whole = paths.join(prefix, _rooted(_path(index, below, here.path)) if below else "") or "/"
                yield whole, Route(verb, whole, f"{one.name}.{method.name}", Site(here.path, line), framework)


def _is_implemented(index: Index, one: ClassFact) -> bool:
    return any(
        one.name in other.bases for unit in index.units for other in unit.classes if other.kind == "class"
    )


def _verbs(index: Index, method: MethodFact, path: str) -> Iterator[tuple[str, int]]:
    for note in method.notes:
        own = index.named(note.name, path)
        if note.name in VERBS:
            yield note.name, note.line
        elif own is not None and own.kind == "annotation" and (designated := own.note("HttpMethod")):
            for verb in index.arguments(designated, own.path).get("", [])[:1]:
                yield verb.upper(), note.line


def _path(index: Index, note: Note, path: str) -> str:
    arguments = index.arguments(note, path)
    return next(iter(arguments.get("value") or arguments.get("") or [""]))


def _rooted(path: str) -> str:
    """A path with its leading slash; the pattern of a parameter (`{id: \\d+}`) left out."""
    path = re.sub(r"\{\s*(\w+)\s*:(?:[^{}]|\{[^{}]*\})*\}", r"{\1}", path)
    return path if not path or path.startswith(("/", paths.OPEN)) else "/" + path
