"""What an execution made: its outputs, and its files fetched into a folder. Names and sizes are not trusted."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from repo_architect import atomic
from repo_architect.errors import KestraError, RunError
from repo_architect.kestra_client.connection import Kestra
from repo_architect.kestra_client.refusals import AbsentError, UnreachableError
from repo_architect.kestra_client.views import Execution

STORED = "kestra:///"
MOST_FILES, LARGEST_FILE, LARGEST_ALL = 500, 256 << 20, 1 << 30
ATTEMPTS = 3
_CLONE = re.compile(r"clone\.tar(\.\w+)?|clone\.(pack|bundle|zip)")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\:*?\"<>|]")


@dataclass(frozen=True)
class Stored:
    """A file in Kestra's storage and the name it goes by."""

    name: str
    uri: str


@dataclass(frozen=True)
class Fetched:
    """What came of a file: where it is and its bytes, or why it was left."""

    name: str
    size: int = 0
    left: str | None = None


class _TooLargeError(Exception):
    pass


def flow_outputs(kestra: Kestra, execution: Execution) -> dict[str, Any]:
    """The outputs of the flow by name; empty when it has none."""
    try:
        with kestra.asked(f"read the outputs of {execution.id}"):
            told = kestra.api.outputs.execution_outputs(execution.id, kestra.tenant)
    except AbsentError:
        return {}
    return told if isinstance(told, dict) else {}


def files(kestra: Kestra, execution: Execution) -> list[Stored]:
    """The files among the outputs of tasks, by name; of two with one name the later task's."""
    found: dict[str, str] = {}
    for task_run in _runs_with_outputs(kestra, execution):
        with kestra.asked(f"read the outputs of {execution.id}"):
            outputs = kestra.api.outputs.task_run_outputs(execution.id, task_run, kestra.tenant) or {}
            named = outputs.get("outputFiles") or {}
            found.update({str(name): str(uri) for name, uri in named.items() if str(uri).startswith(STORED)})
    return [Stored(name, uri) for name, uri in sorted(found.items())]


def fetch(kestra: Kestra, execution: Execution, folder: Path) -> Iterator[Fetched]:
    """Fetch every file into `folder`, at most 500 files, 256 MB each, 1 GB together; tell of each. The clone is left out.

    Raises KestraError, RunError.
    """
    left = LARGEST_ALL
    for number, stored in enumerate(files(kestra, execution)):
        name = safe_name(stored.name)
        if name is None:
            yield Fetched(stored.name, left="its name is not one that can be trusted")
        elif _CLONE.fullmatch(PurePosixPath(name).name):
            continue  # what tasks hand on, deleted at the end
        elif number >= MOST_FILES:
            yield Fetched(name, left=f"more than {MOST_FILES} files")
        else:
            _make_folder(folder, (folder / name).parent)
            got = _fetch_one(
                kestra, execution, Stored(name, stored.uri), folder / name, min(LARGEST_FILE, left)
            )
            left -= got.size
            yield got


def safe_name(name: str) -> str | None:
    """A name as a path below a folder, without the leading `run/`; None when it leads elsewhere."""
    path = PurePosixPath(name.removeprefix("run/"))
    bad = path.is_absolute() or not path.parts or len(path.parts) > 8 or _FORBIDDEN.search(name)
    if bad or any(part in ("..", ".") or len(part.encode()) > 200 for part in path.parts):
        return None
    return str(path)


def _fetch_one(kestra: Kestra, execution: Execution, stored: Stored, target: Path, most: int) -> Fetched:
    """Fetch one file, again when the connection drops in the middle. `stored` has its safe name."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with kestra.asked(f"fetch {stored.name}"), kestra.download(execution.id, stored.uri) as pieces:
                return Fetched(stored.name, _written(target, pieces, most))
        except _TooLargeError:
            return Fetched(stored.name, left=f"larger than {most >> 20} MB")
        except AbsentError:
            return Fetched(stored.name, left="it is gone from Kestra's storage")
        except UnreachableError:
            if attempt == ATTEMPTS:
                raise
        except OSError as error:
            raise atomic.cannot_write(target, error) from error
    raise AssertionError


def _make_folder(folder: Path, parent: Path) -> None:
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.cannot_write(parent, error) from error
    if not parent.resolve().is_relative_to(folder.resolve()):
        raise RunError(f"{parent} leads out of {folder}", fix="choose an empty folder with --output")


def _written(target: Path, pieces: Iterator[bytes], most: int) -> int:
    """Write the pieces beside the target, then move the whole there; its size in bytes."""
    handle, temporary = tempfile.mkstemp(prefix=".fetching.", dir=target.parent)
    size = 0
    try:
        with os.fdopen(handle, "wb") as stream:
            for piece in pieces:
                size += len(piece)
                if size > most:
                    raise _TooLargeError
                stream.write(piece)
            os.fchmod(stream.fileno(), 0o644)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return size


def _runs_with_outputs(kestra: Kestra, execution: Execution) -> list[str]:
    """The task runs that have outputs, in the order they began."""
    try:
        with kestra.asked(f"read the outputs of {execution.id}"):
            told = kestra.api.outputs.task_outputs_information(execution.id, kestra.tenant)
    except AbsentError:
        return []
    if len(told) > 10 * MOST_FILES:
        raise KestraError("the execution has too many outputs", fix="look at them in Kestra's UI")
    having = {str(one.task_run_id) for one in told}
    return [task.id for task in execution.tasks if task.id in having]
