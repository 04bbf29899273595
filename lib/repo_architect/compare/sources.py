"""Where the runs are: run folders, folders of runs, archives; and what is known of those that failed."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from repo_architect.errors import ContractError, UsageError

ARCHIVE_ENDING = ".tar.gz"
LARGEST_ARTIFACT = 100_000_000
"""Bytes of one artifact in an archive; ours are at most a few million."""

Read = Callable[[str], bytes | None]
"""An artifact's bytes by its name, None where it is not there."""


@dataclass(frozen=True)
class Failure:
    """Why a repository has no whole run: the stage where it failed, what went wrong and what to do."""

    stage: str | None
    error: str
    fix: str = ""


@dataclass(frozen=True)
class Source:
    """A run: its folder or archive (None where there is none), what to call it, and why it failed where that is known."""

    path: Path | None
    title: str = ""
    repository: str = ""
    ref: str = ""
    failure: Failure | None = None
    folder: str = ""

    @property
    def key(self) -> str:
        """What the run is called among the others: its folder."""
        return self.folder or (self.path.name.removesuffix(ARCHIVE_ENDING) if self.path else self.title)


def find_sources(paths: Iterable[Path]) -> list[Source]:
    """The runs in what was given: run folders, folders that hold runs, and archives. Raises UsageError for anything else."""
    found: dict[Path, Source] = {}
    for path in paths:
        whole = path.expanduser().resolve()
        for source in _in(whole):
            found.setdefault(source, Source(source))
    if not found:
        raise UsageError("there is no run to compare", fix="give run folders, a fleet's folder, or archives")
    return list(found.values())


def _in(path: Path) -> list[Path]:
    if path.is_file() and path.name.endswith(ARCHIVE_ENDING):
        return [path]
    if not path.is_dir():
        raise UsageError(
            f"{path} is no folder and no {ARCHIVE_ENDING} archive", fix="give run folders, a fleet's folder, or archives"
        )  # fmt: skip
    if is_run(path):
        return [path]
    inside = sorted(path.iterdir(), key=lambda each: each.name)
    return [
        each for each in inside if is_run(each) or (each.is_file() and each.name.endswith(ARCHIVE_ENDING))
    ]


def is_run(folder: Path) -> bool:
    """Whether a folder holds what a run leaves: records of stages, or the analysis."""
    return (folder / "stages").is_dir() or (folder / "repo_shape.json").is_file()


@contextmanager
def opened(path: Path | None) -> Iterator[Read]:
    """A reader of the artifacts of a run folder or an archive. Nothing of an archive is unpacked to the disk."""
    if path is None:
        yield lambda _: None
    elif path.is_dir():
        yield lambda name: (path / name).read_bytes() if (path / name).is_file() else None
    else:
        with _archive(path) as read:
            yield read


@contextmanager
def _archive(path: Path) -> Iterator[Read]:
    try:
        with tarfile.open(path, "r:gz") as archive:
            members = {Path(member.name).name: member for member in archive.getmembers() if member.isfile()}
            yield lambda name: _member(archive, members.get(name))
    except (tarfile.TarError, EOFError, OSError) as error:
        raise ContractError(
            f"{path.name} is no readable archive of a run: {error}", fix="archive the run again with the stage archive_results"
        ) from None  # fmt: skip


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo | None) -> bytes | None:
    if member is None or member.size > LARGEST_ARTIFACT:
        return None
    stream = archive.extractfile(member)
    return stream.read() if stream else None
