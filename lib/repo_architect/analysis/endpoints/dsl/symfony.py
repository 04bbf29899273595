"""Symfony's routes in `config/routes.yaml` and the files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis import located
from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.dsl.found import Found
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located, Malformed

_PLACE = re.compile(r"(?:^|/)config/(?:routes|routing)(?:/[\w./-]+)?\.ya?ml$")


def read(tree: FileTree) -> Iterator[tuple[str, Found]]:
    """(file, route) of each route that a file of routes declares."""
    for file in tree.own(tree.files):
        if _PLACE.search(file.path) and "/test/" not in file.path and "/dev/" not in file.path:
            try:
                document = located.yaml(tree.text(file.path) or "")
            except Malformed:
                tree.notes.skip("malformed", "routes not read", file.path)
                continue
            yield from ((file.path, found) for found in _routes(document))


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
