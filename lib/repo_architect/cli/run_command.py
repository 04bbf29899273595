"""`repo-architect run`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from repo_architect import pipeline
from repo_architect.cli import closing, options, progress
from repo_architect.errors import StageError
from repo_architect.run import Run


@click.command(name="run")
@click.argument("repository", metavar="URL|PATH")
@click.option("--ref", default="", help="Branch, tag or commit. Default: the default branch.")
@click.option(
    "--run-id", default="new", help="The run's id, which must not be taken. Default: from the clock."
)
@options.runs_dir
@options.jobs
@click.option(
    "--full-history", is_flag=True, help="Clone every commit, so that hotspots and contributors are known."
)
@click.option("--open-pr", is_flag=True, help="Open the pull request (needs GITHUB_TOKEN or GIT_TOKEN).")
@click.option("--backend", default=None, help="Who writes the summary: auto, deterministic, openai or oumi.")
@options.as_of
@options.parameter
@options.timeout
@options.quiet
@options.strict
def command(
    *,
    repository: str,
    ref: str,
    run_id: str,
    runs_dir: Path | None,
    jobs: int,
    full_history: bool,
    open_pr: bool,
    backend: str | None,
    as_of: str | None,
    given: tuple[str, ...],
    timeouts: tuple[str, ...],
    quiet: bool,
    strict: bool,
) -> None:
    """Clone URL|PATH and run every stage on it.

    URL is https or ssh; PATH a repository on this machine; `sample` the small one that ships with this package.
    Private repositories need GITHUB_TOKEN or GIT_TOKEN in the environment, never in the address.
    """
    parameters = options.parse_parameters(given)
    options.put(
        parameters,
        "clone_repo",
        repo_url=_address(repository),
        ref=ref or None,
        full_history=full_history or None,
    )
    options.put(parameters, "open_pr", open_pr=open_pr or None)
    options.put(parameters, "generate_summary", backend=backend)
    options.put(parameters, "generate_report", as_of=as_of)
    by_stage, whole = options.parse_timeouts(timeouts)
    plan = pipeline.Plan(parameters, by_stage, whole, jobs)
    started = Run.start(run_id if run_id == "new" else _plain_id(run_id), runs_dir)
    if not quiet:
        click.echo(f"run {started.id} in {started.folder.parent}", err=True)
    with progress.shown(quiet) as listener:
        manifest = pipeline.start(started, plan, listener)
    if not quiet:
        closing.say(started, manifest)
    if strict and manifest.state != "success":
        raise StageError(
            "a stage that may fail did", fix=f"see above; then: repo-architect resume {started.id}"
        )


def _address(repository: str) -> str:
    """The address as the first stage takes it: refused before it is written anywhere when it carries a password; a path made whole."""
    from repo_architect.clone.address import parse

    parse(repository)
    here = Path(repository).expanduser()
    return str(here.resolve()) if here.exists() and repository != "sample" else repository


def _plain_id(run_id: str) -> str:
    from repo_architect.errors import RunError

    if os.sep in run_id or "/" in run_id or run_id.startswith("~"):
        raise RunError(
            f"{run_id!r} cannot be the id of a run",
            fix="an id has no slash; choose the folder with --runs-dir",
        )
    return run_id
