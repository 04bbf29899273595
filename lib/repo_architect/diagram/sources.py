"""The import graph between files, without what only supports the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from repo_architect.contracts import ImportEdge, Modules, RepoShape
from repo_architect.diagram.supporting import role

# which kind of import proves a dependency best
_PROOF = {"import": 0, "reexport": 1, "include": 2, "dynamic": 3, "type": 4, "same_package": 5}


MAIN = 20.0
"""Percent of a repository's code: a language of so much is shown even where its imports are not read."""
MARKUP = frozenset({"HTML", "CSS", "SCSS", "Less"})


@dataclass(frozen=True)
class Sources:
    """Files by path with their lines, the imports among them, what was left aside by its role, and languages whose imports are not read."""

    lines: dict[str, int]
    imports: tuple[ImportEdge, ...]
    aside: Counter[str]
    aside_imports: int
    unread: tuple[str, ...] = ()


def sources_of(shape: RepoShape, modules: Modules, within: Collection[str] | None = None) -> Sources:
    """The files that the project is made of. Where all of it is tests or examples, those are what it is made of.

    With `within` only those of these files, whatever they are.
    """
    lines, not_read = _known(shape, modules)
    if within is not None:
        chosen = {path: count for path, count in lines.items() if path in within}
        return Sources(chosen, tuple(_between(chosen, modules.imports())), Counter(), 0)
    roles = {path: role(path) for path in lines}
    own = {path: count for path, count in lines.items() if roles[path] is None}
    unread = tuple(sorted({language for path, language in not_read.items() if path in (own or lines)}))
    if not own:
        return Sources(lines, tuple(_between(lines, modules.imports())), Counter(), 0, unread)
    imports = list(modules.imports())
    kept = tuple(_between(own, imports))
    return Sources(
        own,
        kept,
        Counter(found for found in roles.values() if found),
        len({(e.source, e.target) for e in imports}) - _pairs(kept),
        unread,
    )


def _known(shape: RepoShape, modules: Modules) -> tuple[dict[str, int], dict[str, str]]:
    """Lines by file: of modules, and of files in main languages that there are no modules of; the languages of these files."""
    read = {module.language for module in modules.modules()}
    main = {language.name for language in shape.languages if language.percent >= MAIN} - MARKUP - read
    lines = {module.path: module.lines for module in modules.modules()}
    others = [file for file in shape.files if file.language in main or not lines]
    not_read = {file.path: file.language for file in others if file.language in main}
    return {file.path: file.lines for file in others} | lines, not_read


def _between(lines: dict[str, int], imports: Iterable[ImportEdge]) -> Iterable[ImportEdge]:
    return (
        edge
        for edge in imports
        if edge.source in lines and edge.target in lines and edge.source != edge.target
    )


def narrowed(sources: Sources, within: Collection[str]) -> Sources:
    """Of these sources only the given files."""
    chosen = {path: lines for path, lines in sources.lines.items() if path in within}
    return Sources(chosen, tuple(_between(chosen, sources.imports)), Counter(), 0)


def _pairs(imports: Iterable[ImportEdge]) -> int:
    return len({(edge.source, edge.target) for edge in imports})


def proof_first(edge: ImportEdge) -> tuple[int, str, str]:
    return (_PROOF.get(edge.kind, 9), edge.source, edge.target)
