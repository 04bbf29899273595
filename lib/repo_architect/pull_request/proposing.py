"""From the artifacts of a run to a pull request, or to the one that would be opened."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from repo_architect import atomic
from repo_architect.contracts import PrInfo
from repo_architect.errors import ForgeError, UsageError
from repo_architect.git_command import Git, GitFailedError, GitMissingError, GitTimeoutError, check_version
from repo_architect.git_environment import allowed_protocols, child_environment, token_for
from repo_architect.pull_request.files import Artifacts
from repo_architect.pull_request.forges import Client, dialect_for
from repo_architect.pull_request.opening import open_proposal
from repo_architect.pull_request.request import BRANCH, Proposal, Request, propose_on
from repo_architect.pull_request.tree import Tree
from repo_architect.pull_request.workspace import Workspace
from repo_architect.run import Run

_SECONDS = 240
FOLDER = "proposal"
_COPY = f"copy what stands in the run's folder {FOLDER}/ over the repository"
_NAME_IT = "for a Gitea name its host in REPO_ARCHITECT_GITEA_HOSTS, for a GitHub in GH_HOST"
_NOT_A_BRANCH = re.compile(r"^[-/.]|[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|\.lock$|[./]$|/\.")


def propose(
    run: Run, *, open_pr: bool = False, branch: str = BRANCH, base: str = "", draft: bool = True
) -> PrInfo:
    """Propose the diagram, the summary and the CI; the caller writes pr_info.json.

    Nothing is sent unless `open_pr` is set and a token for the host is in the environment; the files then stand in
    the run's folder `proposal/`. `branch` carries the
    proposal, `base` is the branch it is made to (empty: the default branch).
    Raises UsageError for names that can be no branches, ForgeError when the forge or its network fails.
    """
    request = _request(run, branch or BRANCH, base, draft=draft)
    with _workplace(run.folder) as folder, _explained():
        git = _git(request)
        check_version(git, folder)
        if open_pr and request.dialect and request.token:
            with Client(request.dialect, request.token, git.deadline) as client:
                return open_proposal(request, client, git, folder)
        return _dry_run(request, run, git, folder, _why_dry(request, asked=open_pr))


def _request(run: Run, branch: str, base: str, *, draft: bool) -> Request:
    for name in (branch, base):
        if _NOT_A_BRANCH.search(name):
            raise UsageError(f"{name!r} can be no branch", fix="use letters, digits, dashes and slashes")
    clone = run.clone
    if branch in (base, clone.default_branch):
        raise UsageError(
            f"the proposal's branch cannot be {branch}, the branch it is made to", fix="choose another branch"
        )
    return Request(
        clone=clone,
        artifacts=Artifacts.of(run),
        branch=branch,
        base=base,
        draft=draft,
        dialect=dialect_for(clone.web_url),
        token=token_for(clone.web_url or ""),
        run_id=run.id,
    )


def _why_dry(request: Request, *, asked: bool) -> tuple[str, str, tuple[str, ...]]:
    """State, reason and next steps of a run that sends nothing."""
    variable = "GITHUB_TOKEN" if request.clone.host == "github.com" else "GIT_TOKEN"
    command = f"repo-architect resume {request.run_id} --open-pr"
    if not request.dialect:
        where = request.clone.host or ("the sample" if request.clone.protocol == "sample" else "a local path")
        state = "refused" if asked else "dry_run"
        steps = (_COPY, *((_NAME_IT,) if request.clone.host else ()))
        return state, f"nothing was sent: {where} is no GitHub or Gitea that is known", steps
    if asked:
        return (
            "dry_run",
            f"there is no token for {request.clone.host} in the environment",
            (f"set {variable}, then: {command}",),
        )
    first = command if request.token else f"set {variable}, then: {command}"
    return "dry_run", "nothing was sent, because it was not asked for", (f"to open it: {first}",)


def _dry_run(
    request: Request, run: Run, git: Git, folder: Path, why: tuple[str, str, tuple[str, ...]]
) -> PrInfo:
    base = request.base or request.clone.default_branch or request.clone.branch
    tree, compared = _base_tree(request, run, git, folder, base)
    proposal = propose_on(request, tree, base, may_write_workflows=True)
    _lay_out(proposal, run.folder / FOLDER)
    state, reason, steps = why
    if not proposal.changed:
        return proposal.info(request, "nothing_to_propose", "the repository has all of it already" + compared)
    return proposal.info(request, state, reason + compared, next_steps=steps)


def _lay_out(proposal: Proposal, folder: Path) -> None:
    """The files of the proposal as they would stand in the repository, for those who copy them by hand."""
    shutil.rmtree(folder, ignore_errors=True)
    for file in proposal.changed:
        atomic.write(folder / file.path, file.content)


def _base_tree(request: Request, run: Run, git: Git, folder: Path, base: str | None) -> tuple[Tree, str]:
    """The base to compare with: the clone where it is still there, else a fresh one, else nothing; and a word on it."""
    clone = request.clone
    if run.has("repo/"):
        other = base is not None and base != clone.branch
        return Tree(
            git, run.repo / ".git", "HEAD"
        ), f" (compared with {clone.commit[:12]}, not with {base})" if other else ""
    remote = f"{clone.web_url}.git" if request.dialect and request.token else clone.url
    workspace = Workspace(
        git, folder / "git", Path(clone.url).as_uri() if clone.protocol == "path" else remote
    )
    try:
        return workspace.fetch_base(base or "main"), ""
    except (GitFailedError, GitTimeoutError):
        return Tree(git, workspace.folder, None), " (the base could not be had, so it is taken to be empty)"


def _git(request: Request) -> Git:
    protocols = {"file"} if request.clone.protocol in ("path", "sample") else allowed_protocols()
    token = request.token
    return Git(
        child_environment(protocols, token), time.monotonic() + _SECONDS, token.scrub if token else str
    )


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    try:
        folder = Path(tempfile.mkdtemp(prefix=".pull-request-", dir=parent))
    except OSError as error:
        raise atomic.cannot_write(parent / "pr_info.json", error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _explained() -> Iterator[None]:
    """What git could not do, as an error for people."""
    try:
        yield
    except GitFailedError as error:
        lines = [
            line for line in error.message.splitlines() if line.startswith(("fatal:", "error:", "remote:"))
        ]
        said = "".join(character if character.isprintable() else " " for character in (lines or [""])[0])
        raise ForgeError(
            f"git {error.command} failed ({said[:300]})",
            fix="look at what the token may do; then resume the run",
        ) from None
    except GitTimeoutError:
        raise ForgeError(f"the forge took more than {_SECONDS} seconds", fix="resume the run later") from None
    except GitMissingError:
        raise ForgeError("there is no git, or it is too old", fix="install git 2.31 or newer") from None
