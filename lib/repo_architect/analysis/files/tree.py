"""The tree of regular files below a root."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from repo_architect.analysis.limits import Limits, Notes


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

    def __post_init__(self) -> None:
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
        return sorted((file for name in names for file in self._by_name.get(name, ())), key=lambda file: file.path)

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
        try:
            handle = os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as stream:
                return stream.read(bound)
        except OSError as error:
            self.notes.skip("unreadable", error.strerror or "cannot be read", path)
            return None

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


def read_tree(root: Path, limits: Limits, notes: Notes) -> FileTree:
    """List the regular files below `root`, without `.git`; links are noted and not followed."""
    files: list[SourceFile] = []
    pending = [(root, 0)]
    while pending:
        folder, depth = pending.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != ".git":
                        pending.append((Path(entry.path), depth + 1))
                elif entry.is_file(follow_symlinks=False):
                    info = entry.stat(follow_symlinks=False)
                    path = Path(entry.path).relative_to(root).as_posix()
                    files.append(SourceFile(path, info.st_size, bool(info.st_mode & 0o100)))
    return FileTree(root, tuple(sorted(files, key=lambda file: file.path)), limits, notes)
