"""`repo-architect lab`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from repo_architect import notebook_files
from repo_architect.cli import options
from repo_architect.errors import UsageError
from repo_architect.run import RUNS_VARIABLE, Run


@click.command(name="lab", context_settings={"ignore_unknown_options": True})
@options.run_argument
@options.runs_dir
@click.argument("options_of_jupyter", nargs=-1, type=click.UNPROCESSED, metavar="[-- JUPYTERLAB OPTIONS]")
def command(run: str, runs_dir: Path | None, options_of_jupyter: tuple[str, ...]) -> None:
    """Open the executed notebooks of RUN (an id, a folder, or `latest`) in JupyterLab.

    Notebooks of stages that did not run yet are put beside them. Run All works on this run.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise UsageError(
            "JupyterLab is not installed", fix="pip install 'repo-architect-agent[lab]', or make lab"
        )
    opened = Run.open(run, runs_dir, unfinished=True)
    there = opened.folder / "notebooks"
    there.mkdir(exist_ok=True)
    for notebook in sorted(notebook_files.folder().glob("*.ipynb")):
        if not (there / notebook.name).exists():
            shutil.copy(notebook, there)
    click.echo(f"JupyterLab on {there}")
    environment = {**os.environ, RUNS_VARIABLE: str(opened.folder.parent)}
    sys.exit(
        subprocess.call(
            [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={there}", *options_of_jupyter],
            env=environment,
        )
    )
