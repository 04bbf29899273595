"""Stage 08: propose the diagram, the summary and the CI as one pull request, or show the one that would be opened.

proposal = propose(run, open_pr=True)
run.write("pr_info.json", proposal)
frame(proposal)
"""

from repo_architect.pull_request.frames import frame
from repo_architect.pull_request.proposing import propose

__all__ = ["frame", "propose"]
