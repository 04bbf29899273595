"""A list of repositories: text, CSV, YAML or JSON. Every bad line is told at once, with its number."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from repo_architect.errors import CloneError, UsageError
from repo_architect.fleet.entries import Entry, entry
from repo_architect.fleet.formats import BadLineError, Row, reader

LARGEST = 5_000_000
"""Bytes of a list."""
MOST = 5_000
"""Repositories of a list."""

_SHOWN = 20


def read_list(source: str) -> list[Entry]:
    """The repositories that a file names, `-` for standard input, each once and in the order of the file; none for an empty one.

    The format goes by the ending (`.csv`, `.yml`, `.yaml`, `.json`, `.txt`), else by how it begins. Text has an address a line, a
    revision after it, `#` for comments. Paths are relative to the file. Raises UsageError that names every bad line.
    """
    text = _text(source)
    base = Path.cwd() if source == "-" else Path(source).expanduser().resolve().parent
    name = "standard input" if source == "-" else Path(source).name
    return _understood(reader(source, text)(text), base, name)


def _understood(rows: Iterator[Row | BadLineError], base: Path, name: str) -> list[Entry]:
    entries: dict[str, Entry] = {}
    bad: list[tuple[str, str]] = []
    for row in rows:
        if isinstance(row, BadLineError):
            bad.append((row.place, row.why))
            continue
        place, address, ref = row
        try:
            found = entry(address, ref, base)
        except CloneError as error:
            bad.append((place, f"{error.message}; {error.fix}"))
        else:
            entries.setdefault(found.identity, found)
    if bad:
        raise _bad_file(name, bad)
    if len(entries) > MOST:
        raise UsageError(
            f"{name} names {len(entries):,} repositories", fix=f"give at most {MOST:,}; split the list"
        )
    return list(entries.values())


def _text(source: str) -> str:
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if source == "-" else _bytes(Path(source).expanduser())
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"the list {source} cannot be read: {error.strerror}", fix="give a file of addresses, or - for standard input"
        ) from None  # fmt: skip
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(
            f"the list {source} is not UTF-8 text (line {line})", fix="save it as UTF-8"
        ) from None
    if len(data) > LARGEST:
        raise UsageError(f"the list {source} is larger than {LARGEST:,} bytes", fix="split it")
    return text


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _bad_file(name: str, bad: list[tuple[str, str]]) -> UsageError:
    shown = [f"  {place}: {why}" for place, why in bad[:_SHOWN]]
    more = [f"  and {len(bad) - _SHOWN} more"] if len(bad) > _SHOWN else []
    lines = "1 entry" if len(bad) == 1 else f"{len(bad)} entries"
    return UsageError(
        "\n".join([f"{lines} of {name} cannot be understood:", *shown, *more]),
        fix="mend them and start again; nothing was run",
    )
