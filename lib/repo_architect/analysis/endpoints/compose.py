"""Endpoints of a repository: from code, from file names, from descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Protocol

from repo_architect.analysis.endpoints import annotated, dsl, paths
from repo_architect.analysis.endpoints.descriptions import described
from repo_architect.analysis.endpoints.descriptions.described import Described
from repo_architect.analysis.endpoints.filesystem import routes_by_place
from repo_architect.analysis.endpoints.frameworks import django, nest, rust
from repo_architect.analysis.endpoints.interpreter import ExhaustedError, Interpreter
from repo_architect.analysis.endpoints.ir import Program
from repo_architect.analysis.endpoints.lowering import LOWERINGS, lower
from repo_architect.analysis.endpoints.roots import roots
from repo_architect.analysis.endpoints.router import Route, Site, flatten
from repo_architect.analysis.endpoints.routes import Routes
from repo_architect.analysis.endpoints.world import Resolver, World
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.syntax import ParsedFile, grammars
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Endpoint


class Manifests(Protocol):
    """Knows which component a file belongs to."""

    def component_of(self, path: str) -> str | None:
        """The component's id."""


def compose(
    tree: FileTree, routes: Routes, manifests: Manifests, resolvers: Resolver
) -> tuple[Endpoint, ...]:
    """Every endpoint with its full path, sorted; one that cannot be known is left out."""
    found = [_endpoint(path, route, manifests) for path, route in from_code(tree, routes, resolvers)]
    found += [_endpoint(path, route, manifests) for path, route in routes_by_place(tree)]
    found += [_endpoint(path, route, manifests) for path, route in annotated.compose(tree, routes.units)]
    found += [_endpoint(path, route, manifests) for path, route in _from_blocks(tree, routes)]
    found += [
        _described(path, one, manifests)
        for path, one in _told_once(described(tree), found)
        if not is_test(path)
    ]
    return tuple(sorted(_distinct(found), key=_order))


def from_code(tree: FileTree, routes: Routes, resolvers: Resolver) -> Iterator[tuple[str, Route]]:
    """Run what was seen, and give each route with its full path."""
    interpreter = Interpreter(_world(tree, routes, resolvers))
    for part in _parts(interpreter):
        try:
            interpreter.allow()
            part()
        except (ExhaustedError, RecursionError):
            tree.notes.skip("too_many", "routes of a very large program may not be complete")
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            tree.notes.skip("failed", f"routes may not be complete: {type(error).__name__}")
    told: dict[tuple[Site, str], list[str]] = {}
    for path, route in flatten([router for router in interpreter.routers if not router.assumed]):
        told.setdefault((route.site, route.method), []).append(path)
        yield path, route
    assumed = list(flatten([router for router in interpreter.routers if router.assumed]))
    for path, route in sorted(assumed, key=lambda found: -len(found[0])):
        known = told.setdefault((route.site, route.method), [])
        if not any(longer.endswith(path) or paths.is_unknown(path) for longer in known):
            known.append(path)
            yield path, route


def _from_blocks(tree: FileTree, routes: Routes) -> Iterator[tuple[str, Route]]:
    """Routes of block languages, those without a grammar read here."""
    for file in tree.own(tree.files):
        if tree.verdict(file.path).language == "Elixir" and file.name.endswith("router.ex"):
            routes.see_text(file.path, "Elixir", tree.bytes(file.path) or b"")
    blocks = [(path, one) for path, found in sorted(dsl.ruby.joined(routes.blocks).items()) for one in found]
    for path, one in [*dsl.symfony.prefixed(tree, blocks), *dsl.symfony.read(tree)]:
        yield one.path, Route(one.method, one.path, one.handler, Site(path, one.line), one.framework)


def _parts(interpreter: Interpreter) -> Iterator[Callable[[], object]]:
    """What is run, one after another: modules, functions that nothing calls, lists of URL patterns."""
    world = interpreter.world
    for path in sorted(world.programs):
        yield partial(world.load, path)
    yield from roots(interpreter)
    yield partial(nest.finish, interpreter)
    yield partial(rust.finish, interpreter)
    for module in list(world.modules.values()):
        if module is not None and module.language == "Python":
            yield partial(django.urls_of, interpreter, module)


def _world(tree: FileTree, routes: Routes, resolvers: Resolver) -> World:
    def load(path: str) -> Program | None:
        return _lowered(tree, path)

    def text(path: str) -> str:
        return tree.text(path) or ""

    return World(dict(routes.programs), resolvers, load, frozenset(file.path for file in tree), text)


def _lowered(tree: FileTree, path: str) -> Program | None:
    language = tree.verdict(path).language
    if language is None or language not in LOWERINGS:
        return None
    parser, source = grammars.parser(language), tree.bytes(path)
    if parser is None or source is None:
        return None
    return lower(ParsedFile(path, language, source, parser.parse(source).root_node))


def _endpoint(path: str, route: Route, manifests: Manifests) -> Endpoint | None:
    shown = path if route.framework == "GraphQL" else paths.shown(path)
    if is_test(route.site.path):
        return None
    if shown is None or not route.site.path or "\n" in shown or " " in shown.strip():
        return None
    return Endpoint(
        method=route.method,
        path=shown,
        framework=route.framework,
        handler=route.handler,
        source="code",
        evidence=Evidence(path=route.site.path, line=route.site.line),
        component=manifests.component_of(route.site.path),
    )


def _described(path: str, found: Described, manifests: Manifests) -> Endpoint:
    return Endpoint(
        method=found.method,
        path=found.path,
        framework=found.framework,
        handler=found.handler,
        source="description",
        evidence=Evidence(path=path, line=found.line),
        component=manifests.component_of(path),
    )


def _told_once(
    described_: Iterable[tuple[str, Described]], found: Iterable[Endpoint | None]
) -> Iterator[tuple[str, Described]]:
    """Methods of protocol buffers once each, though their file was copied, and not where the code serves them."""
    seen: set[tuple[str, str]] = set()
    served = {(one.method, _unnamed(one.path)) for one in found if one is not None}
    endings = {(method, path[at:]) for method, path in served for at, sign in enumerate(path) if sign == "/"}
    rows = sorted(described_, key=lambda row: (row[0].count("/"), row[0]))
    over = {
        (path, one.handler)
        for path, one in rows
        if one.framework == "gRPC" and (one.method, _unnamed(one.path)) in endings
    }
    for path, one in rows:
        if one.framework == "gRPC":
            if (path, one.handler) in over or (one.method, one.path) in seen:
                continue
            seen.add((one.method, one.path))
        yield path, one


def _unnamed(path: str) -> str:
    return re.sub(r"<[^<>]*>|\{[^{}]*\}", "{}", path)


def _distinct(found: Iterable[Endpoint | None]) -> Iterator[Endpoint]:
    """Each once. Of the same route written twice in a file, as two branches do, the one with a named handler stays."""
    listed = [endpoint for endpoint in found if endpoint is not None]
    named = {_place(endpoint) for endpoint in listed if endpoint.handler}
    seen: set[tuple[tuple[str, str, str], str | int | None]] = set()
    for endpoint in listed:
        place = _place(endpoint)
        if endpoint.source == "code" and not endpoint.handler and place in named:
            continue
        key = (place, (endpoint.handler or "") if endpoint.source == "code" else endpoint.evidence.line)
        if key not in seen:
            seen.add(key)
            yield endpoint


def _place(endpoint: Endpoint) -> tuple[str, str, str]:
    return endpoint.method, endpoint.path, endpoint.evidence.path


def _order(endpoint: Endpoint) -> tuple[str, str, str, int]:
    return endpoint.path, endpoint.method, endpoint.evidence.path, endpoint.evidence.line or 0
