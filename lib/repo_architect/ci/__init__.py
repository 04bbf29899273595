"""Stage 04: plan the CI that a repository should have, and write it as a GitHub Actions workflow.

plan = ci.plan(shape)          # ci_plan.json: each decision with its evidence
text = ci.workflow(plan)       # ci-generated.yml
ci.frame(plan)                 # the decisions as a pandas frame
"""

from repo_architect.ci.frames import frame
from repo_architect.ci.planning import plan
from repo_architect.ci.workflow import workflow

__all__ = ["frame", "plan", "workflow"]
