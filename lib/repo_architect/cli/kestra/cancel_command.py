"""`repo-architect kestra cancel`."""

from __future__ import annotations

import click

from repo_architect.cli.kestra import connecting


@click.command(name="cancel")
@connecting.execution_argument
@connecting.server
def command(*, execution_id: str, url: str | None, tenant: str) -> None:
    """Stop the execution ID and what it started."""
    from repo_architect.kestra_client import cancelling

    connecting.checked_id(execution_id)
    kestra = connecting.connect(url, tenant)
    cancelling.cancel(kestra, execution_id)
    click.echo(f"{execution_id}: asked to stop")
