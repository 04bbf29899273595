"""Rust: module statements, paths, and what the examples of included documentation use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.facts import FileFacts, Link
from repo_architect.analysis.modules.resolve import paths
from repo_architect.analysis.modules.resolve.rust import RustResolver

USED = re.compile(r"^[ \t]*(?:#[ \t]*)?use[ \t]+([A-Za-z_]\w*::)", re.MULTILINE)


class RustLinker:
    """Links each path to the file of its module.

    Examples of documentation count for a crate that the package's code does not speak of: it is declared for them.
    """

    def __init__(self, tree: FileTree, resolver: RustResolver) -> None:
        self._tree = tree
        self._resolver = resolver

    def links(self, path: str, facts: FileFacts) -> Iterator[Link]:
        for statement in facts.imports:
            for specifier in self._specifiers(path, statement.specifier):
                target = self._resolver.resolve(path, specifier)
                if target is not None:
                    yield Link(target, statement.kind, statement.line)

    def _specifiers(self, path: str, specifier: str) -> list[str]:
        """The specifier, or for documentation those of its examples."""
        how, _, rest = specifier.rpartition(" ")
        if how not in {"doc", "example"}:
            return [specifier]
        used = [rest] if how == "example" else self._included(path, rest)
        spoken = self._resolver.spoken(path)
        return [item for item in used if item.partition("::")[0] not in spoken]

    def _included(self, path: str, written: str) -> list[str]:
        included = paths.join(paths.parent(path), written)
        text = self._tree.text(included) if included is not None and included in self._tree else None
        return sorted(set(USED.findall(text or "")))
