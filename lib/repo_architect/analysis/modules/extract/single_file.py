"""Script blocks of single-file components (Vue, Svelte) and the frontmatter of Astro files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.extract import javascript
from repo_architect.analysis.modules.facts import Import
from repo_architect.analysis.syntax import ParsedFile, grammars

LANGUAGES = frozenset({"Astro", "Svelte", "Vue"})
SCRIPT = re.compile(
    rb"<script(?P<attributes>(?:\s[^>]*)?)>(?P<code>.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
SOURCE = re.compile(rb"\bsrc\s*=\s*[\"']([^\"']+)[\"']")
FRONTMATTER = re.compile(rb"\A\s*---\r?\n(?P<code>.*?)^---\s*$", re.DOTALL | re.MULTILINE)


def imports(tree: FileTree, path: str, language: str) -> Iterator[Import]:
    """The import facts of a component, with lines of the whole file."""
    source = tree.bytes(path) or b""
    for found in SCRIPT.finditer(source):
        written = SOURCE.search(found["attributes"])
        if written is not None:
            yield Import(
                source.count(b"\n", 0, found.start()) + 1, written[1].decode("utf-8", "replace"), (), "import"
            )
        yield from _block(source, path, found)
    if language == "Astro":
        for found in FRONTMATTER.finditer(source):
            yield from _block(source, path, found)


def _block(source: bytes, path: str, found: re.Match[bytes]) -> Iterator[Import]:
    parser = grammars.parser("TSX" if b"tsx" in found.group(0)[:80] else "TypeScript")
    if parser is None:
        return
    offset = source.count(b"\n", 0, found.start("code"))
    code = found["code"]
    for item in javascript.imports(ParsedFile(path, "TypeScript", code, parser.parse(code).root_node)):
        yield item._replace(line=item.line + offset)
