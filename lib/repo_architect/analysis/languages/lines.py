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
    pattern = _pattern(language)
    comments = sum(map(_taken, pattern.finditer(data))) if pattern else 0
    return Lines(total, max(total - blank - comments, 0), comments)


def _taken(found: re.Match[bytes]) -> int:
    """How many lines a comment takes that are not blank and hold no code after it."""
    comment = found["comment"]
    if not comment:
        return 0
    code = found["code"] is not None
    if b"\n" not in comment:
        return 1 - code
    return comment.count(b"\n") + 1 - code - len(_BLANK.findall(comment))


@cache
def _pattern(language: str) -> re.Pattern[bytes] | None:
    """Comments with no code before them, and what code there is after them on the same line. Atomic, so that text that
    opens a thousand comments and closes none is read once.
    """
    if language not in COMMENTS:
        return None
    line, block = COMMENTS[language]
    kinds = [rf"(?>{re.escape(first)}[\s\S]*?(?:{re.escape(last)}|\Z))" for first, last in block]
    kinds += [rf"{re.escape(mark)}.*+" for mark in line]
    skipped = ""
    if language in DOCSTRINGS:
        kinds += [rf"[rRuU]?(?>{string})" for string in _LONG_STRINGS]
        skipped = "".join(f"|(?>{string})" for string in _LONG_STRINGS)
    return re.compile(
        rf"^[ \t]*+(?P<comment>{'|'.join(kinds)})(?P<code>[ \t\r]*+[^\s])?{skipped}".encode(), re.MULTILINE
    )
