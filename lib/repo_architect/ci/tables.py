"""The tables beside this module: pinned actions and runtime versions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pin:
    """An action at a commit. `version` is the tag that the commit belongs to."""

    action: str
    version: str
    commit: str

    @property
    def uses(self) -> str:
        return f"{self.action}@{self.commit}"


@dataclass(frozen=True)
class Versions:
    """Versions of a runtime that are still supported, oldest first, and the one to take when nothing is said."""

    versions: tuple[str, ...]
    default: str


@cache
def pins() -> dict[str, Pin]:
    """Pinned actions by the name that a plan uses."""
    rows = tomllib.loads((_HERE / "pins.toml").read_text(encoding="utf-8"))
    return {name: Pin(**row) for name, row in rows.items() if isinstance(row, dict)}


@cache
def runtimes() -> dict[str, Versions]:
    """Versions by runtime."""
    rows = tomllib.loads((_HERE / "runtimes.toml").read_text(encoding="utf-8"))
    return {
        name: Versions(tuple(row["versions"]), row["default"])
        for name, row in rows.items()
        if isinstance(row, dict)
    }
