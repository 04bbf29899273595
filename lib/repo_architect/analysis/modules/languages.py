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
    """A language: `facts` reads a parsed file, `family` names the linker."""

    facts: Callable[[ParsedFile], FileFacts]
    family: Family


ROWS: dict[str, Row] = {
    "C": Row(c.facts, "c"),
    "C#": Row(csharp.facts, "csharp"),
    "C++": Row(c.facts, "c"),
    "Go": Row(go.facts, "go"),
    "Java": Row(java.facts, "jvm"),
    "JavaScript": Row(javascript.facts, "javascript"),
    "JSX": Row(javascript.facts, "javascript"),
    "Kotlin": Row(kotlin.facts, "jvm"),
    "PHP": Row(php.facts, "php"),
    "Python": Row(python.facts, "python"),
    "Ruby": Row(ruby.facts, "ruby"),
    "Rust": Row(rust.facts, "rust"),
    "TSX": Row(javascript.facts, "javascript"),
    "TypeScript": Row(javascript.facts, "javascript"),
}
EMBEDDED = frozenset({"Astro", "Svelte", "Vue"})
"""Languages whose scripts are JavaScript or TypeScript."""
FAMILIES: dict[str, Family] = {name: row.family for name, row in ROWS.items()} | dict.fromkeys(
    EMBEDDED, "javascript"
)
