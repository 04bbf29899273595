"""A place where execution can begin."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """`kind` is a short fixed word, `target` what is run, as it is written."""

    kind: str
    name: str
    path: str
    line: int
    target: str | None = None
