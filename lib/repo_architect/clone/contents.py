"""What the commit holds, read from git's objects, never from the files on disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from repo_architect.contracts.clone import Submodule
from repo_architect.git_command import Git, GitFailedError

_POINTER = b"version https://git-lfs.github.com/spec/v1\n"
_POINTER_SIZES = range(100, 1025)


@dataclass(frozen=True, slots=True)
class Entry:
    """A tracked path: its mode and type as git has them; `size` in bytes, 0 for a submodule."""

    path: str
    mode: str
    type: str
    id: str
    size: int


def entries(git: Git, folder: Path) -> tuple[Entry, ...]:
    """Everything tracked at HEAD, in git's order. A path that is not UTF-8 has its bytes as \\xNN."""
    output = git.run("ls-tree", "-r", "-l", "-z", "--full-tree", "HEAD", folder=folder)
    return tuple(_entry(record) for record in output.split(b"\0") if record)


def lfs_pointers(git: Git, folder: Path, tracked: tuple[Entry, ...]) -> tuple[str, ...]:
    """Paths whose content is a Git LFS pointer, sorted."""
    candidates = [entry for entry in tracked if entry.mode.startswith("100") and entry.size in _POINTER_SIZES]
    if not candidates:
        return ()
    contents = _blobs(git, folder, sorted({entry.id for entry in candidates}))
    return tuple(
        sorted(entry.path for entry in candidates if contents.get(entry.id, b"").startswith(_POINTER))
    )


def submodules(
    git: Git, folder: Path, tracked: tuple[Entry, ...]
) -> tuple[tuple[Submodule, ...], tuple[str, ...]]:
    """Submodules by path, and notes. The URL comes from .gitmodules, without credentials; null where it names none."""
    links = [entry for entry in tracked if entry.mode == "160000"]
    if not links:
        return (), ()
    urls, notes = _urls(git, folder)
    found = tuple(
        Submodule(path=link.path, url=urls.get(link.path), commit=link.id)
        for link in sorted(links, key=lambda link: link.path)
    )
    return found, notes


def _entry(record: bytes) -> Entry:
    facts, _, path = record.partition(b"\t")
    mode, type_, id_, size = facts.decode().split()
    return Entry(path.decode("utf-8", "backslashreplace"), mode, type_, id_, 0 if size == "-" else int(size))


def _blobs(git: Git, folder: Path, ids: list[str]) -> dict[str, bytes]:
    output = git.run("cat-file", "--batch", folder=folder, data="".join(f"{id_}\n" for id_ in ids).encode())
    contents: dict[str, bytes] = {}
    position = 0
    while position < len(output):
        end = output.index(b"\n", position)
        header = output[position:end].split()
        if len(header) != 3:
            position = end + 1
            continue
        size = int(header[2])
        contents[header[0].decode()] = output[end + 1 : end + 1 + size]
        position = end + 2 + size
    return contents


def _urls(git: Git, folder: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    try:
        output = git.run(
            "config", "--blob", "HEAD:.gitmodules", "--no-includes", "-z", "--list", folder=folder
        )
    except GitFailedError:
        return {}, (".gitmodules is missing or malformed: the addresses of the submodules are not known",)
    paths: dict[str, str] = {}
    urls: dict[str, str] = {}
    for item in output.decode("utf-8", "backslashreplace").split("\0"):
        key, _, value = item.partition("\n")
        section, _, name = key.rpartition(".")
        {"path": paths, "url": urls}.get(name, {})[section] = value
    return {
        path: _without_credentials(urls[section]) for section, path in paths.items() if section in urls
    }, ()


def _without_credentials(url: str) -> str:
    if url.startswith("ssh://"):
        return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1@", url)
    return re.sub(r"(?<=://)[^/@]*@", "", url)
