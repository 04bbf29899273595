"""A run: the folder, the artifacts in it by name, and the record of each stage."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from repo_architect import atomic, sample, stages
from repo_architect.contracts import ARTIFACTS, Artifact, Clone, StageRecord
from repo_architect.errors import ContractError, RunError
from repo_architect.stage_session import StageSession

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MODELS = {model.file_name: model for model in ARTIFACTS}
RUNS_VARIABLE = "REPO_ARCHITECT_RUNS"


class Run:
    """One run folder. Open one with `Run.open`, make one with `Run.start`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"Run({str(self.folder)!r})"

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def repo(self) -> Path:
        """The clone. Raises ContractError when it is not there."""
        return self._existing("repo/")

    @property
    def clone(self) -> Clone:
        return Clone.from_json(self._existing("clone.json").read_bytes(), self.folder / "clone.json")

    # -- making and finding ---------------------------------------------------------------------------------

    @classmethod
    def start(cls, run: str = "new", runs_dir: str | Path | None = None) -> Run:
        """Make the folder of a new run.

        `run` is `new` (an id from the clock, `-2` when taken), an id that must not exist yet, or the path of
        a folder that is there already and is used again. Raises RunError.
        """
        if _is_path(run):
            return cls._at(Path(run).expanduser().resolve())
        parent = find_runs_dir(runs_dir)
        if run == "new":
            return next(made for made in map(cls._made, _automatic(parent)) if made)
        folder = parent / _valid_id(run)
        made = cls._made(folder)
        if made is None:
            raise RunError(
                f"the run {run} exists already in {parent}",
                fix=f"choose another id, or go on with it: repo-architect resume {run}",
            )
        return made

    @classmethod
    def open(
        cls, run: str = "latest", runs_dir: str | Path | None = None, *, unfinished: bool = False
    ) -> Run:
        """Open a run by id, by folder, `latest`, or `sample`: the small one that ships with the package.

        `latest` is the newest that has a clone, or with `unfinished` the newest of all; where there is none it is the sample, put in place first.
        Raises RunError.
        """
        if _is_path(run):
            return cls._at(Path(run).expanduser().resolve())
        parent = find_runs_dir(runs_dir)
        if run == "latest":
            known = (candidate for candidate in cls.all(parent) if unfinished or candidate.has("clone.json"))
            newest = max(known, key=lambda candidate: (candidate.started_at, candidate.id), default=None)
            return newest or cls(sample.put_in_place(parent))
        if run == sample.RUN_ID:
            return cls(sample.put_in_place(parent))
        folder = parent / _valid_id(run)
        if not folder.is_dir():
            ids = ", ".join(sorted((candidate.id for candidate in cls.all(parent)), reverse=True)[:5])
            raise RunError(
                f"there is no run {run} in {parent}",
                fix=f"choose one of {ids}, or latest" if ids else "start one: repo-architect run URL",
            )
        return cls(folder)

    @classmethod
    def all(cls, runs_dir: Path) -> Iterator[Run]:
        """Every run in a folder of runs: what holds the record of a stage."""
        if runs_dir.is_dir():
            for folder in runs_dir.iterdir():
                if (folder / "stages").is_dir() and folder.name != sample.RUN_ID:
                    yield cls(folder)

    @property
    def started_at(self) -> float:
        """When the run began, seconds since the epoch, by the age of its records."""
        records = self.folder / "stages"
        first = records / "clone_repo.json"
        return (first if first.exists() else records).stat().st_mtime

    @classmethod
    def _at(cls, folder: Path) -> Run:
        if not folder.is_dir():
            raise RunError(
                f"there is no run folder {folder}", fix="give the id or the folder of a run, or latest"
            )
        return cls(folder)

    @classmethod
    def _made(cls, folder: Path) -> Run | None:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir()
            (folder / "stages").mkdir()
        except FileExistsError:
            return None
        except OSError as error:
            raise atomic.cannot_write(folder, error) from error
        return cls(folder)

    # -- artifacts ------------------------------------------------------------------------------------------

    def path(self, name: str) -> Path:
        """Where the artifact `name` stands. Raises UsageError for a name that no stage writes."""
        stages.writer_of(name)
        return self.folder / name

    def has(self, name: str) -> bool:
        return self.path(name).exists()

    def read(self, name: str) -> Any:
        """An artifact: a model for JSON with a contract, text for the rest.

        Raises ContractError when it is missing or malformed, naming the stage that writes it.
        """
        path = self._existing(name)
        data = path.read_bytes()
        model = _MODELS.get(name)
        return model.from_json(data, path) if model else data.decode()

    def read_if_there(self, name: str) -> Any | None:
        """As `read`, but None for an artifact that is not there."""
        return self.read(name) if self.has(name) else None

    def write(self, name: str, value: Artifact | str | bytes) -> Path:
        """Check an artifact against its contract and write it whole. Raises ContractError, RunError."""
        path = self.path(name)
        model = _MODELS.get(name)
        if model:
            data = model.checked(value).to_json()  # type: ignore[arg-type]
        elif isinstance(value, (str, bytes)):
            data = value.encode() if isinstance(value, str) else value
        else:
            raise ContractError(f"{name} takes text, not {type(value).__name__}", fix="give a str or bytes")
        atomic.write(path, data)
        return path

    def _existing(self, name: str) -> Path:
        path = self.path(name)
        if not path.exists():
            writer = stages.writer_of(name).name
            raise ContractError(
                f"the run {self.id} has no {name}", fix=f"run the stage {writer} first: it writes {name}"
            )
        return path

    # -- records --------------------------------------------------------------------------------------------

    def begin(self, stage: str, **parameters: Any) -> StageSession:
        """Start a stage: its record says running until `.done()` is called on what comes back."""
        return StageSession.begin(self.folder, stages.stage(stage), parameters)

    def record(self, stage: str) -> StageRecord | None:
        """The record of a stage, None when it never ran or its record is unreadable."""
        path = self.folder / "stages" / f"{stage}.json"
        try:
            return StageRecord.from_json(path.read_bytes(), path)
        except (OSError, ContractError):
            return None


def find_runs_dir(runs_dir: str | Path | None = None) -> Path:
    """Where runs are: `runs_dir`, else REPO_ARCHITECT_RUNS, else the project's `runs/`, else `./runs`; absolute."""
    given = runs_dir or os.environ.get(RUNS_VARIABLE)
    if given:
        return Path(given).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file() and (checkout / "notebooks").is_dir():
        return checkout / "runs"
    return Path.cwd() / "runs"


def _is_path(run: str) -> bool:
    return os.sep in run or "/" in run or run.startswith("~")


def _valid_id(run: str) -> str:
    if not _ID.fullmatch(run) or ".." in run or run in ("new", "latest", sample.RUN_ID):
        raise RunError(
            f"{run!r} cannot be the id of a run",
            fix="use letters, digits, dot, dash and underscore, at most 100, starting with a letter or digit",
        )
    return run


def _automatic(parent: Path) -> Iterator[Path]:
    while True:
        name = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        yield parent / name
        for number in range(2, 100):
            yield parent / f"{name}-{number}"
        time.sleep(0.1)
