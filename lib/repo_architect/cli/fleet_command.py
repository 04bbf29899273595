"""`repo-architect fleet`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from repo_architect import fleet as fleets
from repo_architect.cli import comparing, fleet_progress, options
from repo_architect.errors import StageError, UsageError
from repo_architect.run import find_runs_dir


@click.command(name="fleet")
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option(
    "--organization", metavar="HOST/NAME", help="Every repository of an organisation: github.com/pallets."
)
@click.option("--archived", is_flag=True, help="Of an organisation, archived repositories too.")
@click.option("--forks", is_flag=True, help="Of an organisation, forks too.")
@click.option(
    "--name", default=None, help="The fleet's folder in the runs. Default: the file's or organisation's name."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=lambda: min(4, os.cpu_count() or 1),
    show_default="cores, at most 4", help="Repositories at once; each takes one kernel at a time.",
)  # fmt: skip
@click.option(
    "--stages", "at_once", type=click.IntRange(1, 8), default=1, show_default=True,
    help="Stages at once of each repository, where they can.",
)  # fmt: skip
@options.runs_dir
@click.option("--list", "only_list", is_flag=True, help="Run nothing: print the repositories as JSON.")
@click.option(
    "--addresses", default=None, metavar="REGEX", help="With --list, refuse an address that does not match."
)
@click.option(
    "--revisions", default=None, metavar="REGEX", help="With --list, refuse a revision that does not match."
)
@click.option("--only-compare", is_flag=True, help="Run nothing: compare what is there.")
@click.option("--allow-failures", is_flag=True, help="Exit with 0 also when repositories failed.")
@click.option(
    "--full-history", is_flag=True, help="Clone every commit, so that hotspots and contributors are known."
)
@click.option("--open-pr", is_flag=True, help="Open the pull requests (needs GITHUB_TOKEN or GIT_TOKEN).")
@click.option(
    "--backend", default=None, help="Who writes the summaries: auto, deterministic, openai or oumi."
)
@options.as_of
@options.parameter
@options.timeout
@options.quiet
def command(
    *, files: tuple[str, ...], organization: str | None, archived: bool, forks: bool, name: str | None, jobs: int, at_once: int,
    runs_dir: Path | None, only_list: bool, addresses: str | None, revisions: str | None, only_compare: bool, allow_failures: bool, full_history: bool, open_pr: bool, backend: str | None,
    as_of: str | None, given: tuple[str, ...], timeouts: tuple[str, ...], quiet: bool,
) -> None:  # fmt: skip
    """Run every repository that FILE names, some at a time, and compare them.

    FILE has an address on each line, a revision after it where you want one, and # comments; or it is CSV, YAML or JSON; - is
    standard input. Called again it goes on: what is done is kept, what failed is tried again. The comparison (fleet.html, fleet.csv,
    fleet.parquet) is put beside the runs, in runs/NAME/.
    """
    day = comparing.date_of(as_of)
    parameters = _parameters(given, as_of, backend=backend, full_history=full_history, open_pr=open_pr)
    by_stage, whole = options.parse_timeouts(timeouts)
    entries, default = _entries(files, organization, archived, forks)
    if only_list:
        fleets.check(entries, addresses, revisions)
        click.echo(json.dumps(fleets.as_items(entries), indent=1))
        return
    fleet = fleets.Fleet.open(find_runs_dir(runs_dir) / fleets.fleet_name(name or default))
    if not quiet:
        click.echo(f"fleet {fleet.folder.name}: {_count(len(entries))} in {fleet.folder}", err=True)
    if only_compare:
        record = fleets.only_list(fleet, entries)
    else:
        plan = fleets.FleetPlan(parameters, by_stage, whole, jobs, at_once)
        with fleet_progress.shown(len(entries), quiet) as listener:
            record = fleets.run(fleet, entries, plan, listener)
    comparing.compare_fleet(fleet.folder, record, day, quiet)
    failed = [entry for entry in record.listed if entry.state == "failed"]
    if failed and not allow_failures:
        raise StageError(
            f"{len(failed)} of {_count(len(record.listed))} failed",
            fix=f"{fleet.folder / 'fleet.html'} says why; mend it and call the same again: only they are run",
        )


def _parameters(given: tuple[str, ...], as_of: str | None, **options_given: Any) -> dict[str, dict[str, Any]]:
    parameters = options.parse_parameters(given)
    options.put(parameters, "clone_repo", full_history=options_given["full_history"] or None)
    options.put(parameters, "open_pr", open_pr=options_given["open_pr"] or None)
    options.put(parameters, "generate_summary", backend=options_given["backend"])
    options.put(parameters, "generate_report", as_of=as_of)
    return parameters


def _entries(
    files: tuple[str, ...], organization: str | None, archived: bool, forks: bool
) -> tuple[list[fleets.Entry], str]:
    """The repositories, each once, and what to call the fleet."""
    found = [entry for file in files for entry in fleets.read_list(file)]
    if organization:
        found += fleets.repositories_of(organization, archived=archived, forks=forks)
    if not found:
        raise UsageError(
            f"{', '.join(files)} names no repository" if files else "there is no repository to run",
            fix="give a FILE with an address on each line, or --organization github.com/NAME",
        )
    default = (organization or "").rstrip("/").rpartition("/")[2] or Path(files[0]).stem
    return list({entry.identity: entry for entry in found}.values()), "fleet" if default == "-" else default


def _count(number: int) -> str:
    return "1 repository" if number == 1 else f"{number:,} repositories"
