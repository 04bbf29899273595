"""What was asked for, and how its outcome is written down."""

from __future__ import annotations

from dataclasses import dataclass

from repo_architect.contracts import Clone, PrInfo
from repo_architect.contracts.pr_info import ProposedFile
from repo_architect.git_environment import Token
from repo_architect.pull_request.body import body, title
from repo_architect.pull_request.files import Artifacts, Plan, Planned, plan_files
from repo_architect.pull_request.forges import Dialect
from repo_architect.pull_request.tree import Tree

BRANCH = "repo-architect/proposal"


@dataclass(frozen=True)
class Request:
    """A request for a pull request. `base` is empty for the default branch."""

    clone: Clone
    artifacts: Artifacts
    branch: str
    base: str
    draft: bool
    dialect: Dialect | None
    token: Token | None
    run_id: str

    @property
    def blobs(self) -> str:
        """Where the files of the analysed commit are shown, ending with a slash; empty for a local path."""
        if not self.clone.web_url:
            return ""
        path = (self.dialect.blobs if self.dialect else "blob/{commit}/").format(commit=self.clone.commit)
        return f"{self.clone.web_url}/{path}"


@dataclass(frozen=True)
class Proposal:
    """The files against a base: `files` as the contract has them, `changed` what a commit has to carry."""

    plan: Plan
    base: str | None
    files: tuple[ProposedFile, ...]
    changed: tuple[Planned, ...]
    title: str
    body: str

    def info(self, request: Request, state: str, reason: str, **more: object) -> PrInfo:
        """pr_info.json for an outcome. Raises ValidationError for a state the contract does not know."""
        return PrInfo.model_validate(
            {
                "state": state,
                "reason": reason,
                "title": self.title,
                "body": self.body,
                "base": self.base,
                "branch": request.branch,
                "files": self.files,
                "draft": request.draft,
                **more,
            }
        )


def propose_on(request: Request, tree: Tree, base: str | None, *, may_write_workflows: bool) -> Proposal:
    """What a pull request on top of `tree` would hold."""
    plan = plan_files(request.artifacts, tree, may_write_workflows=may_write_workflows)
    files = tuple(_compared(file, tree) for file in plan.files)
    changed = tuple(file for file, found in zip(plan.files, files, strict=True) if found.action != "keep")
    return Proposal(
        plan=plan,
        base=base,
        files=files,
        changed=changed,
        title=title(changed or plan.files),
        body=body(changed or plan.files, request.artifacts.plan, request.blobs, plan.notes),
    )


def _compared(file: Planned, tree: Tree) -> ProposedFile:
    before, after = tree.id(file.path), tree.hash(file.content)
    action = "add" if before is None else "keep" if before == after else "change"
    return ProposedFile.model_validate(
        {
            "path": file.path,
            "artifact": file.artifact,
            "action": action,
            "before": before,
            "after": after,
            "bytes": len(file.content),
        }
    )
