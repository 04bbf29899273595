"""Text files of the analysed repository, read safely: no link is followed, sizes are bounded."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

MAX_BYTES = 1_000_000


class Source:
    """The files below `root`, by their path in the repository; each is read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lines: dict[str, tuple[str, ...] | None] = {}

    def lines(self, path: str) -> tuple[str, ...] | None:
        """The lines of a regular file inside the tree; None when there is none, or it cannot be read as text."""
        if path not in self._lines:
            self._lines[path] = self._read(path)
        return self._lines[path]

    def _read(self, path: str) -> tuple[str, ...] | None:
        if not self._stands_inside(path):
            return None
        try:
            handle = os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as stream:
                data = stream.read(MAX_BYTES)
        except (OSError, ValueError):
            return None
        return None if b"\0" in data[:8000] else tuple(data.decode("utf-8-sig", "replace").split("\n"))

    def _stands_inside(self, path: str) -> bool:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\0" in path:
            return False
        steps = [self.root.joinpath(*parts[: count + 1]) for count in range(len(parts))]
        try:
            return not any(step.is_symlink() for step in steps) and steps[-1].is_file()
        except OSError:
            return False
