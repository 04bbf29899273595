"""Spring and Micronaut: mappings on controllers, their base classes and interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.annotated.facts import ClassFact, Index, MethodFact, Note
from repo_architect.analysis.endpoints.router import Route, Site

MAPPINGS = {
    **{f"{verb.title()}Mapping": verb for verb in ("GET", "POST", "PUT", "PATCH", "DELETE")},
    **{f"{verb.title()}Exchange": verb for verb in ("GET", "POST", "PUT", "PATCH", "DELETE")},
    "HttpExchange": "ANY",
    "RequestMapping": "ANY",
}
GRAPHQL = {"QueryMapping": "QUERY", "MutationMapping": "MUTATION", "SubscriptionMapping": "SUBSCRIPTION"}
MICRONAUT = {
    verb.title(): verb for verb in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
}
_PATTERN = re.compile(r"\{\*?\s*(\w+)\s*:(?:[^{}]|\{[^{}]*\})*\}")
_CONTEXT = ("server.servlet.context-path", "spring.webflux.base-path", "spring.mvc.servlet.path")


def routes(index: Index) -> Iterator[tuple[str, Route]]:
    """(path, route) of every controller."""
    for unit in index.units:
        for one in unit.classes:
            if "micronaut" in unit.frameworks and one.note("Controller"):
                yield from _micronaut(index, one)
            elif _is_controller(index, one):
                yield from _controller(index, one)
                yield from _graphql(index, one)
        for method, path, handler, line in unit.calls if unit.language != "C#" else ():
            whole = paths.join(index.setting(unit.path, *_CONTEXT), path)
            yield whole, Route(method, whole, handler, Site(unit.path, line), "Spring")


def _is_controller(index: Index, one: ClassFact) -> bool:
    if one.kind != "class" or one.note("FeignClient"):
        return False
    names = {
        note.name
        for here in index.inherited(one)
        if here is one or here.kind != "interface"
        for note in here.notes
    }
    return any(
        name in ("Controller", "RestController") or _is_composed(index, name, one.path) for name in names
    )


def _is_composed(index: Index, name: str, path: str) -> bool:
    """Whether an annotation of the repository carries @RestController."""
    one = index.named(name, path)
    return (
        one is not None and one.kind == "annotation" and one.note("Controller", "RestController") is not None
    )


def _controller(index: Index, one: ClassFact) -> Iterator[tuple[str, Route]]:
    context = index.setting(one.path, *_CONTEXT)
    prefixes = next(
        (found for here in index.inherited(one) if (found := _class_paths(index, here)) is not None), [""]
    )
    seen: set[str] = set()
    for here in index.inherited(one):
        for method in here.methods:
            if method.name in seen and here is not one:
                continue
            mapped = list(_mapped(index, method, here.path))
            seen.update({method.name} if mapped else ())
            for verb, path, line in mapped:
                for prefix in prefixes:
                    whole = paths.join(context, paths.join(prefix, path)) or "/"
                    yield (
                        whole,
                        Route(verb, whole, f"{one.name}.{method.name}", Site(here.path, line), "Spring"),
                    )


def _graphql(index: Index, one: ClassFact) -> Iterator[tuple[str, Route]]:
    """Operations of Spring for GraphQL, named by their method unless the annotation says otherwise."""
    for method in one.methods:
        for note in method.notes:
            if note.name in GRAPHQL:
                given = index.arguments(note, one.path)
                name = next(iter(given.get("name") or given.get("value") or given.get("") or [method.name]))
                site = Site(one.path, note.line)
                yield name, Route(GRAPHQL[note.name], name, f"{one.name}.{method.name}", site, "GraphQL")


def _class_paths(index: Index, one: ClassFact) -> list[str] | None:
    for note in one.notes:
        composed = index.named(note.name, one.path)
        if note.name in ("RequestMapping", "HttpExchange"):
            return _paths(index, note, one.path) or [""]
        if (
            composed is not None
            and composed.kind == "annotation"
            and (inner := composed.note("RequestMapping"))
        ):
            return _paths(index, note, one.path) or _paths(index, inner, composed.path) or [""]
    return None


def _mapped(index: Index, method: MethodFact, path: str) -> Iterator[tuple[str, str, int]]:
    """(verb, path, line) of a method's mappings."""
    for note in method.notes:
        composed = index.named(note.name, path)
        if note.name in MAPPINGS:
            yield from _expanded(index, note, path, note)
        elif composed is not None and composed.kind == "annotation":
            for inner in composed.notes:
                if inner.name in MAPPINGS:
                    yield from _expanded(index, inner, composed.path, note)


def _expanded(index: Index, mapping: Note, path: str, used: Note) -> Iterator[tuple[str, str, int]]:
    arguments = index.arguments(mapping, path)
    verbs = [MAPPINGS[mapping.name]]
    if mapping.name == "RequestMapping" and arguments.get("method"):
        verbs = [verb.rpartition(".")[2].strip("\ue000\ue001") for verb in arguments["method"]]
    given = (_paths(index, used, path) if used is not mapping else []) or _paths(index, mapping, path) or [""]
    for verb in verbs:
        for one in given:
            yield verb, one, used.line


def _paths(index: Index, note: Note, path: str) -> list[str]:
    arguments = index.arguments(note, path)
    names = ("value", "path", "url", "")
    written = [index.filled(one, path) for name in names for one in arguments.get(name, [])]
    return [_PATTERN.sub(r"{\1}", one) for one in written]


def _micronaut(index: Index, one: ClassFact) -> Iterator[tuple[str, Route]]:
    context = index.setting(one.path, "micronaut.server.context-path")
    note = one.note("Controller")
    prefixes = _micronaut_paths(index, note, one.path) if note is not None else [""]
    for here in index.inherited(one):
        for method in here.methods:
            for found in method.notes:
                if found.name in MICRONAUT:
                    for prefix in prefixes:
                        for path in _micronaut_paths(index, found, here.path):
                            whole = paths.join(context, paths.join(prefix, path)) or "/"
                            site = Site(here.path, found.line)
                            yield (
                                whole,
                                Route(
                                    MICRONAUT[found.name],
                                    whole,
                                    f"{one.name}.{method.name}",
                                    site,
                                    "Micronaut",
                                ),
                            )


def _micronaut_paths(index: Index, note: Note, path: str) -> list[str]:
    arguments = index.arguments(note, path)
    found = next((arguments[name] for name in ("value", "uri", "uris", "") if arguments.get(name)), [""])
    return [_expanded_template(one) for one in found]


def _expanded_template(path: str) -> str:
    """RFC 6570 as a path: `{?query}` left out, `{/part}` and `{+rest}` as parameters."""
    path = re.sub(r"\{[?&#][^{}]*\}", "", path)
    path = re.sub(r"\{/(\w+)[^{}]*\}", r"/{\1}", path)
    return re.sub(r"\{\+?(\w+)(?:[:*](?:[^{}]|\{[^{}]*\})*)?\}", r"{\1}", path)
