"""`repo-architect task`: what the flow's tasks say around papermill."""

from __future__ import annotations

import os
import sys

import click

from repo_architect import stages
from repo_architect.errors import RepoArchitectError


@click.group(name="task")
def command() -> None:
    """For the tasks of the Kestra flow: what comes before and after a stage's notebook, in the working folder."""


@command.command()
@click.argument("stage")
def begin(stage: str) -> None:
    """Put files in place, and write parameters.json from PARAMETER_… in the environment."""
    from repo_architect.kestra_task import beginning, ending

    known = stages.stage(stage)
    try:
        beginning.begin(known)
    except RepoArchitectError as error:
        sys.exit(ending.refused(known, error))


@command.command()
@click.argument("stage")
@click.argument("status", type=int)
def end(stage: str, status: int) -> None:
    """Send outputs, metrics and log lines; STATUS is what papermill exited with. Exits as `repo-architect run` would."""
    from repo_architect.kestra_task import ending

    sys.exit(ending.end(stages.stage(stage), status))


@command.command()
def clean() -> None:
    """Delete old run folders; RUNS_DIR, KEEP, OLDER_THAN and DRY_RUN are read from the environment."""
    from pathlib import Path

    from repo_architect.cli.clean_command import delete_old
    from repo_architect.run import RUNS_VARIABLE

    where = os.environ.get("RUNS_DIR") or os.environ.get(RUNS_VARIABLE)
    if not where:
        click.echo(f"no run folders: neither runs_dir is given nor {RUNS_VARIABLE} set on this worker")
        return
    dry_run = os.environ.get("DRY_RUN", "true") != "false"
    delete_old(Path(where), int(os.environ["KEEP"]), os.environ["OLDER_THAN"], dry_run=dry_run)
