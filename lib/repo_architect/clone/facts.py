"""The clone as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.contracts import Clone
from repo_architect.contracts.clone import ForgeFacts

if TYPE_CHECKING:
    import pandas as pd


def facts_frame(clone: Clone) -> pd.DataFrame:
    """A frame with the columns fact and value, one row for each thing that is known of the clone."""
    import pandas as pd

    return pd.DataFrame(_rows(clone), columns=["fact", "value"])


def _rows(clone: Clone) -> list[tuple[str, str]]:
    rows = [
        ("repository", clone.url),
        ("commit", clone.commit),
        ("committed", clone.committed_at),
        ("branch", clone.branch or "none: a tag or a commit"),
        ("default branch", clone.default_branch or "unknown"),
        ("history", "one commit (shallow)" if clone.shallow else "whole"),
        ("tracked files", f"{clone.file_count:,}"),
        ("size", f"{clone.size_bytes:,} bytes"),
        ("submodules", _listed([module.path for module in clone.submodules])),
        ("Git LFS pointers", _listed(list(clone.lfs_pointers))),
    ]
    if clone.forge:
        rows += _forge_rows(clone.forge)
    return rows + [("note", note) for note in clone.notes]


def _forge_rows(facts: ForgeFacts) -> list[tuple[str, str]]:
    told = {
        "description": facts.description,
        "topics": ", ".join(facts.topics),
        "licence": facts.license,
        "stars": None if facts.stars is None else f"{facts.stars:,}",
        "archived": "yes" if facts.archived else None,
        "fork": "yes" if facts.fork else None,
    }
    return [(name, value) for name, value in told.items() if value]


def _listed(paths: list[str]) -> str:
    if not paths:
        return "none"
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return f"{len(paths)}, not followed: {', '.join(paths[:3])}{more}"
