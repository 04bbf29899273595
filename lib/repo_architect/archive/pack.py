"""The main path: choose the members, scan each, pack them."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from repo_architect.archive.secret_scan import refuse_secrets
from repo_architect.errors import ContractError
from repo_architect.run import Run
from repo_architect.stages import OPTIONAL, REPO, stage, writer_of

NAME = "artifacts.tar.gz"
COMPRESSION = 9


@dataclass(frozen=True)
class Member:
    """A file of the archive: `size` in bytes, `sha256` in hex, `made_by` the stage that wrote it."""

    name: str
    size: int
    sha256: str
    made_by: str


@dataclass(frozen=True)
class Archive:
    """The packed archive: its bytes (`data`), and what is in it, sorted by name. `absent` could be missing and is."""

    data: bytes = field(repr=False)
    members: tuple[Member, ...]
    absent: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def write(self, run: Run) -> Path:
        """Write it as the run's artifacts.tar.gz. Returns the path. Raises RunError."""
        return run.write(NAME, self.data)


def pack(run: Run) -> Archive:
    """Pack the artifacts of a run: neither the clone, nor notebooks, nor records.

    The same artifacts give the same bytes: names sorted, owner 0, mode 0644, times those of the commit. Raises
    ContractError when an artifact is missing that may not be, SecretFoundError when one holds what looks like a secret.
    """
    content, absent = _read(run)
    refuse_secrets(content)
    members = tuple(
        Member(name, len(data), hashlib.sha256(data).hexdigest(), writer_of(name).name)
        for name, data in content.items()
    )
    return Archive(_compressed(_tar(content, _commit_time(run))), members, absent)


def _read(run: Run) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The artifacts that are there, by name, and the names of those that may be missing and are."""
    names = sorted(name for name in stage("archive_results").reads if name != REPO)
    there = [name for name in names if run.has(name)]
    missing = [name for name in names if name not in there]
    for name in missing:
        if name not in OPTIONAL:
            raise ContractError(
                f"the run {run.id} has no {name}",
                fix=f"run the stage {writer_of(name).name} first: it writes {name}",
            )
    return {name: run.path(name).read_bytes() for name in there}, tuple(missing)


def _commit_time(run: Run) -> int:
    """When the commit was made, seconds since the epoch; 0 where its date cannot be read or is out of range."""
    try:
        seconds = int(datetime.fromisoformat(run.clone.committed_at).timestamp())
    except (ValueError, OverflowError, OSError):
        return 0
    return seconds if 0 <= seconds < 2**33 else 0


def _tar(content: dict[str, bytes], mtime: int) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in content.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(data), mtime, 0o644
            tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def _compressed(data: bytes) -> bytes:
    """gzip without a name or time in its header; `gzip.compress` would write the platform, by version of Python."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=COMPRESSION, mtime=0) as stream:
        stream.write(data)
    return packed.getvalue()
