"""The parts of a forge's answers that are read, checked as they come in."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from repo_architect.errors import ForgeError

T = TypeVar("T", bound=BaseModel)


class Permissions(BaseModel):
    push: bool = False
    pull: bool = False


class Named(BaseModel):
    full_name: str


class RepositoryAnswer(Named):
    default_branch: str | None = None
    archived: bool = False
    permissions: Permissions | None = None
    parent: Named | None = None


class UserAnswer(BaseModel):
    login: str


class Side(BaseModel):
    """Where a pull request comes from or goes to; a fork that was deleted has no `repo`."""

    ref: str = ""
    repo: Named | None = None


class PullAnswer(BaseModel):
    number: int
    html_url: str
    state: str
    title: str
    body: str | None = None
    merged: bool | None = None
    merged_at: str | None = None
    draft: bool | None = None
    head: Side = Side()
    base: Side = Side()


def read(model: type[T], body: Any) -> T:
    """`body` as a model. Raises ForgeError for an answer that makes no sense."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        first = ".".join(map(str, error.errors()[0]["loc"])) or "the whole of it"
        raise ForgeError(
            f"the forge's answer is not understood ({first})",
            fix="is the address of its API right? then try again",
        ) from None
