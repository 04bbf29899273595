"""`repo-architect kestra run`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from repo_architect.cli.kestra import connecting
from repo_architect.errors import StageError, UsageError
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.settings import printable
from repo_architect.kestra_client.views import UNSUCCESSFUL, Execution, TaskRun


@click.command(name="run")
@click.argument("repository", metavar="URL")
@connecting.server
@connecting.namespace
@click.option("--ref", default="", help="Branch, tag or commit. Default: the default branch.")
@click.option(
    "--param",
    "-p",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="An input of the flow, e.g. -p run_timestamp=20260101-000000.",
)
@click.option(
    "--open-pr",
    is_flag=True,
    help="Open the pull request, with GITHUB_TOKEN or GIT_TOKEN of this environment.",
)
@click.option(
    "--private",
    is_flag=True,
    help="Send GITHUB_TOKEN or GIT_TOKEN of this environment, for a private repository.",
)
@click.option("--wait", is_flag=True, help="Follow the execution to its end.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    metavar="DIR",
    help="Fetch the artifacts into DIR (with --wait).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=None,
    metavar="SECONDS",
    help="Wait no longer than this; the execution goes on. Default: to its end.",
)
@click.option(
    "--strict", is_flag=True, help="With --wait, exit with 4 when a stage that may fail did (WARNING)."
)
@click.option("--quiet", "-q", is_flag=True, help="Print the id of the execution and errors only.")
def command(
    *,
    repository: str,
    url: str | None,
    tenant: str,
    namespace: str,
    ref: str,
    given: tuple[str, ...],
    open_pr: bool,
    private: bool,
    wait: bool,
    output: Path | None,
    timeout: float | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Analyse the repository at URL in Kestra. Prints the id of the execution.

    Ends with 0 for SUCCESS and WARNING, 4 for FAILED, KILLED and CANCELLED, 9 when --timeout is reached. Ctrl-C leaves the execution running.
    """
    from repo_architect.clone.address import parse
    from repo_architect.kestra_client import starting

    parse(repository)
    if not wait and (output or timeout or strict):
        raise UsageError(
            "--output, --timeout and --strict need --wait",
            fix="say --wait; artifacts can be had later as well: repo-architect kestra show ID --output DIR",
        )
    inputs = {"repo_url": repository, "open_pr": "true" if open_pr else "false", **_parameters(given)}
    if ref:
        inputs["ref"] = ref
    secrets = _tokens() if open_pr or private else {}
    kestra = connecting.connect(url, tenant)
    started = starting.start(kestra, namespace, inputs, secrets=secrets)
    click.echo(started.id)
    if not quiet:
        click.echo(connecting.link(kestra, started), err=True)
    if wait:
        try:
            _wait(kestra, started, output, timeout, strict=strict, quiet=quiet)
        except KeyboardInterrupt:
            click.echo(f"\nit goes on in Kestra: repo-architect kestra show {started.id}", err=True)
            raise SystemExit(130) from None


def _wait(
    kestra: Kestra,
    started: Execution,
    output: Path | None,
    timeout: float | None,
    *,
    strict: bool,
    quiet: bool,
) -> None:
    from repo_architect.kestra_client import following

    def tell(task: TaskRun) -> None:
        if not quiet:
            click.echo(connecting.task_line(task), err=True)

    ended = following.follow(kestra, started.id, tell, timeout)
    if not quiet:
        click.echo(f"{ended.state} after {ended.seconds or 0:.1f} s", err=True)
    if output:
        fetch_into(kestra, ended, output, quiet=quiet)
    if not quiet or ended.state in UNSUCCESSFUL:
        _say_why(kestra, ended)
    if ended.state in UNSUCCESSFUL:
        raise StageError(
            f"the execution {ended.id} ended as {ended.state}",
            fix=f"read the whole log: repo-architect kestra show {ended.id} --logs",
        )
    if strict and ended.state != "SUCCESS":
        raise StageError(
            "a stage that may fail did", fix=f"see which: repo-architect kestra show {ended.id} --logs"
        )


def fetch_into(kestra: Kestra, execution: Execution, folder: Path, *, quiet: bool) -> None:
    """Fetch the files of an execution, telling of each."""
    from repo_architect.kestra_client import fetching

    number = 0
    for got in fetching.fetch(kestra, execution, folder):
        number += got.left is None
        if got.left:
            click.echo(kestra.settings.plain(f"  left: {got.name}: {got.left}"), err=True)
        elif not quiet:
            click.echo(f"  {got.size:>10} {got.name}", err=True)
    if not quiet:
        click.echo(f"{number} files in {folder}", err=True)


def _say_why(kestra: Kestra, ended: Execution) -> None:
    from repo_architect.kestra_client import finding

    for task in ended.failures:
        click.echo(f"\n{printable(task.task)} failed:", err=True)
        for line in finding.last_words(kestra, ended.id, task.id):
            click.echo(f"  {line}", err=True)


def _parameters(given: Iterable[str]) -> dict[str, str]:
    found = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise UsageError("-p takes NAME=VALUE", fix="e.g. -p run_timestamp=20260101-000000")
        found[name] = value
    return found


def _tokens() -> dict[str, str]:
    """The tokens of this environment by the input that takes them."""
    named = {"github_token": os.environ.get("GITHUB_TOKEN"), "git_token": os.environ.get("GIT_TOKEN")}
    found = {name: token for name, token in named.items() if token}
    if not found:
        raise UsageError(
            "--open-pr and --private need a token", fix="set GITHUB_TOKEN or GIT_TOKEN in the environment"
        )
    return found
