"""Before the notebook: the run folder as its stage needs it, and the parameters for papermill."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping

from repo_architect import notebook_files
from repo_architect.errors import ContractError
from repo_architect.kestra_task import parameters
from repo_architect.kestra_task.places import NOTEBOOKS, PARAMETERS, RUN
from repo_architect.stages import OPTIONAL, REPO, STAGES, Stage


def begin(stage: Stage, environment: Mapping[str, str] = os.environ) -> None:
    """Make the working folder ready for `papermill -f parameters.json notebooks/NN_stage.ipynb run/notebooks/NN_stage.ipynb`.

    What Kestra put there stays: the artifacts in `run/`, and the notebooks of the namespace. Raises UsageError for an unknown or mistyped
    parameter of any stage, ContractError when an artifact that the stage reads did not come.
    """
    _make_folders()
    _put_notebooks()
    given = parameters.given(stage, NOTEBOOKS, environment)
    PARAMETERS.write_text(json.dumps({**given, "run": str(RUN.resolve())}), encoding="utf-8")
    _drop_absent(stage)
    _unpack_clone(stage)
    _check_all_came(stage)


def _make_folders() -> None:
    for folder in (NOTEBOOKS, RUN / "notebooks", RUN / "stages"):
        folder.mkdir(parents=True, exist_ok=True)


def _put_notebooks() -> None:
    """The packaged notebook where the namespace has none: a flow that was only pasted runs as well."""
    for stage in STAGES:
        if not (NOTEBOOKS / stage.notebook).exists():
            shutil.copyfile(notebook_files.path(stage), NOTEBOOKS / stage.notebook)


def _drop_absent(stage: Stage) -> None:
    """What a stage that failed or did not run left out comes as an empty file."""
    records = [f"stages/{other.name}.json" for other in STAGES if other is not stage]
    for name in (*OPTIONAL.intersection(stage.reads), *records):
        path = RUN / name
        if path.is_file() and path.stat().st_size == 0:
            path.unlink()


def _unpack_clone(stage: Stage) -> None:
    from repo_architect.clone import packing

    packed = RUN / packing.NAME
    if REPO in stage.reads and packed.is_file():
        packing.unpack(packed, RUN / REPO)
        packed.unlink()


def _check_all_came(stage: Stage) -> None:
    for name in stage.reads:
        if name not in OPTIONAL and not (RUN / name).exists():
            raise ContractError(
                f"{stage.name} was given no {name}",
                fix="name it in the task's inputFiles, as the committed flow does",
            )
