"""Ruby: what is required, and in Rails applications what constants load."""

from __future__ import annotations

from collections.abc import Iterator

from repo_architect.analysis.modules.facts import FileFacts, Link
from repo_architect.analysis.modules.resolve.ruby import RubyResolver


class RubyLinker:
    """Links requires, and constants where files are loaded by their names."""

    def __init__(self, resolver: RubyResolver) -> None:
        self._resolver = resolver

    def links(self, path: str, facts: FileFacts) -> Iterator[Link]:
        for statement in facts.imports:
            target = self._resolver.resolve(path, statement.specifier)
            if target is not None:
                yield Link(target, statement.kind, statement.line)
        own = set(facts.defines)
        for use in facts.uses:
            target = self._resolver.constant(path, use.name) if use.name not in own else None
            if target is not None:
                yield Link(target, "same_package", use.line)
