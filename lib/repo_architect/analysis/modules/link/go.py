"""Go: an import leads to those files of the package that declare the names used of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from repo_architect.analysis.modules.extract.go import locals_of
from repo_architect.analysis.modules.facts import FileFacts, Import, Link
from repo_architect.analysis.modules.resolve import paths
from repo_architect.analysis.modules.resolve.go import GoResolver

TEST = "_test.go"


class GoLinker:
    """Links Go files. A package that is imported for nothing known leads to the file that stands for it."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: GoResolver) -> None:
        self._resolver = resolver
        self._named = {f: facts.namespace for f, facts in files.items() if facts.language == "Go"}
        self._declared: dict[tuple[str, str], dict[str, list[str]]] = {}
        for path, facts in sorted(files.items()):
            if facts.language == "Go":
                names = self._declared.setdefault((paths.parent(path), facts.namespace), {})
                for name in facts.defines:
                    names.setdefault(name, []).append(path)

    def links(self, path: str, facts: FileFacts) -> Iterator[Link]:
        for statement in facts.imports:
            yield from self._imported(statement, facts)
        yield from self._siblings(path, facts)

    def _imported(self, statement: Import, facts: FileFacts) -> Iterator[Link]:
        folder = self._resolver.folder(statement.specifier)
        if folder is None:
            return
        face = self._resolver.face(folder)
        package = self._named.get(face or "", "")
        declared = self._declared.get((folder, package), {})
        local = {*locals_of(statement), package} if not statement.names else set(locals_of(statement))
        used = [
            name
            for use in facts.uses
            for head, dot, name in [use.name.partition(".")]
            if dot and head in local
        ]
        if "." in local:
            used = [use.name for use in facts.uses]
        found = sorted({file for name in used for file in declared.get(name, ()) if not file.endswith(TEST)})
        for target in found or ([face] if face else []):
            yield Link(target, statement.kind, statement.line)

    def _siblings(self, path: str, facts: FileFacts) -> Iterator[Link]:
        """Names of the same package that another file declares."""
        declared = self._declared.get((paths.parent(path), facts.namespace), {})
        own = set(facts.defines)
        for use in facts.uses:
            if use.name not in own:
                for target in declared.get(use.name, ()):
                    if path.endswith(TEST) or not target.endswith(TEST):
                        yield Link(target, "same_package", use.line)
