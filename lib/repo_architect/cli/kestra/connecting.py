"""Options that say which Kestra, and the words shared by its commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.settings import NAMESPACE, TENANT, Settings, checked_name, printable
from repo_architect.kestra_client.views import Execution, TaskRun

Command = TypeVar("Command", bound=Callable[..., Any])

execution_argument = click.argument("execution_id", metavar="ID")
namespace = click.option(
    "--namespace", default=NAMESPACE, show_default=True, help="The namespace of the flows.",
    callback=lambda _context, _option, word: checked_name(word, "a namespace"),
)  # fmt: skip


def server(command: Command) -> Command:
    """--url and --tenant."""
    url = click.option(
        "--url", default=None, help="The address of Kestra, e.g. http://localhost:8080. Default: KESTRA_URL."
    )
    tenant = click.option(
        "--tenant", default=TENANT, show_default=True, help="The open edition has one: main."
    )
    return url(tenant(command))


def connect(url: str | None, tenant: str) -> Kestra:
    """A server that answers; a word of warning when credentials would go unencrypted."""
    settings = Settings.read(url, tenant)
    if settings.in_clear:
        click.echo("warning: credentials go to this server unencrypted; use https", err=True)
    return Kestra.connect(settings)


def checked_id(word: str) -> str:
    return checked_name(word, "the id of an execution")


def task_line(task: TaskRun) -> str:
    """A task in one line: name, state, seconds, attempts when it took several."""
    name = printable(f"{task.task}[{task.value}]" if task.value else task.task).replace("\n", " ")
    seconds = f"{task.seconds:8.1f} s" if task.seconds is not None else ""
    attempts = f"  (attempt {task.attempts})" if task.attempts > 1 else ""
    return f"  {name:<20} {task.state:<10}{seconds}{attempts}".rstrip()


def link(kestra: Kestra, execution: Execution) -> str:
    return kestra.settings.link(execution.namespace, execution.flow, execution.id)
