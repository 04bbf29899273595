"""Rust items that stand in the braces of a macro (`cfg_rt! { mod task; }`, `cfg_if!`): the file as if they stood outside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from repo_architect.analysis.modules.extract.queries import VISIBLE, plain, reparsed
from repo_architect.analysis.syntax import ParsedFile

PATTERNS = """
(source_file (macro_invocation (token_tree)) @macro)
(declaration_list (macro_invocation (token_tree)) @macro)
"""
"""Macros in the place of items; those of expressions (`quote!`) hold code that stands elsewhere."""
ITEM = re.compile(
    rb"^[ \t{}]*(?:#\[[^\n]*\][ \t]*)?(?:pub(?:\([^)\n]*\))?[ \t]+)?(?:mod|use)\s", re.MULTILINE
)
CHOICES = frozenset({"cfg_if", "cfg_select"})
"""Macros whose items stand in a block for each case."""
MAX_NESTING = 8


def unwrapped(file: ParsedFile, query: str) -> ParsedFile:
    """The file with what is around such items blanked, so that lines and offsets stay; itself when there are none.

    `query` holds PATTERNS.
    """
    for _ in range(MAX_NESTING):
        wraps = [
            span
            for captures in file.matches(query)
            for macro in captures.get("macro", ())
            for span in _wraps(file, macro)
        ]
        if not wraps:
            break
        file = reparsed(file, _blanked(file.source, wraps))
    return file


def _wraps(file: ParsedFile, macro: Node) -> Iterator[tuple[int, int]]:
    """What a macro that holds items is made of besides them."""
    name, held = macro.child_by_field_name("macro"), macro.named_children[-1]
    if name is None or not ITEM.search(file.source[held.start_byte + 1 : held.end_byte]):
        return
    blocks = [held]
    if plain(file, name).rpartition("::")[2] in CHOICES:
        blocks = [
            node for node in held.named_children if file.source[node.start_byte : node.start_byte + 1] == b"{"
        ]
    here = macro.start_byte
    for block in blocks:
        yield here, block.start_byte + 1
        here = block.end_byte - 1
    yield here, macro.end_byte


def _blanked(source: bytes, spans: list[tuple[int, int]]) -> bytes:
    pieces: list[bytes] = []
    end = 0
    for first, last in sorted(spans):
        pieces += (source[end:first], VISIBLE.sub(b" ", source[first:last]))
        end = last
    return b"".join([*pieces, source[end:]])
