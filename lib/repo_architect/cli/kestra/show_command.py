"""`repo-architect kestra show`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from repo_architect.cli.kestra import connecting
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.views import Execution


@click.command(name="show")
@connecting.execution_argument
@connecting.server
@click.option("--logs", is_flag=True, help="The whole log.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    metavar="DIR",
    help="Fetch the artifacts into DIR.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    *, execution_id: str, url: str | None, tenant: str, logs: bool, output: Path | None, form: str
) -> None:
    """The execution ID: its tasks, what failed and why, its outputs, where to see it."""
    from repo_architect.cli.kestra.run_command import fetch_into
    from repo_architect.kestra_client import following

    connecting.checked_id(execution_id)
    kestra = connecting.connect(url, tenant)
    found = following.look(kestra, execution_id)
    told = _told(kestra, found, logs=logs)
    if form == "json":
        click.echo(json.dumps(told, indent=2))
    else:
        _print(found, told)
    if output:
        fetch_into(kestra, found, output, quiet=form == "json")


def _told(kestra: Kestra, found: Execution, *, logs: bool) -> dict[str, Any]:
    from repo_architect.kestra_client import fetching, finding

    plain = kestra.settings.plain
    told = {
        "id": found.id,
        "namespace": found.namespace,
        "flow": found.flow,
        "state": found.state,
        "repository": plain(found.repository),
        "started": found.started.isoformat(timespec="seconds") if found.started else None,
        "seconds": found.seconds,
        "url": connecting.link(kestra, found),
        "tasks": [
            {
                "id": task.task,
                "value": task.value,
                "state": task.state,
                "seconds": task.seconds,
                "attempts": task.attempts,
            }
            for task in found.tasks
        ],
        "errors": {task.task: finding.last_words(kestra, found.id, task.id) for task in found.failures},
        "outputs": {name: plain(str(value)) for name, value in fetching.flow_outputs(kestra, found).items()},
        "files": [plain(stored.name) for stored in fetching.files(kestra, found)],
    }
    return {**told, "logs": finding.log_lines(kestra, found.id)} if logs else told


def _print(found: Execution, told: dict[str, Any]) -> None:
    seconds = f" after {found.seconds:.1f} s" if found.seconds is not None else ""
    click.echo(f"{found.id}  {found.state}{seconds}  {told['repository']}\n{told['url']}")
    for task in found.tasks:
        click.echo(connecting.task_line(task))
    for name, lines in told["errors"].items():
        click.echo(f"\n{name} failed:")
        for line in lines:
            click.echo(f"  {line}")
    _print_named("outputs", [f"{name}: {value}" for name, value in told["outputs"].items()])
    _print_named("files", told["files"])
    _print_named("log", told.get("logs") or [])


def _print_named(name: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"\n{name}")
        for line in lines:
            click.echo(f"  {line}")
