"""Which tree-sitter grammar parses which language. Languages have Linguist's names."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from tree_sitter import Language, Parser

GRAMMARS: dict[str, tuple[str, str]] = {
    "JavaScript": ("tree_sitter_javascript", "language"),
    "JSX": ("tree_sitter_javascript", "language"),
    "Python": ("tree_sitter_python", "language"),
    "TSX": ("tree_sitter_typescript", "language_tsx"),
    "TypeScript": ("tree_sitter_typescript", "language_typescript"),
}


@cache
def language(name: str) -> Language | None:
    """The grammar of a language, None where there is none."""
    if name not in GRAMMARS:
        return None
    module, function = GRAMMARS[name]
    return Language(getattr(import_module(module), function)())


@cache
def parser(name: str) -> Parser | None:
    """A parser of a language, None where there is no grammar."""
    grammar = language(name)
    return Parser(grammar) if grammar else None
