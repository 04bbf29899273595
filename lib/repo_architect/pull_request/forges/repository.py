"""A repository on a forge, its forks and its pull requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from repo_architect.errors import ForgeError
from repo_architect.pull_request.forges import client
from repo_architect.pull_request.forges.answers import (
    Named,
    Permissions,
    PullAnswer,
    RepositoryAnswer,
    UserAnswer,
    read,
)
from repo_architect.pull_request.forges.client import Answer, Client

_PAGES = 20


@dataclass(frozen=True)
class RepositoryFacts:
    """`scopes` is what GitHub says a classic token may do; it and `may_push` are None where the forge does not say."""

    full_name: str
    default_branch: str
    may_push: bool | None
    archived: bool
    parent: str | None
    scopes: frozenset[str] | None


@dataclass(frozen=True)
class PullRequest:
    number: int
    url: str
    state: str
    merged: bool
    title: str
    body: str
    base: str
    draft: bool


class ForgeRepository:
    """One repository through a client. Every refusal that is not told by a status in the answer is a ForgeError."""

    def __init__(self, client: Client, full_name: str) -> None:
        self.client = client
        self.full_name = full_name
        self._path = f"/repos/{quote(full_name)}"

    def facts(self) -> RepositoryFacts:
        """Raises ForgeError when there is no such repository, or the token may not see it."""
        answer = self.client.get(self._path)
        if not answer.ok:
            raise refusal(
                f"the repository {self.full_name} is not to be seen",
                answer,
                "look at what the token may read",
            )
        return _facts(answer)

    def login(self) -> str | None:
        """Whose token it is; None for a token of a workflow or an app, which is nobody's."""
        answer = self.client.get("/user")
        return read(UserAnswer, answer.body).login if answer.ok else None

    def fork(self) -> RepositoryFacts:
        """The token owner's fork, made where there is none, and there once it answers. Raises ForgeError."""
        answer = self.client.post(f"{self._path}/forks", {})
        if answer.status == 409 or (answer.status == 422 and "exist" in answer.message):
            name = f"{self.login()}/{self.full_name.rpartition('/')[2]}"
        elif answer.ok:
            name = read(Named, answer.body).full_name
        else:
            raise refusal(
                f"{self.full_name} cannot be forked",
                answer,
                "use a token that may write to it, or fork it by hand",
            )
        return self._wait_for(ForgeRepository(self.client, name))

    def pull_requests(self, head: str, branch: str) -> list[PullRequest]:
        """Pull requests from `branch` of the repository `head` (full name), newest first, open or not."""
        told = (read(PullAnswer, raw) for raw in self._pulls(f"{head.partition('/')[0]}:{branch}"))
        found = [pull_request(pull) for pull in told if _is_from(pull, head, branch)]
        return sorted(found, key=lambda pull: -pull.number)

    def open(self, title: str, body: str, head: str, base: str, *, draft: bool) -> Answer:
        """The answer to the request for a new pull request: 201, or why not."""
        asked: dict[str, object] = {"title": title, "body": body, "head": head, "base": base}
        if self.client.dialect.draft_by_title:
            asked["title"] = f"WIP: {title}" if draft else title
        else:
            asked["draft"] = draft
        answer = self.client.post(f"{self._path}/pulls", asked)
        if answer.status == 422 and "draft" in answer.message.lower():
            answer = self.client.post(f"{self._path}/pulls", asked | {"draft": False})
        return answer

    def edit(self, number: int, **fields: str) -> PullRequest:
        """Change title or body. Raises ForgeError."""
        answer = self.client.patch(f"{self._path}/pulls/{number}", dict(fields))
        if not answer.ok:
            raise refusal(f"pull request {number} cannot be changed", answer, "look at what the token may do")
        return pull_request(answer.body)

    def _pulls(self, head: str) -> Iterator[dict[str, Any]]:
        size = 50
        query: dict[str, str | int] = {"state": "all", self.client.dialect.page_size: size}
        if self.client.dialect.filters_by_head:
            query["head"] = head
        for page in range(1, _PAGES + 1):
            answer = self.client.get(f"{self._path}/pulls", **query, page=page)
            if not answer.ok or not isinstance(answer.body, list):
                raise refusal("the pull requests cannot be read", answer, "look at what the token may read")
            yield from answer.body
            if len(answer.body) < size:
                return

    def _wait_for(self, fork: ForgeRepository) -> RepositoryFacts:
        """A fork is made in its own time. Raises ForgeError when it is no fork of this repository."""
        for attempt in range(8):
            answer = fork.client.get(fork._path)
            if answer.ok:
                facts = _facts(answer)
                if (facts.parent or "").lower() != self.full_name.lower():
                    raise ForgeError(
                        f"{facts.full_name} is there and no fork of {self.full_name}",
                        fix="rename it, or use a token that may write",
                    )
                return facts
            client.pause(0.25 * 2**attempt)
        raise refusal(f"the fork {fork.full_name} did not appear", answer, "resume the run in a minute")


def refusal(what: str, answer: Answer, fix: str) -> ForgeError:
    """A ForgeError that ends with what the forge said."""
    said = f": {answer.message}" if answer.message else ""
    return ForgeError(f"{what} (the forge answered {answer.status}{said})", fix=fix)


def _facts(answer: Answer) -> RepositoryFacts:
    told = read(RepositoryAnswer, answer.body)
    scopes = answer.headers.get("x-oauth-scopes")
    return RepositoryFacts(
        full_name=told.full_name,
        default_branch=told.default_branch or "main",
        may_push=_may_push(told.permissions),
        archived=told.archived,
        parent=told.parent.full_name if told.parent else None,
        scopes=None if not scopes else frozenset(scope.strip() for scope in scopes.split(",")),
    )


def _may_push(permissions: Permissions | None) -> bool | None:
    """A token that belongs to no user is said to have no permission at all, although it has just read this."""
    return permissions.push if permissions and permissions.pull else None


def _is_from(told: PullAnswer, head: str, branch: str) -> bool:
    """Of a fork that was deleted only the branch is known."""
    name = told.head.repo.full_name if told.head.repo else head
    return told.head.ref == branch and name.lower() == head.lower()


def pull_request(body: object) -> PullRequest:
    """A pull request as the forge tells it. Raises ForgeError."""
    told = read(PullAnswer, body)
    return PullRequest(
        number=told.number,
        url=told.html_url,
        state=told.state,
        merged=bool(told.merged or told.merged_at),
        title=told.title,
        body=told.body or "",
        base=told.base.ref,
        draft=bool(told.draft or told.title.startswith("WIP:")),
    )
