"""Mermaid text that every version from 9.4 on reads: plain ids, every label quoted, everything unusual escaped."""

from __future__ import annotations

from collections.abc import Sequence

from repo_architect.diagram.model import Edge, Node

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,_/-")
_SHAPES = {
    "database": ('[("', '")]'),
    "storage": ('[("', '")]'),
    "cache": ('[("', '")]'),
    "broker": ('{{"', '"}}'),
    "queue": ('{{"', '"}}'),
    "external": ('(["', '"])'),
    "user": ('(("', '"))'),
    "web": ('("', '")'),
}
# Mermaid itself writes an entity as these while it works, and would read them back as one
_MARKS = ("\u00b6\u00df", "\ufb02\u00b0")
_BOX = ('["', '"]')


def write(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """A flowchart of these boxes and arrows, in the order given."""
    lines = ["flowchart TB", *map(_node, nodes), *map(_edge, edges)]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """The text with every character outside letters, digits and ` .,_/-` as `#codepoint;`."""
    for mark in _MARKS:
        text = text.replace(mark, mark[0] + " " + mark[1:])
    shown = "".join(character if character in _PLAIN else f"#{ord(character)};" for character in text)
    # a label that begins like a list is drawn as an error by some versions
    return f"#{ord(shown[0])};{shown[1:]}" if shown[:1] in ("-", " ") else shown


def _node(node: Node) -> str:
    left, right = _SHAPES.get(node.kind, _BOX)
    return f"{node.id}{left}{escape(caption(node))}{right}"


def caption(node: Node) -> str:
    """The label, and how much of its dependencies no arrow shows."""
    return f"{node.label} + {node.folded} {plural(node.folded)}" if node.folded else node.label


def plural(count: int) -> str:
    return "dependency" if count == 1 else "dependencies"


def _edge(edge: Edge) -> str:
    text = escape(edge.label)
    if edge.cycle:
        return f'{edge.source}-. "{text or "cycle"}" .->{edge.target}'
    return f'{edge.source}-->|"{text}"|{edge.target}' if text else f"{edge.source}-->{edge.target}"
