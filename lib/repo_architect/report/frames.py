"""What the report holds, as a table for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.report.material import gather
from repo_architect.run import Run

if TYPE_CHECKING:
    import pandas as pd

COUNTED = ("components", "languages", "frameworks", "dependencies", "endpoints", "entry_points", "env_vars", "workflows",
           "runtimes", "tests", "secrets", "alerts", "limits")  # fmt: skip


def frame(run: Run) -> pd.DataFrame:
    """One row a part of the analysis: what it is, how many there are."""
    import pandas as pd

    shape = gather(run).shape
    rows = [(name.replace("_", " "), len(getattr(shape, name))) for name in COUNTED]
    return pd.DataFrame(rows, columns=["part", "number"])
