"""Elixir, for which there is no grammar here: modules that it speaks of, and addresses, line by line without comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.architecture import technologies
from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.documents import is_aside
from repo_architect.analysis.architecture.facts import Address, LibraryUse
from repo_architect.analysis.files import FileTree

_MODULE = re.compile(r"(?<![\w.\"])([A-Z]\w*(?:\.[A-Z]\w*)*)(?=\.[a-z_]|[\s,{]|$)")
_ADDRESS = re.compile(r"\"([a-z][a-z0-9+.-]{1,20}://[^\s\"#]+)\"?")
_DOCUMENT = re.compile(r"@(?:module|type)?doc\s+(?:~[sS])?\"\"\"")


def add_elixir(tree: FileTree, calls: Calls) -> None:
    """Add what Elixir sources say to what the syntax trees of other languages said."""
    for file in tree.files:
        if file.name.endswith(".ex") and file.size < 500_000 and not is_aside(tree, file.path):
            seen: set[str] = set()
            for number, line in _code(tree.text(file.path) or ""):
                calls.addresses.extend(
                    Address(match[1], file.path, number, line[: match.start()])
                    for match in _ADDRESS.finditer(line)
                )
                for match in _MODULE.finditer(line):
                    found = technologies.by_import("Elixir", match[1])
                    if found and found.name not in seen:
                        seen.add(found.name)
                        calls.libraries.append(LibraryUse(found.name, file.path, number))


def _code(text: str) -> Iterator[tuple[int, str]]:
    """The lines without documentation and comments, with their numbers."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        begins = not inside and _DOCUMENT.search(line) is not None
        ends = (line.count('"""') % 2 == 1) if inside or begins else False
        if not inside and not begins and not line.lstrip().startswith("#"):
            yield number, line
        if begins or inside:
            inside = not ends if inside else line.count('"""') % 2 == 1
