"""The analysis of a run, wherever it is kept: a run folder, its archive, or its repo_shape.json."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from pathlib import Path

from repo_architect.contracts import Modules, RepoShape
from repo_architect.errors import ContractError, UsageError
from repo_architect.run import Run

LARGEST = 200_000_000
"""Bytes of an artifact in an archive; ours are at most some twenty million."""
ARCHIVE_ENDINGS = (".tar.gz", ".tgz")


@dataclass(frozen=True)
class Analysed:
    shape: RepoShape
    modules: Modules


def load(given: str, runs_dir: Path | None) -> Analysed:
    """The analysis that `given` names: `latest`, a run's id or folder, an artifacts.tar.gz, or a repo_shape.json with modules.json beside it.

    Raises UsageError for a file that is neither, RunError where there is none, ContractError for one that is not whole.
    """
    path = Path(given).expanduser()
    if path.is_file():
        return _in_archive(path) if path.name.endswith(ARCHIVE_ENDINGS) else _beside(path)
    if path.is_dir() and (path / RepoShape.file_name).is_file():
        return _beside(path / RepoShape.file_name)
    run = Run.open(given, runs_dir)
    return Analysed(run.read(RepoShape.file_name), run.read(Modules.file_name))


def _beside(path: Path) -> Analysed:
    if path.suffix != ".json":
        raise UsageError(
            f"{path} is no analysis",
            fix="give a run's id or folder, an artifacts.tar.gz, or a repo_shape.json with modules.json beside it",
        )
    modules = path.with_name(Modules.file_name)
    if not modules.is_file():
        raise ContractError(
            f"there is no {Modules.file_name} beside {path}", fix="keep both files of a run together"
        )
    return Analysed(
        RepoShape.from_json(path.read_bytes(), path), Modules.from_json(modules.read_bytes(), modules)
    )


def _in_archive(path: Path) -> Analysed:
    """Read from the archive; nothing is unpacked to the disk."""
    try:
        with tarfile.open(path, "r:*") as archive:
            shape = RepoShape.from_json(_member(archive, RepoShape.file_name, path), path)
            return Analysed(shape, Modules.from_json(_member(archive, Modules.file_name, path), path))
    except (tarfile.TarError, EOFError, OSError) as error:
        raise ContractError(
            f"{path} is no readable archive: {error}", fix="archive the run again: stage archive_results"
        ) from None


def _member(archive: tarfile.TarFile, name: str, path: Path) -> bytes:
    for member in archive:
        if member.isfile() and Path(member.name).name == name and member.size <= LARGEST:
            stream = archive.extractfile(member)
            if stream:
                return stream.read()
    raise ContractError(f"{path} holds no {name}", fix="give the artifacts.tar.gz of a whole run")
