"""JAX-RS, also as Quarkus, Dropwizard and Jersey have it: @Path on classes and methods, @GET and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.annotated.facts import ClassFact, Index, MethodFact, Note, Unit
from repo_architect.analysis.endpoints.router import Route, Site

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def routes(index: Index) -> Iterator[tuple[str, Route]]:
    """(path, route) of every resource class."""
    resources = {one.path for unit in index.units if "jaxrs" in unit.frameworks for one in unit.classes}
    for unit in index.units:
        for one in unit.classes:
            if any(here.path in resources for here in index.inherited(one)):
                yield from _resource(index, unit, one)
            if one.note("RouteBase") or any(
                note.name == "Route" for method in one.methods for note in method.notes
            ):
                yield from _reactive(index, unit, one)
        for one in unit.classes:
            if (endpoint := one.note("ServerEndpoint")) is not None:
                root = index.setting(one.path, "quarkus.http.root-path")
                whole = paths.join(root, _rooted(_path(index, endpoint, one.path)))
                yield whole, Route("WS", whole, one.name, Site(one.path, endpoint.line), "Jakarta WebSocket")


def _resource(index: Index, unit: Unit, one: ClassFact) -> Iterator[tuple[str, Route]]:
    found = next(((here, note) for here in index.inherited(one) if (note := here.note("Path"))), None)
    if (
        found is None
        or one.note("RegisterRestClient")
        or (one.kind == "interface" and _is_implemented(index, one))
    ):
        return
    holder, note = found
    prefix = paths.join(_base(index, one), _rooted(_path(index, note, holder.path)))
    framework = "Quarkus" if "quarkus" in unit.frameworks else "JAX-RS"
    yield from _methods(index, one, prefix, framework, ())


def _methods(
    index: Index, one: ClassFact, prefix: str, framework: str, above: tuple[str, ...]
) -> Iterator[tuple[str, Route]]:
    """Routes of a resource, and of the resources that its locators give back."""
    seen: set[str] = set()
    for here in index.inherited(one):
        for method in here.methods:
            below = next((found for found in method.notes if found.name == "Path"), None)
            whole = paths.join(prefix, _rooted(_path(index, below, here.path)) if below else "") or "/"
            verbs = list(_verbs(index, method, here.path))
            name = method.name + method.parameters
            for verb, line in verbs if name not in seen or here is one else ():
                yield whole, Route(verb, whole, f"{one.name}.{method.name}", Site(here.path, line), framework)
            seen.update({name} if verbs else ())
            if below is not None and not verbs and method.returns not in (*above, one.name):
                located = index.named(method.returns, here.path)
                if located is not None:
                    yield from _methods(index, located, whole, framework, (*above, one.name))


def _base(index: Index, one: ClassFact) -> str:
    """What stands before every resource: a servlet's mapping, else the application's path, else a setting."""
    application = index.nearest(one.path, "ApplicationPath")
    below = index.servlet(one.path)
    if not below and application is not None:
        below = _rooted(_path(index, application[1], application[0].path))
    elif not below:
        below = index.setting(one.path, "quarkus.rest.path", "quarkus.resteasy-reactive.path")
        below = below or index.setting(one.path, "quarkus.resteasy.path")
    return paths.join(index.setting(one.path, "quarkus.http.root-path"), below)


def _reactive(index: Index, unit: Unit, one: ClassFact) -> Iterator[tuple[str, Route]]:
    """Quarkus' reactive routes: `@Route(path = "x", methods = POST)` below a `@RouteBase`."""
    if "quarkus" not in unit.frameworks:
        return
    base = one.note("RouteBase")
    given = index.arguments(base, one.path) if base is not None else {}
    root = index.setting(one.path, "quarkus.http.root-path")
    prefix = paths.join(root, _rooted(next(iter(given.get("path") or given.get("") or [""]))))
    for method in one.methods:
        for note in (note for note in method.notes if note.name == "Route"):
            said = index.arguments(note, one.path)
            path = next(iter(said.get("path") or said.get("regex") or [method.name]))
            whole = paths.join(prefix, _rooted(path))
            for named in said.get("methods") or ["ANY"]:
                verb = named.strip(paths.OPEN + paths.CLOSE).rpartition(".")[2].upper()
                yield (
                    whole,
                    Route(verb, whole, f"{one.name}.{method.name}", Site(one.path, note.line), "Quarkus"),
                )


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
