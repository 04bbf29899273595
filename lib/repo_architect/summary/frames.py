"""The summary as a table for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.contracts import Summary

if TYPE_CHECKING:
    import pandas as pd


def frame(summary: Summary) -> pd.DataFrame:
    """One row a statement: part, text, verdict, evidence (`path:line`, the first three)."""
    import pandas as pd

    claims = (
        *(("sentence", claim) for claim in summary.sentences),
        *(("first step", claim) for claim in summary.onboarding),
        *(("technology", claim) for claim in summary.technologies),
        *(("rejected", claim) for claim in summary.rejected),
    )
    rows = [(part, claim.text, claim.verdict, claim.evidence) for part, claim in claims]
    rows[3:3] = [
        ("hotspot", f"{spot.path}: {spot.reason}", "supported", spot.evidence) for spot in summary.hotspots
    ]
    return pd.DataFrame(
        [(part, text, verdict, ", ".join(map(str, evidence[:3]))) for part, text, verdict, evidence in rows],
        columns=["part", "text", "verdict", "evidence"],
    )
