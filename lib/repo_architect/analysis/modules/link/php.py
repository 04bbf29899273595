"""PHP: classes by namespace, and files that are included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from repo_architect.analysis.modules.facts import FileFacts, Link
from repo_architect.analysis.modules.link.namespaces import PHP, NamespaceLinker
from repo_architect.analysis.modules.resolve import paths


class PhpLinker:
    """Links the types that a file names and the files that it includes."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = files
        self._names = NamespaceLinker(files, PHP)

    def links(self, path: str, facts: FileFacts) -> Iterator[Link]:
        yield from self._names.links(path, facts)
        for statement in facts.imports:
            target = (
                paths.join(paths.parent(path), statement.specifier) if statement.kind == "include" else None
            )
            if target in self._files and target is not None:
                yield Link(target, "include", statement.line)
