"""The record of one stage while it runs, in whichever way it is run."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from repo_architect import atomic
from repo_architect.contracts import StageRecord
from repo_architect.errors import ContractError
from repo_architect.stages import OPTIONAL, REPO, Stage

_PACKAGE = Path(__file__).parent
_SHARED = ("contracts", "git_command.py", "git_environment.py", "secret_patterns.py")
_DISTRIBUTIONS = ("repo-architect-agent", "pandas", "papermill", "ipykernel", "pydantic", "tree-sitter")
NOTEBOOK_VARIABLE = "REPO_ARCHITECT_NOTEBOOK"


class StageSession:
    """Begun by `Run.begin`; `done()` writes the record of success, with the hashes of what was read and written."""

    def __init__(self, folder: Path, stage: Stage, record: StageRecord) -> None:
        self.folder = folder
        self.stage = stage
        self.record = record
        self._begun = time.monotonic()

    @classmethod
    def begin(cls, folder: Path, stage: Stage, parameters: Mapping[str, Any]) -> StageSession:
        session = cls(
            folder,
            stage,
            StageRecord(
                stage=stage.name,
                state="running",
                started_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
                notebook=hash_of_notebook(_notebook_being_run()),
                library=hash_of_library(stage),
                parameters=dict(parameters),
                inputs=hash_of_artifacts(folder, stage.reads),
                versions=versions(),
            ),
        )
        session._write()
        return session

    def done(self, **facts: Any) -> StageRecord:
        """Write the record of success. Raises ContractError when an artifact of the stage is not there."""
        missing = [name for name in self.stage.writes if not (self.folder / name).exists()]
        if missing:
            raise ContractError(
                f"the stage {self.stage.name} ended without writing {', '.join(missing)}",
                fix="run every cell of the notebook, from the top",
            )
        self.record = self.record.model_copy(
            update={
                "state": "success",
                "seconds": round(time.monotonic() - self._begun, 3),
                "outputs": hash_of_artifacts(self.folder, self.stage.writes),
                "facts": facts,
            }
        )
        self._write()
        return self.record

    def _write(self) -> None:
        write_record(self.folder, self.record)


def write_record(folder: Path, record: StageRecord) -> None:
    """Write `stages/<stage>.json`."""
    atomic.write(folder / "stages" / f"{record.stage}.json", record.to_json())


def hash_of_artifacts(folder: Path, names: tuple[str, ...]) -> dict[str, str]:
    """sha256 of each artifact that is there; of the clone, the commit that it stands at."""
    hashes = {name: _hash_of(folder / name) for name in names if (folder / name).exists()}
    absent = [name for name in names if name not in hashes and name in OPTIONAL]
    return hashes | dict.fromkeys(absent, "absent")


def hash_of_notebook(path: Path | None) -> str | None:
    """sha256 of a notebook's cells as written: outputs, counts and injected parameters do not count."""
    if path is None or not path.is_file():
        return None
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    kept = [
        (cell["cell_type"], "".join(cell["source"]))
        for cell in cells
        if "injected-parameters" not in cell.get("metadata", {}).get("tags", ())
    ]
    return hashlib.sha256(json.dumps(kept).encode()).hexdigest()


@cache
def hash_of_library(stage: Stage) -> str:
    """sha256 of the code and tables that the stage's result depends on: its rooms, the contracts, the modules they share."""
    rooms = [_PACKAGE / room for room in (*_SHARED, *stage.rooms)]
    inside = [path for room in rooms if room.is_dir() for path in room.rglob("*")]
    files = [path for path in (*rooms, *inside) if path.is_file() and path.suffix != ".pyc"]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def versions() -> dict[str, str]:
    """Versions of Python and of the packages that a result can depend on."""
    import platform

    found = {"python": platform.python_version()}
    for name in _DISTRIBUTIONS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _hash_of(path: Path) -> str:
    if path.name == Path(REPO).name and path.is_dir():
        head = path.parent / "clone.json"
        return str(json.loads(head.read_bytes())["commit"]) if head.exists() else "unknown"
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _notebook_being_run() -> Path | None:
    """The notebook, as our own runner or JupyterLab names it in the environment of the kernel."""
    named = os.environ.get(NOTEBOOK_VARIABLE) or os.environ.get("JPY_SESSION_NAME")
    return Path(named) if named else None
