"""The nearest folder above that has something to say."""

from __future__ import annotations

from collections.abc import Container, Iterator


def nearest(folder: str, tables: Container[str]) -> Iterator[str]:
    """Folders in `tables`, from this one up to the root."""
    while True:
        if folder in tables:
            yield folder
        if folder == ".":
            return
        folder = folder.rpartition("/")[0] or "."
