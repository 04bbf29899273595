"""`repo-architect resume`."""

from __future__ import annotations

from pathlib import Path

import click

from repo_architect import pipeline
from repo_architect.cli import closing, options, progress
from repo_architect.errors import StageError
from repo_architect.run import Run


@click.command(name="resume")
@options.run_argument
@options.runs_dir
@options.jobs
@click.option("--open-pr", is_flag=True, help="Open the pull request (needs GITHUB_TOKEN or GIT_TOKEN).")
@options.parameter
@options.timeout
@options.quiet
@options.strict
def command(
    *,
    run: str,
    runs_dir: Path | None,
    jobs: int,
    open_pr: bool,
    given: tuple[str, ...],
    timeouts: tuple[str, ...],
    quiet: bool,
    strict: bool,
) -> None:
    """Run the stages of RUN that failed, never ran, or whose notebook, parameters, inputs or library changed.

    RUN is an id, a folder, or `latest`.
    """
    parameters = options.parse_parameters(given)
    if open_pr:
        parameters["open_pr"] = {**parameters.get("open_pr", {}), "open_pr": True}
    by_stage, whole = options.parse_timeouts(timeouts)
    opened = Run.open(run, runs_dir, unfinished=True)
    with progress.shown(quiet) as listener:
        manifest = pipeline.resume(opened, pipeline.Plan(parameters, by_stage, whole, jobs), listener)
    if not quiet:
        closing.say(opened, manifest)
    if strict and manifest.state != "success":
        raise StageError("a stage that may fail did", fix="see above")
