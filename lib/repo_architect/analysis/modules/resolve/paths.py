"""Arithmetic on POSIX paths of a repository, where `.` is its root."""

from __future__ import annotations

from collections.abc import Iterator


def join(folder: str, relative: str) -> str | None:
    """`relative` seen from `folder`, normalised; None where it leaves the repository."""
    parts = [] if folder == "." or relative.startswith("/") else folder.split("/")
    for part in relative.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts) or "."


def parent(path: str) -> str:
    """The folder of a path, `.` for the root and above it."""
    return path.rpartition("/")[0] or "."


def ancestors(folder: str) -> Iterator[str]:
    """The folder, and those above it up to `.`."""
    while folder != ".":
        yield folder
        folder = parent(folder)
    yield "."


def below(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or in it."""
    return folder in {".", path} or path.startswith(folder + "/")


def shared(one: str, other: str) -> int:
    """How many leading folders two paths share."""
    count = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        count += 1
    return count
