"""OpenAPI 3 and Swagger 2: paths below the base path or the first server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.descriptions.described import Described
from repo_architect.analysis.located import Located

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/]*", re.IGNORECASE)


def read(document: Located) -> Iterator[Described]:
    """Each operation with its line."""
    framework = "Swagger" if document.at("swagger") is not None else "OpenAPI"
    for path, item in document.items("paths"):
        if not path.startswith("/"):
            continue
        for method, operation in item.items():
            if method in METHODS:
                whole = paths.join(_base(document, item, operation), path)
                yield Described(method.upper(), whole, framework, operation.text("operationId"), method.line)


def _base(document: Located, item: Located, operation: Located) -> str:
    base = document.text("basePath")
    if base is not None:
        return base.rstrip("/")
    for holder in (operation, item, document):
        server = holder.at("servers", 0)
        url = server.text("url") if server is not None else None
        if server is not None and url is not None:
            return _HOST.sub("", _filled(url, server)).rstrip("/")
    return ""


def _filled(url: str, server: Located) -> str:
    """A server's URL with the defaults of its variables."""
    for name, variable in server.items("variables"):
        url = url.replace(f"{{{name}}}", variable.text("default") or f"{{{name}}}")
    return url
