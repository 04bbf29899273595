"""`repo-architect diff`."""

from __future__ import annotations

from pathlib import Path

import click

from repo_architect import atomic
from repo_architect.cli import options
from repo_architect.cli.analysed import load
from repo_architect.diagram import diff

FOUND = 10
"""The exit code when there is a change that --fail-on names."""


@click.command(name="diff")
@click.argument("old", metavar="RUN_A")
@click.argument("new", metavar="RUN_B")
@options.runs_dir
@click.option(
    "--format", "form", type=click.Choice(["text", "mermaid", "json"]), default="text", show_default=True
)
@click.option(
    "--fail-on", "kinds", multiple=True, type=click.Choice([*diff.KINDS, "any"]), metavar="KIND",
    help=f"Exit with {FOUND} when there is such a change; may be repeated. One of {', '.join(diff.KINDS)}, any.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead of here."
)
def command(
    *, old: str, new: str, runs_dir: Path | None, form: str, kinds: tuple[str, ...], output: Path | None
) -> None:
    """What changed in the architecture from RUN_A to RUN_B.

    A RUN is an id, a folder, `latest`, an artifacts.tar.gz, or a repo_shape.json with modules.json beside it. Told are components and edges
    that came, went or moved, new cycles with the lines that close them, and services and connections.
    """
    before, after = load(old, runs_dir), load(new, runs_dir)
    _say_if_unlike(before.shape.repository.url, after.shape.repository.url)
    change = diff.compare(before.shape, before.modules, after.shape, after.modules)
    told = {"text": change.text, "mermaid": change.mermaid, "json": change.json}[form]()
    if output:
        atomic.write(output, told.encode())
    else:
        click.echo(told, nl=False)
    found = change.kinds if "any" in kinds else [kind for kind in change.kinds if kind in kinds]
    if found:
        click.echo(f"there is: {', '.join(found)}", err=True)
        raise click.exceptions.Exit(FOUND)


def _say_if_unlike(one: str | None, other: str | None) -> None:
    if one != other:
        click.echo(f"note: these are of two repositories: {one} and {other}", err=True)
