"""Options that several commands share, and their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from repo_architect import notebook_files, stages
from repo_architect.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

runs_dir = click.option(
    "--runs-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where runs are. Default: REPO_ARCHITECT_RUNS, else the project's runs/, else ./runs.",
)
run_argument = click.argument("run", default="latest", metavar="[RUN]")
jobs = click.option(
    "--jobs", type=click.IntRange(1, 8), default=3, show_default=True, help="Stages at once, where they can."
)
quiet = click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
strict = click.option("--strict", is_flag=True, help="Exit with 4 when a stage that may fail did.")
parameter = click.option(
    "--param", "-p", "given", multiple=True, metavar="[STAGE.]NAME=VALUE",
    help="A parameter of a notebook, e.g. max_files=1000 or open_pr.branch=docs. `repo-architect stages` lists them.",
)  # fmt: skip
as_of = click.option(
    "--as-of", default=None, metavar="DATE", help="Judge end of life at this date. Default: the commit's."
)
timeout = click.option(
    "--timeout", "timeouts", multiple=True, metavar="[STAGE=]SECONDS",
    help="Seconds for a stage, or for the whole run (default 1800).",
)  # fmt: skip


def parse_parameters(given: Iterable[str]) -> dict[str, dict[str, Any]]:
    """`[STAGE.]NAME=VALUE` words as parameters by stage. A name without a stage goes to every stage that has it."""
    found: dict[str, dict[str, Any]] = {}
    for word in given:
        name, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"{word!r} is no parameter", fix="write NAME=VALUE, e.g. -p max_files=1000")
        prefix, dot, bare = name.rpartition(".")
        where = (stages.stage(prefix),) if dot else stages.STAGES
        holders = [stage for stage in where if _declares(stage, bare)]
        if not holders:
            raise UsageError(
                f"no notebook has a parameter {name!r}", fix="`repo-architect stages` lists every parameter"
            )
        for stage in holders:
            declared = notebook_files.parameters(notebook_files.path(stage))[bare]
            found.setdefault(stage.name, {})[bare] = declared.parse(text)
    return found


def parse_timeouts(given: Iterable[str]) -> tuple[dict[str, int], int]:
    """`[STAGE=]SECONDS` words: seconds by stage, and for the whole run."""
    by_stage: dict[str, int] = {}
    whole = stages.RUN_TIMEOUT
    for word in given:
        name, equals, text = word.rpartition("=")
        if not text.isdigit() or int(text) < 1:
            raise UsageError(f"{word!r} is no time limit", fix="write STAGE=SECONDS or SECONDS, from 1")
        if equals:
            by_stage[stages.stage(name).name] = int(text)
        else:
            whole = int(text)
    return by_stage, whole


def put(parameters: dict[str, dict[str, Any]], stage: str, **values: Any) -> None:
    """Add the values that are not None to a stage's parameters."""
    given = {name: value for name, value in values.items() if value is not None}
    if given:
        parameters[stage] = {**parameters.get(stage, {}), **given}


def _declares(stage: stages.Stage, name: str) -> bool:
    return name not in notebook_files.RUN_PARAMETERS and name in notebook_files.parameters(
        notebook_files.path(stage)
    )
