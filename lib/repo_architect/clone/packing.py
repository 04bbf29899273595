"""The clone as one file, to go from one machine to another, and back.

The tree is hostile: its links are recreated, never followed, and come last, so that nothing is written through one.
"""

from __future__ import annotations

import os
import shutil
import stat
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from repo_architect.atomic import cannot_write
from repo_architect.errors import ContractError

NAME = "clone.tar.gz"
_LEVEL = 1  # most of it is git's objects, which are compressed already
_DAMAGED = "delete it, and clone again"


@dataclass(frozen=True)
class Limits:
    """How much is packed and unpacked at most: files, folders and links in all; bytes of content."""

    members: int = 2_000_000
    bytes: int = 20_000_000_000


LIMITS = Limits()


def pack(repo: Path, target: Path, limits: Limits = LIMITS) -> int:
    """Write the tree `repo`, with its `.git`, to `target`, whole or not at all. Returns its size in bytes.

    Raises ContractError beyond the limits, RunError when the disk says no.
    """
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as raw:
            _write(repo, raw, limits)
        Path(temporary).replace(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        Path(temporary).unlink(missing_ok=True)
    return target.stat().st_size


def unpack(source: Path, repo: Path, limits: Limits = LIMITS) -> None:
    """Recreate the tree packed in `source` as `repo`, which is replaced once the new one is whole.

    Raises ContractError for what `pack` would not have written: a name that leads out, a device, more than the limits.
    """
    place = Path(tempfile.mkdtemp(prefix=f".{repo.name}-", dir=repo.parent))
    try:
        _read(source, place / "tree", limits)
        if repo.is_symlink() or repo.is_file():
            repo.unlink()
        elif repo.exists():
            shutil.rmtree(repo)
        (place / "tree").rename(repo)
    except (tarfile.TarError, EOFError, ValueError, FileExistsError, NotADirectoryError) as error:
        raise ContractError(f"{source.name} is no packed clone: {error}", fix=_DAMAGED) from error
    except OSError as error:
        raise cannot_write(repo, error) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


# -- writing ------------------------------------------------------------------------------------------------------


def _write(repo: Path, raw: IO[bytes], limits: Limits) -> None:
    count = total = 0
    with tarfile.open(
        fileobj=raw,
        mode="w:gz", compresslevel=_LEVEL, format=tarfile.GNU_FORMAT, encoding="utf-8", errors="surrogateescape",
    ) as archive:  # fmt: skip
        for path in _tree(repo):
            member = _member(path, path.relative_to(repo).as_posix())
            if member is None:
                continue
            count, total = count + 1, total + member.size
            _check(count, total, limits)
            if member.isreg():
                with _opened(path) as content:
                    archive.addfile(member, content)
            else:
                archive.addfile(member)


def _tree(folder: Path) -> Iterator[Path]:
    """Everything below a folder, sorted; links to folders are links."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    for entry in entries:
        path = folder / entry.name
        yield path
        if entry.is_dir(follow_symlinks=False):
            yield from _tree(path)


def _member(path: Path, name: str) -> tarfile.TarInfo | None:
    """The header of a folder, a file or a link; None for anything else, which no checkout makes."""
    status = path.lstat()
    member = tarfile.TarInfo(name)
    member.mode = 0o755 if stat.S_ISDIR(status.st_mode) or status.st_mode & 0o100 else 0o644
    if stat.S_ISDIR(status.st_mode):
        member.type = tarfile.DIRTYPE
    elif stat.S_ISLNK(status.st_mode):
        member.type, member.linkname = tarfile.SYMTYPE, os.readlink(path)  # noqa: PTH115 - Path would normalise it
    elif stat.S_ISREG(status.st_mode):
        member.size = status.st_size
    else:
        return None
    return member


def _opened(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")


# -- reading ------------------------------------------------------------------------------------------------------


def _read(source: Path, tree: Path, limits: Limits) -> None:
    tree.mkdir()
    links: list[tuple[Path, str]] = []
    count = total = 0
    with tarfile.open(source, "r|gz", encoding="utf-8", errors="surrogateescape") as archive:
        for member in archive:
            count, total = count + 1, total + member.size
            _check(count, total, limits)
            path = tree / _inside(member.name)
            if member.isdir():
                path.mkdir(parents=True, exist_ok=True)
            elif member.issym():
                links.append((path, member.linkname))
            elif member.isreg():
                _write_file(archive, member, path)
            else:
                raise ContractError(f"{member.name!r} is neither file, folder nor link", fix=_DAMAGED)
    for path, target in links:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\0" in name:
        raise ContractError(f"{name!r} leads out of the clone", fix=_DAMAGED)
    return path


def _write_file(archive: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = archive.extractfile(member)
    # a name that comes twice is refused: O_EXCL
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as target:
        if content is not None:
            shutil.copyfileobj(content, target, 1 << 20)
        os.fchmod(target.fileno(), 0o755 if member.mode & 0o100 else 0o644)


def _check(count: int, total: int, limits: Limits) -> None:
    if count > limits.members or total > limits.bytes:
        raise ContractError(
            f"the clone has more than {limits.members} files or {limits.bytes} bytes",
            fix="run it on one machine instead: repo-architect run URL",
        )
