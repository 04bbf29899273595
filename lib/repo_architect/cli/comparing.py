"""Write a comparison and say where it is: shared by `fleet` and `compare`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from repo_architect import compare
from repo_architect.errors import UsageError
from repo_architect.fleet import FleetRecord


def date_of(text: str | None) -> date | None:
    """The date of `--as-of`. Raises UsageError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{text!r} is not a date", fix="write --as-of as YYYY-MM-DD") from None


def compare_fleet(folder: Path, record: FleetRecord, as_of: date | None, quiet: bool) -> None:
    """Compare the runs of a fleet, those that failed with their reason."""
    sources = [
        compare.Source(
            folder / entry.folder, entry.title, entry.repository, entry.ref, compare.Failure(entry.stage, entry.error, entry.fix or "")
            if entry.state == "failed" and entry.error else None,
        )
        for entry in record.listed
    ]  # fmt: skip
    write(compare.build(sources, title=record.name, as_of=as_of), folder, quiet)


def write(comparison: compare.Comparison, folder: Path, quiet: bool, *, bundle: bool = False) -> None:
    """Write what the comparison is, and say a line a file; a missing extra is told, not fatal."""
    written = [compare.write_csv(comparison, folder), compare.write_html(comparison, folder)]
    if bundle:
        written.append(compare.write_bundle(comparison, folder))
    try:
        written.append(compare.write_parquet(comparison, folder))
    except UsageError as error:
        click.echo(f"no fleet.parquet: {error}", err=True)
    if not quiet:
        click.echo(compare.in_words(comparison))
        click.echo(f"{folder}: {'  '.join(path.name for path in written)}")
