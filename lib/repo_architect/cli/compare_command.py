"""`repo-architect compare`."""

from __future__ import annotations

from pathlib import Path

import click

from repo_architect import compare
from repo_architect.cli import comparing, options


@click.command(name="compare")
@click.argument(
    "folders", nargs=-1, required=True, metavar="FOLDER...", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=None,
    help="Where fleet.html, fleet.csv and fleet.parquet go. Default: the FOLDER when there is one, else here.",
)  # fmt: skip
@click.option("--title", default=None, help="What to call it. Default: the folder's name.")
@options.as_of
@options.quiet
def command(
    *, folders: tuple[Path, ...], out: Path | None, title: str | None, as_of: str | None, quiet: bool
) -> None:
    """Compare the runs in FOLDER: run folders, folders that hold runs, and artifacts.tar.gz archives.

    The page has languages, frameworks, dependencies at different versions, runtimes out of support, CI, alerts and failures; the table one
    row a repository.
    """
    day = comparing.date_of(as_of)
    given = folders[0].resolve()
    holds_runs = len(folders) == 1 and given.is_dir()
    target = out or (given if holds_runs else Path.cwd())
    comparison = compare.build(
        compare.find_sources(folders), title=title or (given.name if holds_runs else "Fleet"), as_of=day
    )
    comparing.write(comparison, target.resolve(), quiet)
