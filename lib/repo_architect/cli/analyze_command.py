"""`repo-architect analyze`."""

from __future__ import annotations

from pathlib import Path

import click

from repo_architect import analysis
from repo_architect.analysis import tables


@click.command(name="analyze")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--part", default=None, metavar="NAME", help="With table: every item of one part, e.g. dependencies."
)
@click.option("--max-files", type=click.IntRange(1), default=50_000, show_default=True)
@click.option("--max-file-bytes", type=click.IntRange(1), default=1_000_000, show_default=True)
def command(path: Path, form: str, part: str | None, max_files: int, max_file_bytes: int) -> None:
    """Analyse the folder PATH in this process: no clone, no notebook, no run folder.

    `--format json` prints exactly `repo_shape.json`.
    """
    limits = analysis.Limits(max_files=max_files, max_file_bytes=max_file_bytes)
    root = path.resolve()
    shape = analysis.analyze(root, analysis.identify(root), limits).shape
    if form == "json":
        click.echo(shape.to_json(), nl=False)
        return
    frames = analysis.frames(shape)
    if part and part not in frames:
        raise click.BadParameter(f"{part!r} is none of {', '.join(frames)}", param_hint="--part")
    if part:
        click.echo(tables.text(frames[part]))
        return
    overview = frames.overview().reset_index()
    click.echo(tables.text(overview[overview["items"] > 0]))
    click.echo(f"\nNothing of: {', '.join(overview[overview['items'] == 0]['part']) or 'no part'}")
    for alert in shape.alerts:
        click.echo(f"{alert.level}: {alert.title} ({len(alert.evidence)} places)")
    click.echo("\nEvery item of a part: --part NAME. All of it: --format json.")
