"""The tree of regular files below a root."""

from __future__ import annotations

import os
import stat
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from repo_architect.analysis.files.listing import listing
from repo_architect.analysis.files.names import printable, unique
from repo_architect.analysis.limits import Limits, Notes

Bytes = bytes


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A regular file. `path` is POSIX and printable; `size` in bytes."""

    path: str
    size: int
    executable: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The folder's path, `.` for the root."""
        return self.path.rpartition("/")[0] or "."


def _path(file: SourceFile) -> str:
    return file.path


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the language stage says of a file. `language` is Linguist's name, None for a file it does not know."""

    language: str | None
    binary: bool = False
    vendored: bool = False
    generated: bool = False
    documentation: bool = False

    @property
    def counts(self) -> bool:
        """Whether a reader would call it the project's own source."""
        return not (self.binary or self.vendored or self.generated or self.documentation)


@dataclass
class FileTree:
    """Files by path, sorted; their bytes and text within limits; verdicts once languages are known."""

    root: Path
    files: tuple[SourceFile, ...]
    limits: Limits
    notes: Notes
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """Symbolic links, path to target as written; never followed."""
    raw_paths: dict[str, bytes] = field(default_factory=dict)
    """The real name of each file whose path had to be escaped."""
    line_counts: dict[str, int] = field(default_factory=dict)
    """Lines of each file that counts for a language, once languages are known."""
    said_vendored: dict[str, bool] = field(default_factory=dict)
    """What `.gitattributes` says of files as vendored, once languages are known; see `vendored.is_vendored`."""

    def __post_init__(self) -> None:
        self._base = os.path.realpath(self.root)
        self._real_folders: set[str] = set()
        self._by_path = {file.path: file for file in self.files}
        self._by_name: dict[str, list[SourceFile]] = {}
        for file in self.files:
            self._by_name.setdefault(file.name, []).append(file)

    def __contains__(self, path: str) -> bool:
        return path in self._by_path

    def __iter__(self) -> Iterator[SourceFile]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def get(self, path: str) -> SourceFile | None:
        return self._by_path.get(path)

    def named(self, *names: str) -> list[SourceFile]:
        """Files with one of these names, in any folder, sorted by path."""
        return sorted(
            (file for name in names for file in self._by_name.get(name, ())), key=lambda file: file.path
        )

    def below(self, folder: str) -> tuple[SourceFile, ...]:
        """Files in a folder and those in it, sorted by path."""
        first = bisect_left(self.files, folder + "/", key=_path)
        return self.files[first : bisect_left(self.files, folder + "0", key=_path)]

    def verdict(self, path: str) -> Verdict:
        return self.verdicts.get(path, Verdict(None))

    def own(self, files: Iterable[SourceFile]) -> Iterator[SourceFile]:
        """Those of `files` that are the project's own: not vendored, generated, documentation or binary."""
        return (file for file in files if self.verdict(file.path).counts)

    def bytes(self, path: str, limit: int | None = None) -> bytes | None:
        """A file's bytes; None, with a note, when it is too large (`limit`, else max_file_bytes) or unreadable."""
        file = self._by_path.get(path)
        bound = limit or self.limits.max_file_bytes
        if file is None:
            return None
        if file.size > bound:
            self.notes.skip("too_large", f"larger than {bound} bytes, not read", path)
            return None
        return self._read(path, bound)

    def head(self, path: str, size: int) -> Bytes | None:
        """The first `size` bytes of a file of any size; None, with a note, when it is unreadable."""
        return self._read(path, size) if path in self._by_path else None

    def _read(self, path: str, size: int) -> Bytes | None:
        raw = self.raw_paths.get(path)
        where = f"{self._base}/{path if raw is None else os.fsdecode(raw)}"
        try:
            self._check_folder(where.rpartition("/")[0])
            handle = os.open(where, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                info = os.fstat(handle)
                if not stat.S_ISREG(info.st_mode):
                    raise OSError(0, "not a regular file any more")
                # asking for more than there is costs a second read, and a buffer as large as what was asked for
                return _read_all(handle, min(size, info.st_size))
            finally:
                os.close(handle)
        except OSError as error:
            self.notes.skip("unreadable", error.strerror or "cannot be read", path)
            return None

    def _check_folder(self, folder: str) -> None:
        """Raises OSError for a folder that a link has come to lead out of."""
        if folder not in self._real_folders:
            if os.path.realpath(folder) != folder:
                raise OSError(0, "behind a link")
            self._real_folders.add(folder)

    def text(self, path: str, limit: int | None = None) -> str | None:
        """A file's text: UTF-8 (a byte order mark dropped), UTF-16 with one, else Latin-1; None as for `bytes`."""
        data = self.bytes(path, limit)
        return None if data is None else decode(data)


def decode(data: bytes) -> str:
    """Text of unknown encoding; never fails."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _read_all(handle: int, size: int) -> bytes:
    data = os.read(handle, size)
    while len(data) < size and (more := os.read(handle, size - len(data))):
        data += more
    return data


def read_tree(root: Path, limits: Limits, notes: Notes) -> FileTree:
    """List the regular files below `root`, without `.git`; in a work tree without what git ignores.

    Links are told in `links` and never followed. Where there are more than `max_files`, those nearest the root
    are kept, in order of path. Names that cannot be printed are escaped (see `names`).
    """
    found = listing(root.resolve(), limits, notes)
    kept = _nearest(found.files, limits, notes)
    files: list[SourceFile] = []
    raw_paths: dict[str, bytes] = {}
    for path, raw in unique(kept).items():
        info = found.files[raw]
        files.append(SourceFile(path, info.st_size, bool(info.st_mode & 0o100)))
        if path.encode("utf-8", "replace") != raw:
            raw_paths[path] = raw
    links = {path: printable(found.links[raw]) for path, raw in unique(list(found.links)).items()}
    ordered = tuple(sorted(files, key=lambda file: file.path))
    return FileTree(root, ordered, limits, notes, links=dict(sorted(links.items())), raw_paths=raw_paths)


def _nearest(files: Iterable[bytes], limits: Limits, notes: Notes) -> list[bytes]:
    paths = list(files)
    if len(paths) <= limits.max_files:
        return paths
    paths.sort(key=lambda path: (path.count(b"/"), path))
    notes.skip(
        "too_many",
        f"more than {limits.max_files} files; those deepest below the root left out",
        printable(paths[limits.max_files]),
        len(paths) - limits.max_files,
    )
    return paths[: limits.max_files]
