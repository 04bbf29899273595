"""Opening the pull request, or bringing an open one up to date, without overwriting what others did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from repo_architect.contracts import PrInfo
from repo_architect.errors import ForgeError
from repo_architect.git_command import Git, GitFailedError
from repo_architect.pull_request.body import edited
from repo_architect.pull_request.forges import Answer, Client, ForgeRepository, PullRequest, RepositoryFacts
from repo_architect.pull_request.forges.repository import pull_request, refusal
from repo_architect.pull_request.pushing import Push, Refused
from repo_architect.pull_request.request import Proposal, Request, propose_on
from repo_architect.pull_request.tree import Tree
from repo_architect.pull_request.workspace import Workspace


@dataclass(frozen=True)
class Target:
    """Where things go: the repository that is proposed to, and the one that has the branch (itself, or a fork)."""

    repository: ForgeRepository
    facts: RepositoryFacts
    head: str

    @property
    def head_label(self) -> str:
        return self.head.partition("/")[0]


def open_proposal(request: Request, client: Client, git: Git, folder: Path) -> PrInfo:
    """The whole way on the forge. Raises ForgeError, GitFailedError."""
    facts = ForgeRepository(client, f"{request.clone.owner}/{request.clone.name}").facts()
    base = request.base or facts.default_branch
    workspace = Workspace(git, folder / "git", _remote(request, facts.full_name))
    tree = _base(workspace, base)
    proposal = propose_on(request, tree, base, may_write_workflows=_may_write_workflows(facts))
    try:
        _check(request, proposal, facts)
        target = _target(client, facts)
        push = Push(workspace, tree, _remote(request, target.head))
        return _bring_up_to_date(request, proposal, target, push)
    except Refused as refused:
        pull = refused.pull
        return proposal.info(
            request,
            refused.state,
            refused.reason,
            next_steps=refused.steps,
            url=pull.url if pull else None,
            number=pull.number if pull else None,
        )


def _remote(request: Request, full_name: str) -> str:
    parts = urlsplit(request.clone.web_url or "")
    return f"{parts.scheme}://{parts.netloc}/{full_name}.git"


def _base(workspace: Workspace, base: str) -> Tree:
    try:
        return workspace.fetch_base(base)
    except GitFailedError as error:
        if "couldn't find remote ref" in error.message:
            raise ForgeError(
                f"the repository has no branch {base} to propose to", fix="choose another base"
            ) from None
        raise


def _may_write_workflows(facts: RepositoryFacts) -> bool:
    """GitHub says what a classic token may do; for every other token the push will tell."""
    return facts.scopes is None or "workflow" in facts.scopes


def _check(request: Request, proposal: Proposal, facts: RepositoryFacts) -> None:
    if not proposal.changed:
        raise Refused("the base has all of it already", state="nothing_to_propose")
    if facts.archived:
        raise Refused("the repository is archived, so it takes no pull requests")
    if request.branch == proposal.base:
        raise Refused(f"{request.branch} is the branch that is proposed to", "choose another branch")
    secret = request.token.value.rpartition(":")[2] if request.token else ""
    texts = (proposal.body.encode(), *(file.content for file in proposal.changed))
    if secret and any(secret.encode() in text for text in texts):
        raise Refused(
            "a proposed file holds the token itself",
            "look for it in the repository, and replace the token",
        )


def _target(client: Client, facts: RepositoryFacts) -> Target:
    repository = ForgeRepository(client, facts.full_name)
    return Target(
        repository, facts, repository.fork().full_name if facts.may_push is False else facts.full_name
    )


def _bring_up_to_date(request: Request, proposal: Proposal, target: Target, push: Push) -> PrInfo:
    pulls = target.repository.pull_requests(target.head, request.branch)
    pull = next((pull for pull in pulls if pull.state == "open"), None)
    if pull is None and pulls and not pulls[0].merged:
        raise Refused(
            f"pull request {pulls[0].number} was closed without merging, which is taken as a no",
            "choose another branch to propose again",
            state="declined",
            pull=pulls[0],
        )
    if pull and pull.base != proposal.base:
        raise Refused(
            f"pull request {pull.number} proposes the same branch to {pull.base}, not to {proposal.base}",
            "choose another branch, or change the base of that one",
            pull=pull,
        )
    tip = push.tip(request, pull)
    pushed, proposal = push.push(request, proposal, tip)
    more: dict[str, object] = {
        "head_repository": target.head,
        "commit": pushed or (tip.commit if tip else None),
    }
    if pull is None:
        return _open(request, proposal, target, more)
    edit = _edit(target, pull, proposal)
    state = "updated" if pushed or edit else "unchanged"
    reason = (
        "the open pull request was brought up to date" if state == "updated" else "the open one is up to date"
    )
    return proposal.info(
        request, state, reason, url=pull.url, number=pull.number, **more | {"draft": pull.draft}
    )


def _open(request: Request, proposal: Proposal, target: Target, more: dict[str, object]) -> PrInfo:
    own = target.head == target.facts.full_name
    head = request.branch if own else f"{target.head_label}:{request.branch}"
    answer = target.repository.open(
        proposal.title, proposal.body, head, proposal.base or "", draft=request.draft
    )
    if answer.status == 201:
        made = pull_request(answer.body)
        found = {"url": made.url, "number": made.number, "draft": made.draft}
        return proposal.info(request, "opened", "the pull request was opened", **more | found)
    return _not_opened(request, proposal, target, more, answer)


def _not_opened(
    request: Request, proposal: Proposal, target: Target, more: dict[str, object], answer: Answer
) -> PrInfo:
    """422 on GitHub and 409 on Gitea mean that somebody was faster."""
    said = answer.message.lower()
    if answer.status == 409 or (answer.status == 422 and "already exists" in said):
        pulls = target.repository.pull_requests(target.head, request.branch)
        pull = next((pull for pull in pulls if pull.state == "open"), None)
        if pull:
            _edit(target, pull, proposal)
            return proposal.info(
                request,
                "updated",
                "it was open already",
                url=pull.url,
                number=pull.number,
                **more | {"draft": pull.draft},
            )
    if answer.status == 422 and "no commits between" in said:
        return proposal.info(request, "nothing_to_propose", "the base has all of it already", **more)
    if answer.status == 403 and "not permitted to create" in said:
        step = "allow it under Settings, Actions, General: Allow GitHub Actions to create and approve pull requests"
        return proposal.info(
            request,
            "refused",
            "workflows may not open pull requests in this repository",
            next_steps=(step,),
            **more,
        )
    raise refusal("the pull request was not opened", answer, "give the token write access to pull requests")


def _edit(target: Target, pull: PullRequest, proposal: Proposal) -> bool:
    """Bring title and body up to date, unless somebody edited the body: it is theirs then."""
    prefix = "WIP: " if pull.title.startswith("WIP: ") else ""
    title = prefix + proposal.title
    same_body = pull.body.replace("\r\n", "\n").strip() == proposal.body.strip()
    if edited(pull.body) or (same_body and pull.title == title):
        return False
    target.repository.edit(pull.number, title=title, body=proposal.body)
    return True
