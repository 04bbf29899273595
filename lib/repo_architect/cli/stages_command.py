"""`repo-architect stages`."""

from __future__ import annotations

import click

from repo_architect import notebook_files
from repo_architect.stages import STAGES, waits_for


@click.command(name="stages")
def command() -> None:
    """Every stage: what it reads and writes, how long it may take, the parameters of its notebook."""
    for stage in STAGES:
        click.secho(f"{stage.number} {stage.name}", bold=True, nl=False)
        click.echo(f"  {stage.purpose}" + ("  (may fail)" if stage.may_fail else ""))
        click.echo(f"    after   {', '.join(before.name for before in waits_for(stage)) or '-'}")
        click.echo(f"    writes  {', '.join(stage.writes)}")
        click.echo(f"    limit   {stage.timeout} s")
        for found in notebook_files.parameters(notebook_files.path(stage)).values():
            if found.name not in notebook_files.RUN_PARAMETERS:
                click.echo(f"    -p {found.name}={found.default!r}: {found.type}  {found.help}")
