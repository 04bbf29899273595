"""`repo-architect clean`."""

from __future__ import annotations

from pathlib import Path

import click

from repo_architect import cleaning
from repo_architect.cli import options
from repo_architect.run import find_runs_dir


@click.command(name="clean")
@options.runs_dir
@click.option("--keep", type=click.IntRange(0), default=None, metavar="N", help="Keep the newest N runs.")
@click.option(
    "--older-than", default=None, metavar="AGE", help="Delete only runs older than this: 30d, 12h, 2w."
)
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and delete nothing.")
def command(runs_dir: Path | None, keep: int | None, older_than: str | None, dry_run: bool) -> None:
    """Delete old runs. Give --keep, --older-than, or both: then what is deleted is beyond both."""
    delete_old(find_runs_dir(runs_dir), keep, older_than, dry_run=dry_run)


def delete_old(where: Path, keep: int | None, older_than: str | None, *, dry_run: bool) -> None:
    """Delete the old runs in the folder `where`, or say which would go."""
    chosen = cleaning.choose(where, keep, cleaning.parse_age(older_than) if older_than else None)
    for run in chosen:
        click.echo(f"{'would delete' if dry_run else 'deleting'} {run.folder}")
        if not dry_run:
            cleaning.delete(run)
    click.echo(
        f"{len(chosen)} of {len(chosen) + cleaning.left(where, chosen, dry_run)} runs {'would go' if dry_run else 'gone'}"
    )
