"""Which tree-sitter grammar parses which language. Languages have Linguist's names."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from tree_sitter import Language, Parser

GRAMMARS: dict[str, tuple[str, str]] = {
    "C": ("tree_sitter_c", "language"),
    "C#": ("tree_sitter_c_sharp", "language"),
    "C++": ("tree_sitter_cpp", "language"),
    "Go": ("tree_sitter_go", "language"),
    "Java": ("tree_sitter_java", "language"),
    "JavaScript": ("tree_sitter_javascript", "language"),
    "JSX": ("tree_sitter_javascript", "language"),
    "Kotlin": ("tree_sitter_kotlin", "language"),
    "PHP": ("tree_sitter_php", "language_php"),
    "Python": ("tree_sitter_python", "language"),
    "Ruby": ("tree_sitter_ruby", "language"),
    "Rust": ("tree_sitter_rust", "language"),
    "TSX": ("tree_sitter_typescript", "language_tsx"),
    "TypeScript": ("tree_sitter_typescript", "language_typescript"),
}
"""Module and function of each grammar; a module is loaded when its language is first met."""


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
