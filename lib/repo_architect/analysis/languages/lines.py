"""Lines of code and of comments, by what each language's comments look like."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_C = (("//",), (("/*", "*/"),))
_HASH: tuple[tuple[str, ...], tuple[tuple[str, str], ...]] = (("#",), ())
_DASH = (("--",), (("/*", "*/"),))
_MARKUP: tuple[tuple[str, ...], tuple[tuple[str, str], ...]] = ((), (("<!--", "-->"),))
_LISP = ((";",), (("#|", "|#"),))
_PERCENT: tuple[tuple[str, ...], tuple[tuple[str, str], ...]] = (("%",), ())
_MIXED = (("//",), (("<!--", "-->"), ("/*", "*/")))

COMMENTS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = {
    **dict.fromkeys(
        ("ActionScript", "Apex", "C", "C#", "C++", "Cairo", "Cuda", "D", "Dart", "GLSL", "Go", "Groovy", "Gradle", "HLSL", "Java",
         "JavaScript", "JSX", "Jsonnet", "Kotlin", "Less", "Metal", "Objective-C", "Objective-C++", "OpenCL", "Pkl", "Protocol Buffer",
         "Rust", "SCSS", "Sass", "Scala", "Shaderlab", "Solidity", "Stylus", "Swift", "SystemVerilog", "TSX", "Thrift", "TypeScript",
         "TypeSpec", "V", "Verilog", "WebAssembly Interface Type", "Zig", "Odin", "Haxe", "Vala", "Bicep", "Prisma", "QML"), _C),
    **dict.fromkeys(
        ("Awk", "CMake", "Crystal", "Cython", "Dockerfile", "Earthly", "Elixir", "Fish", "Gherkin", "GDScript", "Just", "Makefile",
         "Meson", "Mojo", "Nim", "Nix", "Nushell", "Perl", "PowerShell", "Puppet", "Python", "R", "Raku", "Rego", "Ruby", "Shell", "Starlark",
         "Tcl", "YAML", "TOML", "Procfile", "CoffeeScript", "Snakemake", "jq", "Bash", "Zsh"), _HASH),
    **dict.fromkeys(("Ada", "Elm", "Haskell", "PureScript", "SQL", "PLpgSQL", "PLSQL", "TSQL", "VHDL"), _DASH),
    **dict.fromkeys(("HTML", "XML", "XSLT", "SVG", "Markdown", "Jinja", "Twig", "Blade", "EJS", "ERB", "Mustache", "Handlebars"), _MARKUP),
    **dict.fromkeys(("Astro", "Svelte", "Vue"), _MIXED),
    **dict.fromkeys(("Clojure", "Common Lisp", "Emacs Lisp", "Racket", "Scheme", "Assembly"), _LISP),
    **dict.fromkeys(("Erlang", "Prolog", "TeX", "MATLAB"), _PERCENT),
    "CSS": ((), (("/*", "*/"),)),
    "F#": (("//",), (("(*", "*)"),)),
    "Fortran Free Form": (("!",), ()),
    "HCL": (("#", "//"), (("/*", "*/"),)),
    "Julia": (("#",), (("#=", "=#"),)),
    "Lua": (("--",), (("--[[", "]]"),)),
    "OCaml": ((), (("(*", "*)"),)),
    "PHP": (("//", "#"), (("/*", "*/"),)),
    "Pascal": (("//",), (("{", "}"), ("(*", "*)"))),
    "Vim Script": (('"',), ()),
    "Batchfile": (("::", "REM ", "rem "), ()),
    "Visual Basic .NET": (("'",), ()),
}  # fmt: skip
"""For each language what begins a comment to the end of the line, and pairs that enclose one."""

DOCSTRINGS = frozenset({"Cython", "Mojo", "Python", "Starlark"})
"""Languages where a long string that stands alone is a comment."""
_LONG_STRINGS = (r'"""[\s\S]*?(?:"""|\Z)', r"'''[\s\S]*?(?:'''|\Z)")
_BLANK = re.compile(rb"^[ \t\r\f]*$", re.MULTILINE)


class Lines(NamedTuple):
    """Counts of lines: all, of code, of comments alone. What is left over is blank."""

    total: int
    code: int
    comments: int


def count(language: str, data: bytes) -> Lines:
    """Count the lines of a file's content. A line with both code and a comment is code."""
    total = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
    blank = len(_BLANK.findall(data)) - (data.endswith(b"\n") or not data)
    comments = 0
    pattern = _pattern(language)
    if pattern:
        comments = sum(_taken(found) for found in pattern.findall(data) if found)
    return Lines(total, max(total - blank - comments, 0), comments)


def _taken(comment: bytes) -> int:
    """How many lines of a comment are not blank."""
    return comment.count(b"\n") + 1 - (len(_BLANK.findall(comment)) if b"\n" in comment else 0)


@cache
def _pattern(language: str) -> re.Pattern[bytes] | None:
    """Whole lines of comments: no code before them, none after a closing mark."""
    if language not in COMMENTS:
        return None
    line, block = COMMENTS[language]
    kinds = [rf"{re.escape(first)}[\s\S]*?(?:{re.escape(last)}|\Z)[ \t\r]*$" for first, last in block]
    kinds += [rf"{re.escape(mark)}.*$" for mark in line]
    if language in DOCSTRINGS:
        kinds += [rf"[rRuU]?{string}[ \t\r]*$" for string in _LONG_STRINGS]
    skipped = "".join(f"|{string}" for string in _LONG_STRINGS) if language in DOCSTRINGS else ""
    return re.compile(rf"^[ \t]*({'|'.join(kinds)}){skipped}".encode(), re.MULTILINE)
