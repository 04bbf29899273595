"""Putting the proposal on its branch: nothing that differs, no push; nothing of others overwritten."""

from __future__ import annotations

import re
from dataclasses import dataclass

from repo_architect.errors import ForgeError
from repo_architect.git_command import GitFailedError
from repo_architect.pull_request.forges import PullRequest
from repo_architect.pull_request.request import Proposal, Request, propose_on
from repo_architect.pull_request.tree import Tree
from repo_architect.pull_request.workspace import Changes, Tip, Workspace

_NO_WORKFLOWS = re.compile(
    r"refusing to allow .*(workflow|app)|`workflows?` (scope|permission)", re.IGNORECASE
)
_STALE = re.compile(
    r"stale info|fetch first|non-fast-forward|failed to update ref|cannot lock ref", re.IGNORECASE
)
_RULES = re.compile(
    r"GH006|GH013|protected branch|rule violations|hook declined|not allowed to push", re.IGNORECASE
)


class Refused(Exception):  # noqa: N818 - an outcome, not an error
    """Nothing more is done, and why; `state` as pr_info.json has it."""

    def __init__(
        self, reason: str, *steps: str, state: str = "refused", pull: PullRequest | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.steps = steps
        self.state = state
        self.pull = pull


@dataclass(frozen=True)
class Push:
    """Where a proposal is pushed: the branch of `remote`, and the base it stands on."""

    workspace: Workspace
    base: Tree
    remote: str

    def tip(self, request: Request, pull: PullRequest | None) -> Tip | None:
        """What the branch stands at. Raises Refused when that is somebody else's commit."""
        tip = self.workspace.tip(self.remote, request.branch)
        if tip and not tip.ours:
            raise Refused(
                f"the branch {request.branch} carries a commit of somebody else ({tip.commit[:12]}); it is left as it is",
                "merge or delete the branch, or choose another",
                pull=pull,
            )
        return tip

    def push(self, request: Request, proposal: Proposal, tip: Tip | None) -> tuple[str | None, Proposal]:
        """Push what differs: the commit (None where the branch has it all) and what was proposed in the end.

        A token without the right to write workflows gets a proposal with the CI outside. Raises Refused, ForgeError.
        """
        if tip and tip.changes == _changes(proposal):
            return None, proposal
        commit = self.workspace.commit(self.base, proposal.changed, proposal.title)
        try:
            self.workspace.push(self.remote, request.branch, commit, tip.commit if tip else None)
        except GitFailedError as error:
            outside = propose_on(request, self.base, proposal.base, may_write_workflows=False)
            if _NO_WORKFLOWS.search(error.message) and outside.changed != proposal.changed:
                return self.push(request, outside, tip)
            raise _why_not(request, error) from None
        return commit, proposal


def _changes(proposal: Proposal) -> Changes:
    return {file.path: (file.before, file.after) for file in proposal.files if file.action != "keep"}


def _why_not(request: Request, error: GitFailedError) -> Exception:
    if _STALE.search(error.message):
        return Refused(
            f"somebody pushed to {request.branch} at the same time; it is left as it is", "resume the run"
        )
    if _RULES.search(error.message):
        return Refused(
            f"the rules of the repository do not let {request.branch} be pushed", "choose another branch"
        )
    if "403" in error.message or "denied" in error.message.lower():
        return ForgeError(
            "the token may not push to the repository",
            fix="give it write access to contents and to pull requests",
        )
    return error
