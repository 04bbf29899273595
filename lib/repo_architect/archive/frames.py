"""The archive's members as a table for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.archive.pack import Archive

if TYPE_CHECKING:
    import pandas as pd


def frame(archive: Archive) -> pd.DataFrame:
    """One row a member: name, bytes, sha256 (hex), and the stage that made it."""
    import pandas as pd

    rows = [(member.name, member.size, member.sha256, member.made_by) for member in archive.members]
    return pd.DataFrame(rows, columns=["name", "bytes", "sha256", "made_by"])
