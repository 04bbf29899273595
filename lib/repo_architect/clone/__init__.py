"""Stage 01: have the repository, at one commit, in `repo/`.

clone = clone_repo(run, "https://github.com/pallets/flask", ref="3.0.x")
run.write("clone.json", clone)
"""

from repo_architect.clone.cloning import clone_repo
from repo_architect.clone.facts import facts_frame

__all__ = ["clone_repo", "facts_frame"]
