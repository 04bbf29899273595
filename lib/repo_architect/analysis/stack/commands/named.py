"""A command as found, before the same one from several places is merged."""

from __future__ import annotations

from dataclasses import dataclass

from repo_architect.contracts.repo_shape import Purpose

RUNNER, WORKFLOW, DOCUMENT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Named:
    """`name` is the script's, target's or session's name; `rank` is RUNNER, WORKFLOW or DOCUMENT."""

    command: str
    purpose: Purpose
    path: str
    line: int
    directory: str
    rank: int
    name: str = ""
