"""The small facts kept of each source file."""

from __future__ import annotations

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


class FileFacts(NamedTuple):
    """What a source file says of others. `lines` counts its lines."""

    language: str
    lines: int
    imports: tuple[Import, ...]
