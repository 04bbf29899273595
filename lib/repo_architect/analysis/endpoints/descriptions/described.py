"""An endpoint of a description file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """`handler` is the operation's name where it has one."""

    method: str
    path: str
    framework: str
    handler: str | None
    line: int
