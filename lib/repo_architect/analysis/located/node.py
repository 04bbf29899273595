"""A value that knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


class Malformed(ValueError):  # noqa: N818 - the name that the readers' callers know
    """The text is not what its format asks for, or is a bomb. `line` is where, from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class Key(str):
    """A key of a table: a string that knows its line."""

    line: int

    def __new__(cls, text: str, line: int) -> Key:
        key = super().__new__(cls, text)
        key.line = line
        return key


@dataclass(slots=True, unsafe_hash=True)
class Located:
    """A scalar, a list of Located, or a dict from Key to Located; `line` is where the value begins.

    `raw` is a scalar that is not a string as the file has it (`3.10`, where the value is 3.1), else None.
    """

    value: Any
    line: int
    raw: str | None = None

    def at(self, *path: str | int) -> Located | None:
        """The value below, None where the path leads nowhere."""
        here: Located | None = self
        for step in path:
            if here is None:
                return None
            if isinstance(here.value, dict) and isinstance(step, str):
                here = here.value.get(step)
            elif (
                isinstance(here.value, list)
                and isinstance(step, int)
                and -len(here.value) <= step < len(here.value)
            ):
                here = here.value[step]
            else:
                return None
        return here

    def key_line(self, key: str) -> int:
        """The line of a key of this table (the key, not its value); this table's line when it is not there."""
        return next((found.line for found in self.keys() if found == key), self.line)

    def text(self, *path: str | int) -> str | None:
        """The string at the path, None where there is none."""
        found = self.at(*path)
        return found.value if found is not None and isinstance(found.value, str) else None

    def written(self, *path: str | int) -> str | None:
        """The scalar at the path as the file has it, strings without quotes; None where there is none, or null."""
        found = self.at(*path)
        if found is None or found.value is None:
            return None
        return found.value if isinstance(found.value, str) else found.raw

    def keys(self) -> Iterator[Key]:
        return iter(self.value) if isinstance(self.value, dict) else iter(())

    def items(self, *path: str | int) -> Iterator[tuple[Key, Located]]:
        """Keys and values of the table at the path; nothing where there is no table."""
        table = self.at(*path)
        return iter(table.value.items()) if table is not None and isinstance(table.value, dict) else iter(())

    def elements(self, *path: str | int) -> Iterator[Located]:
        """Elements of the list at the path; nothing where there is no list."""
        found = self.at(*path)
        return iter(found.value) if found is not None and isinstance(found.value, list) else iter(())

    def plain(self) -> Any:
        """The value without positions."""
        if isinstance(self.value, dict):
            return {str(key): value.plain() for key, value in self.value.items()}
        if isinstance(self.value, list):
            return [value.plain() for value in self.value]
        return self.value
