"""`repo-architect show`."""

from __future__ import annotations

from pathlib import Path

import click

from repo_architect import manifest
from repo_architect.cli import closing, options
from repo_architect.run import Run


@click.command(name="show")
@options.run_argument
@options.runs_dir
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(run: str, runs_dir: Path | None, form: str) -> None:
    """What RUN (an id, a folder, or `latest`) found, and the state of each stage. `--format json` prints the manifest."""
    opened = Run.open(run, runs_dir, unfinished=True)
    told = manifest.read(opened)
    if form == "json":
        click.echo(told.to_json(), nl=False)
        return
    click.echo(f"{told.repository or '(not cloned)'}  {(told.commit or '')[:12]}")
    for stage in told.stages:
        seconds = f"{stage.seconds:7.1f} s" if stage.seconds is not None else ""
        click.echo(f"  {stage.stage:<17} {stage.state:<8}{seconds}")
    closing.say(opened, told)
