"""`repo-architect kestra`: a group; a subcommand's module is loaded when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

SUBCOMMANDS = {
    "deploy": "put the flows and the notebooks in place",
    "run": "start an execution, follow it, fetch what it made",
    "list": "the executions in Kestra",
    "show": "an execution: tasks, errors, outputs",
    "cancel": "stop an execution",
}


class _Subcommands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in SUBCOMMANDS:
            return None
        command: click.Command = import_module(f"repo_architect.cli.kestra.{cmd_name}_command").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(
                "interrupted; an execution that was started goes on: repo-architect kestra list", err=True
            )
            raise SystemExit(130) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


@click.group(name="kestra", cls=_Subcommands)
def command() -> None:
    """Run the notebooks as a flow in Kestra.

    The address of Kestra is given by --url or KESTRA_URL; credentials only by the environment: KESTRA_USERNAME and KESTRA_PASSWORD, or KESTRA_API_TOKEN.

    \b
    repo-architect kestra deploy --url http://localhost:8080
    repo-architect kestra run https://github.com/pallets/flask --wait --output flask
    """
