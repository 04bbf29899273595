"""`repo-architect kestra deploy`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from repo_architect.cli.kestra import connecting
from repo_architect.kestra_client import flow_files
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.rendering import IMAGE, Runner, Variant, render

if TYPE_CHECKING:
    from repo_architect.kestra_client.deploying import Change

_LONGEST_DIFF = 200
_DONE = {"create": "created", "update": "updated", "delete": "deleted"}


@click.command(name="deploy")
@connecting.server
@connecting.namespace
@click.option(
    "--runner", type=click.Choice(["process", "docker"]), default="process", show_default=True,
    help="Where tasks run: in the worker, or each in a container of the task image.",
)  # fmt: skip
@click.option(
    "--image",
    default=None,
    metavar="NAME",
    help=f"The task image. Default: what the flow says, else {IMAGE}.",
)
@click.option(
    "--notebooks/--no-notebooks",
    default=True,
    help="Put the notebooks among the namespace's files. Default: yes.",
)
@click.option(
    "--validate/--no-validate",
    default=True,
    help="Have Kestra validate the flows before anything is sent. Default: yes.",
)
@click.option(
    "--edited",
    type=click.Choice(["refuse", "keep", "overwrite"]),
    default="refuse",
    show_default=True,
    help="What to do with flows and notebooks that were edited in Kestra: change nothing at all, leave them, or replace them.",
)
@click.option(
    "--alerts",
    is_flag=True,
    help="Put the flow `alerts` in place as well, which needs Kestra's Slack plugin.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Delete the notebooks, and the flows labelled app: repo-architect-agent, that this version does not have.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--quiet", "-q", is_flag=True, help="Show no diff.")
def command(
    *,
    url: str | None,
    tenant: str,
    namespace: str,
    runner: Runner,
    image: str | None,
    notebooks: bool,
    validate: bool,
    edited: str,
    alerts: bool,
    prune: bool,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Put the flows and the notebooks in place.

    What is the same in Kestra is not sent again; of what differs the diff is shown. What was edited there since the last deployment is not replaced unless
    --edited says so (Kestra keeps earlier revisions of flows and files). Nothing is removed without --prune.
    """
    from repo_architect.kestra_client import deploying

    kestra = connecting.connect(url, tenant)
    shipped = flow_files.flows()
    wanted = [flow for flow in shipped if alerts or flow.id != flow_files.ALERTS]
    flows = [render(flow, Variant(runner, image, namespace)) for flow in wanted]
    files = flow_files.notebooks() if notebooks else {}
    changes = deploying.plan(
        kestra, flows, files, namespace, prune=prune, known=[flow.id for flow in shipped]
    )
    for change in changes:
        if change.action == "update" and not quiet:
            _show(kestra, change)
    chosen = [change for change in changes if not (change.edited and edited == "keep")]
    if validate:
        deploying.validate(kestra, chosen)
    if edited == "refuse" and not dry_run:
        deploying.refuse_edited(chosen)
    done = chosen if dry_run else deploying.deploy(kestra, chosen, namespace)
    for change in done:
        if change.action != "unchanged":
            click.echo(_told(change, dry_run=dry_run))
    _sum_up(changes, chosen, dry_run=dry_run)


def _told(change: Change, *, dry_run: bool) -> str:
    word = f"would be {_DONE[change.action]}" if dry_run else _DONE[change.action]
    return f"{change.key}: {word}" + (" (edited in Kestra)" if change.edited else "")


def _sum_up(changes: list[Change], chosen: list[Change], *, dry_run: bool) -> None:
    for change in changes:
        if change not in chosen:
            click.echo(f"{change.key}: kept as edited in Kestra")
    same = sum(change.action == "unchanged" for change in changes)
    changed = sum(change.action != "unchanged" for change in chosen)
    click.echo(f"{changed} of {len(changes)} {'would change' if dry_run else 'changed'}, {same} unchanged")


def _show(kestra: Kestra, change: Change) -> None:
    lines = list(islice(change.diff(), _LONGEST_DIFF + 1))
    for line in lines[:_LONGEST_DIFF]:
        click.echo(kestra.settings.plain(line))
    if len(lines) > _LONGEST_DIFF:
        click.echo(f"(the first {_LONGEST_DIFF} lines of the diff)")
