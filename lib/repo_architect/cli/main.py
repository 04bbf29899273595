"""The command group. A command's module is loaded when it is called, so that `--help` is quick."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from repo_architect import __version__
from repo_architect.errors import RepoArchitectError

COMMANDS = {
    "run": "run every stage on a repository",
    "resume": "run what failed, is missing or changed in a run",
    "fleet": "run many repositories and compare them",
    "compare": "compare runs that are there: one page and one table",
    "diff": "what changed in the architecture from one run to another",
    "show": "what a run found, stage by stage",
    "stages": "the stages: what each reads and writes, its parameters",
    "open": "open the report of a run in the browser",
    "lab": "open the notebooks of a run in JupyterLab",
    "analyze": "analyse a folder in this process, without notebooks",
    "kestra": "the same as a flow in Kestra: deploy, run, list, show, cancel",
    "clean": "delete old runs",
    "task": "what a task of the Kestra flow says around papermill",
    "schema": "print the JSON Schema of an artifact",
}

EXIT_CODES = """\b
Exit codes:
  0  done (also when only a stage that may fail did; --strict makes that 4)
  1  an error of our own: please report it
  2  what was asked for makes no sense
  3  the repository could not be had
  4  a stage failed
  5  an artifact is missing or malformed
  6  the run folder cannot be used
  7  an artifact carries a secret, so nothing was archived
  8  the forge refused
  9  Kestra refused, or could not be reached
  10  diff --fail-on found such a change
  130  interrupted"""


class Commands(click.Group):
    """Commands by name, each in the module of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"repo_architect.cli.{cmd_name}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} The commands are {', '.join(COMMANDS)}.", ctx) from None


@click.group(cls=Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="repo-architect")
def cli() -> None:
    """Understand a Git repository: clone it, analyse it, draw it, write its CI, summarise it, report.

    Every fact, box, arrow, step and sentence points to a file and line.

    \b
    repo-architect run https://github.com/pallets/flask
    repo-architect open latest
    """


def main() -> None:
    """Run the command; one place turns errors into words and exit codes."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except RepoArchitectError as error:
        click.echo(f"{click.style('error:', fg='red', bold=True)} {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; what is done is kept: repo-architect resume", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
