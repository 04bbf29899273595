"""The plan as a pandas frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.contracts import CiPlan

if TYPE_CHECKING:
    import pandas as pd


def frame(plan: CiPlan) -> pd.DataFrame:
    """One row for each decision and each step: subject, choice, reason, evidence (`path:line`, first), covered."""
    import pandas as pd

    rows = [(d.subject, d.choice, d.reason, d.evidence, True) for d in plan.decisions]
    rows += [
        (f"{job.name}: {step.name}", step.run or step.uses or "", step.reason, step.evidence, True)
        for job in plan.jobs
        for step in job.steps
    ]
    rows += [(d.subject, d.choice, d.reason, d.evidence, False) for d in plan.not_covered]
    table = pd.DataFrame(rows, columns=["subject", "choice", "reason", "evidence", "covered"])
    table["evidence"] = [str(found[0]) if found else "" for found in table["evidence"]]
    return table
