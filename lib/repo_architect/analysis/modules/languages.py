"""The table of languages: who reads a language's facts, and who links them. Names are Linguist's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from repo_architect.analysis.modules.extract import (
    c,
    csharp,
    go,
    java,
    javascript,
    kotlin,
    php,
    python,
    ruby,
    rust,
)
from repo_architect.analysis.modules.facts import FileFacts
from repo_architect.analysis.syntax import ParsedFile

Family = Literal["c", "csharp", "go", "javascript", "jvm", "php", "python", "ruby", "rust"]


class Row(NamedTuple):
    """A language: `facts` reads a parsed file by tree-sitter `queries`, `family` names the linker."""

    facts: Callable[[ParsedFile], FileFacts]
    family: Family
    queries: tuple[str, ...]


ROWS: dict[str, Row] = {
    "C": Row(c.facts, "c", (c.QUERY,)),
    "C#": Row(csharp.facts, "csharp", (csharp.QUERY, csharp.GENERIC)),
    "C++": Row(c.facts, "c", (c.QUERY,)),
    "Go": Row(go.facts, "go", (go.QUERY,)),
    "Java": Row(java.facts, "jvm", (java.QUERY,)),
    "JavaScript": Row(javascript.facts, "javascript", (javascript.QUERY,)),
    "JSX": Row(javascript.facts, "javascript", (javascript.QUERY,)),
    "Kotlin": Row(kotlin.facts, "jvm", (kotlin.QUERY,)),
    "PHP": Row(php.facts, "php", (php.QUERY,)),
    "Python": Row(python.facts, "python", (python.QUERY,)),
    "Ruby": Row(ruby.facts, "ruby", (ruby.QUERY,)),
    "Rust": Row(rust.facts, "rust", (rust.QUERY,)),
    "TSX": Row(javascript.facts, "javascript", (javascript.TYPESCRIPT,)),
    "TypeScript": Row(javascript.facts, "javascript", (javascript.TYPESCRIPT,)),
}
EMBEDDED = frozenset({"Astro", "Svelte", "Vue"})
"""Languages whose scripts are JavaScript or TypeScript."""
FAMILIES: dict[str, Family] = {name: row.family for name, row in ROWS.items()} | dict.fromkeys(
    EMBEDDED, "javascript"
)
