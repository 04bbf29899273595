"""The small facts kept of each source file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Import(NamedTuple):
    """An import statement or call. `specifier` is as written; `kind` is one of EDGE_KINDS.

    `names` are what is taken from the target: `name`, `name as local`, `*`, `* as local`, `default as local`.
    """

    line: int
    specifier: str
    names: tuple[str, ...]
    kind: str

    def bindings(self) -> dict[str, str]:
        """Local name to the target's own name of it."""
        pairs = (name.partition(" as ") for name in self.names)
        return {local or name: name for name, _, local in pairs}


class Use(NamedTuple):
    """A name that is used, as written, and the first line of it."""

    name: str
    line: int


class FileFacts(NamedTuple):
    """What a source file says of others. `lines` counts its lines.

    Where languages find files by symbols, `namespace` is the package it declares, `defines` are the top-level
    names it gives, and `uses` the names it takes. `apart` are those of `defines` that are of another namespace, with it.
    """

    language: str
    lines: int
    imports: tuple[Import, ...]
    namespace: str = ""
    defines: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    def spaces(self) -> Iterator[tuple[str, str]]:
        """Each name that it gives, after its namespace."""
        apart = {name for _, name in self.apart}
        yield from ((self.namespace, name) for name in self.defines if name not in apart)
        yield from self.apart


class Link(NamedTuple):
    """An edge from a file in hand: the path it leads to, the kind, and the line."""

    target: str
    kind: str
    line: int


def line_count(source: bytes) -> int:
    """Lines of a source, the last one counted whether or not it ends."""
    return source.count(b"\n") + (not source.endswith(b"\n") and bool(source))
