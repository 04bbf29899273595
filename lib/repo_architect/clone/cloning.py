"""The way from an address to `repo/` and `clone.json`."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from repo_architect import atomic, sample
from repo_architect.clone import address as addresses
from repo_architect.clone import checkout, failures, fetching, forge, revision
from repo_architect.clone.address import Address
from repo_architect.clone.description import describe
from repo_architect.contracts import Clone
from repo_architect.errors import CloneError
from repo_architect.git_command import (
    OLDEST,
    Git,
    GitFailedError,
    GitMissingError,
    GitTimeoutError,
    check_version,
)
from repo_architect.git_environment import Token, allowed_protocols, child_environment, token_for
from repo_architect.run import Run

_PARTIAL = ".repo-partial-"


@dataclass(frozen=True)
class Order:
    """What was asked for."""

    address: Address
    ref: str
    full_history: bool
    token: Token | None


def clone_repo(
    run: Run, repo_url: str, ref: str = "", *, full_history: bool = False, timeout: float = 300
) -> Clone:
    """Clone a repository into `run.folder/repo` and say what it is; the caller writes clone.json.

    `repo_url` is a URL, `user@host:path`, a local path or `sample`; `ref` a branch, tag or commit, else the default
    branch. One commit is fetched, all of the history with `full_history`. `timeout` in seconds is for everything.
    An earlier `repo/` is replaced once the new one is whole; on any failure nothing partial is left.
    Raises CloneError; RunError when the run folder cannot be written.
    """
    address = addresses.parse(repo_url)
    ref = ref.strip()
    if ref:
        revision.check(ref)
    with _workplace(run.folder) as folder:
        address = _with_sample(address, folder)
        token = token_for(address.remote)
        git = _git(address, token, time.monotonic() + timeout)
        with _explained(address, token, ref, run.folder, timeout):
            clone = _clone(git, Order(address, ref, full_history, token), folder / "repo")
        _put_in_place(folder / "repo", run.folder / "repo")
    return clone


def _clone(git: Git, order: Order, repo: Path) -> Clone:
    check_version(git, repo.parent)
    remote = fetching.follow_redirect(order.address.remote, order.token)
    wanted, refs = revision.choose(git, remote, repo.parent, order.ref or order.address.refs)
    fetched = fetching.fetch(git, remote, repo, wanted, full_history=order.full_history)
    notes = checkout.check_out(git, repo, fetched)
    clone = describe(git, repo, order.address, fetched).model_copy(
        update={"ref": wanted.name, "default_branch": refs.default_branch}
    )
    facts, note = forge.facts(order.address)
    return clone.model_copy(update={"forge": facts, "notes": fetched.notes + notes + clone.notes + note})


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder inside the run for what is not whole yet; gone at the end, and so are those of earlier tries."""
    for left in folder.glob(f"{_PARTIAL}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        made = Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=folder))
    except OSError as error:
        raise atomic.cannot_write(folder / "repo", error) from error
    try:
        yield made
    finally:
        _remove(made)


def _with_sample(address: Address, folder: Path) -> Address:
    if address.protocol != "sample":
        return address
    return replace(address, remote=sample.make_repository(folder / "sample").resolve().as_uri())


def _git(address: Address, token: Token | None, deadline: float) -> Git:
    local = address.protocol in ("path", "sample")
    environment = child_environment(("file",) if local else allowed_protocols(), token)
    git = Git(environment, deadline, scrub=token.scrub if token else str)
    if address.protocol == "ssh" and "GIT_SSH_COMMAND" not in os.environ:
        return replace(git, environment=child_environment(allowed_protocols(), token, _ssh_command(git)))
    return git


def _ssh_command(git: Git) -> str:
    """The ssh that the user's own git configuration names, empty where it names none."""
    try:
        return git.text("config", "--global", "--get", "core.sshCommand", folder=Path.home())
    except (GitFailedError, GitMissingError, GitTimeoutError, OSError):
        return ""


@contextmanager
def _explained(
    address: Address, token: Token | None, ref: str, folder: Path, timeout: float
) -> Iterator[None]:
    """Turn what git says into errors for people."""
    try:
        yield
    except GitFailedError as error:
        text = error.message.replace(str(folder), "the run folder")
        if "no space left on device" in text.lower():
            raise atomic.cannot_write(folder / "repo", OSError(errno.ENOSPC, "")) from None
        raise failures.explain(text, address, token, ref) from None
    except GitTimeoutError:
        raise CloneError(
            f"{address.url} was not cloned within {timeout:g} seconds",
            fix="try again, give a smaller repository, or more time",
        ) from None
    except GitMissingError as error:
        oldest = ".".join(map(str, OLDEST))
        what = f"git {error.found} is too old" if error.found else "there is no git on this machine"
        raise CloneError(what, fix=f"install git {oldest} or newer") from None
    except OSError as error:
        raise atomic.cannot_write(folder / "repo", error) from error


def _put_in_place(made: Path, place: Path) -> None:
    try:
        if place.is_symlink() or place.is_file():
            place.unlink()
        elif place.exists():
            place.replace(made.parent / "replaced")
        made.replace(place)
    except OSError as error:
        raise atomic.cannot_write(place, error) from error


def _remove(folder: Path) -> None:
    """Remove a folder and all in it, once more when something was still being written."""
    for _ in range(3):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
