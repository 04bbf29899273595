"""The table of languages: who reads a language's imports. Names are Linguist's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from repo_architect.analysis.modules.extract import javascript, python
from repo_architect.analysis.modules.facts import Import
from repo_architect.analysis.syntax import ParsedFile

EXTRACTORS: dict[str, Callable[[ParsedFile], Iterable[Import]]] = {
    "JavaScript": javascript.imports,
    "JSX": javascript.imports,
    "Python": python.imports,
    "TSX": javascript.imports,
    "TypeScript": javascript.imports,
}
