"""pr_info.json: the pull request that was opened, or the one that would be."""

from __future__ import annotations

from typing import ClassVar, Literal

from repo_architect.contracts.model import Artifact, Model


class ProposedFile(Model):
    """A file of the pull request. `before` is the git blob id in the base tree, null when the file is new."""

    path: str
    artifact: str
    action: Literal["add", "change", "keep"]
    before: str | None
    after: str
    bytes: int


class PrInfo(Artifact):
    """What became of the pull request.

    `dry_run`: asked for nothing, or no token. `opened`, `updated`, `unchanged`; `declined`: an earlier one was closed without merging;
    `nothing_to_propose`: the base already has it all; `refused`: the reason is in `reason`.
    """

    file_name: ClassVar[str] = "pr_info.json"
    made_by: ClassVar[str] = "open_pr"

    state: Literal["dry_run", "opened", "updated", "unchanged", "declined", "nothing_to_propose", "refused"]
    reason: str
    title: str
    body: str
    base: str | None
    branch: str
    head_repository: str | None = None
    files: tuple[ProposedFile, ...] = ()
    url: str | None = None
    number: int | None = None
    draft: bool = True
    commit: str | None = None
    next_steps: tuple[str, ...] = ()
