"""`repo-architect kestra list`."""

from __future__ import annotations

import json

import click

from repo_architect.cli.kestra import connecting
from repo_architect.kestra_client.settings import FLOW, checked_name

_STATES = ("CREATED", "QUEUED", "RUNNING", "PAUSED", "SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED")


@click.command(name="list")
@connecting.server
@connecting.namespace
@click.option("--flow", default=FLOW, show_default=True, help="The id of the flow.")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(_STATES, case_sensitive=False),
    help="Only in this state; may be given again.",
)
@click.option(
    "--repository", default="", metavar="TEXT", help="Only where the repository's address holds TEXT."
)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most this many."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(
    *,
    url: str | None,
    tenant: str,
    namespace: str,
    flow: str,
    states: tuple[str, ...],
    repository: str,
    limit: int,
    form: str,
) -> None:
    """The executions in Kestra, newest first."""
    from repo_architect.kestra_client import finding

    checked_name(flow, "the id of a flow")
    kestra = connecting.connect(url, tenant)
    found = finding.find(kestra, namespace, states=states, repository=repository, limit=limit, flow=flow)
    rows = [
        {
            "id": one.id,
            "state": one.state,
            "started": one.started.isoformat(timespec="seconds") if one.started else None,
            "seconds": one.seconds,
            "repository": kestra.settings.plain(one.repository),
            "url": connecting.link(kestra, one),
        }
        for one in found
    ]
    if form == "json":
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        seconds = f"{row['seconds']:8.1f} s" if row["seconds"] is not None else " " * 10
        click.echo(
            f"{row['id']:<24} {row['state']:<9} {row['started'] or '':<25} {seconds}  {row['repository']}".rstrip()
        )
    if not rows:
        click.echo("no executions", err=True)
