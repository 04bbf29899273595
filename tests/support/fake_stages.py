"""Stand-ins for the stage notebooks: they write what their stage promises, in no time."""

from __future__ import annotations

import json
from pathlib import Path

from repo_architect import notebook_files
from repo_architect.stages import STAGES, Stage

CLONE = {
    "url": "https://example.org/o/n",
    "protocol": "https",
    "host": "example.org",
    "owner": "o",
    "name": "n",
    "ref": None,
    "commit": "a" * 40,
    "branch": "main",
    "default_branch": "main",
    "committed_at": "2026-01-01T00:00:00+00:00",
    "shallow": True,
    "size_bytes": 1,
    "file_count": 1,
}


def write_artifacts(folder: Path, stage: Stage, text: str = "x") -> None:
    """What the stage writes, as files with `text` in them; `clone.json` is a valid one."""
    for name in stage.writes:
        if name.endswith("/"):
            (folder / name).mkdir(exist_ok=True)
        elif name == "clone.json":
            (folder / name).write_text(json.dumps(CLONE))
        else:
            (folder / name).write_text(text)


def notebook(source_of_parameters: str, body: str) -> str:
    """A notebook of two cells, as text: parameters and body."""
    cells = [
        {"id": "parameters", "metadata": {"tags": ["parameters"]}, "source": source_of_parameters},
        {"id": "body", "metadata": {}, "source": body},
    ]
    return json.dumps(
        {
            "cells": [
                {**cell, "cell_type": "code", "execution_count": None, "outputs": []} for cell in cells
            ],
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def fast_notebooks(folder: Path, bodies: dict[str, str] | None = None) -> Path:
    """Eight notebooks that write their artifacts and nothing else; `bodies` replaces the body of some."""
    folder.mkdir(parents=True, exist_ok=True)
    for stage in STAGES:
        declared = "\n".join(
            f"{found.name}: {found.type} = {found.default!r}  # {found.help}"
            for found in notebook_files.parameters(notebook_files.path(stage)).values()
        )
        opened = "Run.start(run, runs_dir)" if stage.number == 1 else "Run.open(run, runs_dir)"
        asked = ", ".join(f"{name}={name}" for name in notebook_files.defaults(stage))
        begin = (
            "import sys\n"
            f"sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
            "from repo_architect import Run\n"
            "from support.fake_stages import write_artifacts\n"
            f"run_ = {opened}\n"
            f"stage = run_.begin({stage.name!r}{', ' + asked if asked else ''})\n"
        )
        body = (bodies or {}).get(
            stage.name, "write_artifacts(run_.folder, stage.stage)\nrecord = stage.done()"
        )
        (folder / stage.notebook).write_text(notebook(declared, begin + body))
    return folder
