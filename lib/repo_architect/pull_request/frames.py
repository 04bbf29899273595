"""The proposal as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.contracts import PrInfo

if TYPE_CHECKING:
    import pandas as pd


def frame(proposal: PrInfo) -> pd.DataFrame:
    """The proposed files: columns path, action (add, change, keep), bytes and artifact, in the order of their paths."""
    import pandas as pd

    rows = [(file.path, file.action, file.bytes, file.artifact) for file in proposal.files]
    return pd.DataFrame(rows, columns=["path", "action", "bytes", "artifact"])
