"""C and C++: `#include`."""

from __future__ import annotations

from collections.abc import Iterator

from repo_architect.analysis.modules.extract.queries import statements_only
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.syntax import ParsedFile

QUERY = "(preproc_include path: [(string_literal) (system_lib_string)] @path)"


def facts(file: ParsedFile) -> FileFacts:
    """The facts of a C or C++ file. Specifiers keep their quotes or angle brackets."""
    return statements_only(file, _imports(file))


def _imports(file: ParsedFile) -> Iterator[Import]:
    for captures in file.matches(QUERY):
        node = captures["path"][0]
        yield Import(file.line(node), file.text(node), (), "include")
