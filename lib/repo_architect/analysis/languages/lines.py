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
_LONG_STRINGS = ('"""', "'''")
_BLANK = re.compile(rb"\n[ \t\r\f]*$", re.MULTILINE)
"""A line's start is told by the newline before it, put there for the first: the engine looks for a letter quickest."""


class Lines(NamedTuple):
    """Counts of lines: all, of code, of comments alone. What is left over is blank."""

    total: int
    code: int
    comments: int


def count(language: str, data: bytes) -> Lines:
    """Count the lines of a file's content. A line with both code and a comment is code."""
    total = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
    text = b"\n" + data
    blank = len(_BLANK.findall(text)) - (data.endswith(b"\n") or not data)
    pattern = _pattern(language)
    comments = sum(_taken(comment, code) for comment, code in pattern.findall(text)) if pattern else 0
    return Lines(total, max(total - blank - comments, 0), comments)


def _taken(comment: bytes, code: bytes) -> int:
    """How many lines a comment takes that are not blank and hold no code after it."""
    if not comment:
        return 0
    if b"\n" not in comment:
        return not code
    return comment.count(b"\n") + (not code) - len(_BLANK.findall(comment))


@cache
def _pattern(language: str) -> re.Pattern[bytes] | None:
    """Comments with no code before them, and what code there is after them on the same line. Atomic, so that text that
    opens a thousand comments and closes none is read once.
    """
    if language not in COMMENTS:
        return None
    line, block = COMMENTS[language]
    kinds = [_enclosed(first, last) for first, last in block]
    kinds += [rf"{re.escape(mark)}.*+" for mark in line]
    skipped = ""
    if language in DOCSTRINGS:
        strings = [_enclosed(quotes, quotes) for quotes in _LONG_STRINGS]
        kinds += [f"[rRuU]?{string}" for string in strings]
        skipped = "".join(f"|{string}" for string in strings)
    return re.compile(rf"\n[ \t]*+({'|'.join(kinds)})([ \t\r]*+[^\s])?{skipped}".encode())


def _enclosed(first: str, last: str) -> str:
    """What begins with `first`, up to the next `last` or the end; it runs over all that cannot begin `last` at once."""
    letter, rest = re.escape(last[0]), re.escape(last[1:])
    return rf"{re.escape(first)}[^{letter}]*+(?:{letter}(?!{rest})[^{letter}]*+)*+(?:{re.escape(last)}|\Z)"
