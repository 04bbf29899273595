"""bun.lock and deno.lock: JSON, Bun's with trailing commas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Locked, Source

_NAMED = re.compile(r"(@?[^@]+)@(.*)")


def read(source: Source) -> Iterator[Declared | Locked]:
    document = source.document
    development = _names(document, "devDependencies") - _names(document, "dependencies")
    for key, entry in document.items("packages"):
        first = entry.at(0)
        found = _NAMED.fullmatch(first.value) if first and isinstance(first.value, str) else None
        if not found or found[2].startswith("workspace:"):
            continue
        version = found[2].removeprefix("npm:")
        owner = "." if key.count("/") == key.startswith("@") else ""
        yield Locked(
            found[1], version, key.line, "development" if key in development else "runtime",
            local=version.startswith(("file:", "link:")), owner=owner,
        )  # fmt: skip


def _names(document: Located, table: str) -> set[str]:
    return {str(name) for _, workspace in document.items("workspaces") for name, _ in workspace.items(table)}


def read_deno(source: Source) -> Iterator[Declared | Locked]:
    document = source.document
    for ecosystem in ("npm", "jsr"):
        tables = (document.at(ecosystem), document.at("packages", ecosystem), document.at("npm", "packages"))
        for table in tables if ecosystem == "npm" else tables[:2]:
            for key, _ in table.items() if table else ():
                found = re.match(r"(@?[^@]+)@([^_]+)", key)
                if found:
                    yield Locked(found[1], found[2], key.line, ecosystem=ecosystem)
