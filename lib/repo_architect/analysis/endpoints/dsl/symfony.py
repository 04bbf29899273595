"""Symfony's routes in `config/routes.yaml` and the files beside it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from repo_architect.analysis import located
from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located, Malformed

_PLACE = re.compile(r"(?:^|/)config/(?:routes|routing)(?:/[\w./-]+)?\.ya?ml$")


def read(tree: FileTree) -> Iterator[tuple[str, Found]]:
    """(file, route) of each route that a file of routes declares."""
    for path, document in _documents(tree):
        yield from ((path, found) for found in _routes(document))


def prefixed(tree: FileTree, routes: Iterable[tuple[str, Found]]) -> Iterator[tuple[str, Found]]:
    """Routes of attributes below the prefix that the last import of their folder gives, as Symfony has it."""
    imports = [found for path, document in _documents(tree) for found in _imports(path, document)]
    for path, one in routes:
        prefix = next((given for folder, given in reversed(imports) if path.startswith(folder)), "")
        if one.framework == "Symfony" and prefix:
            yield path, replace(one, path=paths.join(prefix, one.path) or "/")
        else:
            yield path, one


def _documents(tree: FileTree) -> Iterator[tuple[str, Located]]:
    """Files of routes, read in Symfony's order: those of the folder before `routes.yaml`."""
    places = [file.path for file in tree.own(tree.files) if _PLACE.search(file.path)]
    for path in sorted(places, key=lambda one: (-one.count("/"), one)):
        if "/test/" not in path and "/dev/" not in path:
            try:
                yield path, located.yaml(tree.text(path) or "")
            except Malformed:
                tree.notes.skip("malformed", "routes not read", path)


def _imports(path: str, document: Located) -> Iterator[tuple[str, str]]:
    """(folder, prefix) of each import of attributes; `routing.controllers` are all of the project's."""
    folder = path.rpartition("/")[0]
    for _, item in iter(document.items()):
        resource = item.text("resource") or item.text("resource", "path")
        if resource == "routing.controllers":
            yield path[: path.rindex("config/")], item.text("prefix") or ""
        elif resource and item.text("type") in ("attribute", "annotation"):
            yield posixpath.normpath(f"{folder}/{resource}"), item.text("prefix") or ""


def _routes(document: Located) -> Iterator[Found]:
    for name, item in document.items():
        path, target = item.text("path"), item.text("controller") or item.text("defaults", "_controller")
        if path is None or item.at("resource") is not None:
            continue
        if target is None and item.at("methods") is None:
            continue
        written = item.text("methods")
        methods = [written] if written else [one.value for one in item.elements("methods")]
        handler = (target or "").rpartition("\\")[2].replace("::", ".") or None
        for method in [str(one).upper() for one in methods] or ["ANY"]:
            for verb in method.split("|"):
                yield Found(verb.strip(), paths.join("", path) or "/", "Symfony", handler, name.line)
