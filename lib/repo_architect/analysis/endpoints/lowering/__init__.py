"""From syntax trees of many languages to one small program."""

from __future__ import annotations

from collections.abc import Callable

from repo_architect.analysis.endpoints import ir
from repo_architect.analysis.endpoints.lowering import go, javascript, python, rust
from repo_architect.analysis.syntax import ParsedFile

LOWERINGS: dict[str, Callable[[ParsedFile], ir.Program]] = {
    "Go": go.lower,
    "JSX": javascript.lower,
    "JavaScript": javascript.lower,
    "Python": python.lower,
    "Rust": rust.lower,
    "TSX": javascript.lower,
    "TypeScript": javascript.lower,
}


def lower(file: ParsedFile) -> ir.Program:
    """The file as a program; an empty one when it nests too deep to be read."""
    try:
        return LOWERINGS[file.language](file)
    except RecursionError:
        return ir.Program(file.path, file.language, ())
