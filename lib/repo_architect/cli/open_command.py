"""`repo-architect open`."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from repo_architect.cli import options
from repo_architect.errors import ContractError
from repo_architect.run import Run


@click.command(name="open")
@options.run_argument
@options.runs_dir
def command(run: str, runs_dir: Path | None) -> None:
    """Open the report of RUN (an id, a folder, or `latest`) in the browser; prints where it is."""
    opened = Run.open(run, runs_dir)
    report = opened.path("report.html")
    if not report.exists():
        raise ContractError(
            f"the run {opened.id} has no report.html", fix=f"repo-architect resume {opened.id}"
        )
    click.echo(report)
    webbrowser.open(report.as_uri())
