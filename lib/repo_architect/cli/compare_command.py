"""`repo-architect compare`."""

from __future__ import annotations

from pathlib import Path

import click

from repo_architect import compare
from repo_architect.cli import comparing, options


@click.command(name="compare")
@click.argument("folders", nargs=-1, metavar="FOLDER...", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=None,
    help="Where fleet.html, fleet.csv and fleet.parquet go. Default: the FOLDER when there is one, else here.",
)  # fmt: skip
@click.option(
    "--children", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
    help="The outputs of the loop in Kestra's fleet flow, with the archives beside them.",
)  # fmt: skip
@click.option("--bundle", is_flag=True, help="Write fleet.zip as well: the page with every report.")
@click.option("--title", default=None, help="What to call it. Default: the folder's name.")
@options.as_of
@options.quiet
def command(
    *,
    folders: tuple[Path, ...],
    out: Path | None,
    children: Path | None,
    bundle: bool,
    title: str | None,
    as_of: str | None,
    quiet: bool,
) -> None:
    """Compare the runs in FOLDER: run folders, folders that hold runs, and artifacts.tar.gz archives.

    The page has languages, frameworks, dependencies at different versions, runtimes out of support, CI, alerts and failures; the table one
    row a repository.
    """
    day = comparing.date_of(as_of)
    sources = compare.read_children(children) if children else []
    sources += compare.find_sources(folders) if folders or not children else []
    alone = folders[0].resolve() if len(folders) == 1 and folders[0].is_dir() else None
    comparison = compare.build(sources, title=title or (alone.name if alone else "Fleet"), as_of=day)
    comparing.write(comparison, (out or alone or Path.cwd()).resolve(), quiet, bundle=bundle)
