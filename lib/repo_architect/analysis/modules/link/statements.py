"""Languages whose import statements name files or modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from repo_architect.analysis.modules.facts import FileFacts, Link

Resolve = Callable[[str, str, str | None], str | None]


class StatementLinker:
    """Links each statement to what it resolves to; `by_name` where an imported name can be a module itself."""

    def __init__(self, resolve: Resolve, by_name: bool = False) -> None:
        self._resolve = resolve
        self._by_name = by_name

    def links(self, path: str, facts: FileFacts) -> Iterator[Link]:
        for statement in facts.imports:
            names = [name.partition(" as ")[0] for name in statement.names] if self._by_name else []
            for name in names or (None,):
                target = self._resolve(path, statement.specifier, name)
                if target is not None:
                    yield Link(target, statement.kind, statement.line)
