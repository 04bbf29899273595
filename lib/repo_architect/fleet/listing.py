"""A list of repositories: text, CSV, YAML or JSON. Every bad line is told at once, with its number."""

from __future__ import annotations

import csv
import io
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from repo_architect.errors import CloneError, UsageError
from repo_architect.fleet.entries import Entry, entry

LARGEST = 5_000_000
"""Bytes of a list."""
MOST = 5_000
"""Repositories of a list."""

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_ADDRESS_KEYS = ("url", "repository", "repo", "repo_url", "path", "clone_url")
_REF_KEYS = ("ref", "branch", "revision", "tag", "commit")
_SHOWN = 20

Row = tuple[int, str, str]
"""Line, address, ref."""


class BadLineError(Exception):
    """A line of the list that cannot be understood: its number and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line = line
        self.why = why


def read_list(source: str) -> list[Entry]:
    """The repositories that a file names, `-` for standard input, each once and in the order of the file; none for an empty one.

    The format goes by the ending (`.csv`, `.yml`, `.yaml`, `.json`, `.txt`), else by how it begins. Text has an address a line, a
    revision after it, `#` for comments. Paths are relative to the file. Raises UsageError that names every bad line.
    """
    text = _text(source)
    base = Path.cwd() if source == "-" else Path(source).expanduser().resolve().parent
    name = "standard input" if source == "-" else Path(source).name
    return _understood(_reader(source, text)(text), base, name)


def _understood(rows: Iterator[Row | BadLineError], base: Path, name: str) -> list[Entry]:
    entries: dict[str, Entry] = {}
    bad: list[tuple[int, str]] = []
    for row in rows:
        if isinstance(row, BadLineError):
            bad.append((row.line, row.why))
            continue
        line, address, ref = row
        try:
            found = entry(address, ref, base)
        except CloneError as error:
            bad.append((line, f"{error.message}; {error.fix}"))
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


def _reader(source: str, text: str) -> Callable[[str], Iterator[Row | BadLineError]]:
    by_ending = _READERS.get(Path(source).suffix.lower())
    if by_ending:
        return by_ending
    begins = next((line.strip() for line in text.splitlines() if line.strip() and line.strip()[0] != "#"), "")
    if begins.startswith(("[", "{", "- ", "repositories:", "---")):
        return _yaml
    header = [word.strip().lower() for word in begins.split(",")]
    return _csv if len(header) > 1 and _column(header, _ADDRESS_KEYS) is not None else _lines


def _lines(text: str) -> Iterator[Row | BadLineError]:
    for number, line in enumerate(text.split("\n"), 1):
        try:
            words = shlex.split(_COMMENT.sub("", line.rstrip("\r")))
        except ValueError as error:
            yield BadLineError(number, f"{str(error).lower()}: a quotation mark opens and nothing closes it")
            continue
        if len(words) > 2:
            yield BadLineError(
                number, f"{len(words)} words: write an address and, after a space, a revision; quote a path with spaces"
            )  # fmt: skip
        elif words:
            yield number, words[0], words[1] if len(words) == 2 else ""


def _csv(text: str) -> Iterator[Row | BadLineError]:
    reader = csv.reader(io.StringIO(text))
    address, ref, first = 0, 1, True
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if first:
                first = False
                names = [cell.lower() for cell in row]
                address_at = _column(names, _ADDRESS_KEYS)
                if address_at is not None:
                    ref_at = _column(names, _REF_KEYS)
                    address, ref = address_at, len(row) if ref_at is None else ref_at
                    continue
            if not any(row) or row[0].startswith("#"):
                continue
            if len(row) <= address or not row[address]:
                yield BadLineError(reader.line_num, "the column of the address is empty")
                continue
            yield reader.line_num, row[address], row[ref] if len(row) > ref else ""
    except csv.Error as error:
        yield BadLineError(reader.line_num, str(error))


def _column(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _yaml(text: str) -> Iterator[Row | BadLineError]:
    """YAML and JSON alike: a list of addresses or of mappings, bare or under `repositories`."""
    try:
        root = yaml.compose(text.replace("\t", "  "), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        yield BadLineError(mark.line + 1 if mark else 1, error.problem or "it is not YAML")
        return
    except (yaml.YAMLError, RecursionError):
        yield BadLineError(1, "it is not YAML")
        return
    if root is None:
        return
    if isinstance(root, yaml.MappingNode):
        root = next(
            (value for key, value in root.value if key.value in ("repositories", "repos", "fleet")), root
        )
    if not isinstance(root, yaml.SequenceNode):
        yield BadLineError(
            root.start_mark.line + 1, "write a list of repositories, bare or under `repositories`"
        )
        return
    for node in root.value:
        yield _item(node)


def _item(node: yaml.Node) -> Row | BadLineError:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return line, node.value, ""
    if not isinstance(node, yaml.MappingNode):
        return BadLineError(line, "write an address, or a mapping with url and ref")
    cells = {
        key.value: value.value
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }
    address = next((cells[key] for key in _ADDRESS_KEYS if key in cells), None)
    if address is None:
        return BadLineError(line, "there is no url")
    return line, address, next((cells[key] for key in _REF_KEYS if key in cells), "")


_READERS = {".csv": _csv, ".yml": _yaml, ".yaml": _yaml, ".json": _yaml, ".txt": _lines}


def _bad_file(name: str, bad: list[tuple[int, str]]) -> UsageError:
    shown = [f"  line {line}: {why}" for line, why in bad[:_SHOWN]]
    more = [f"  and {len(bad) - _SHOWN} more"] if len(bad) > _SHOWN else []
    lines = "1 line" if len(bad) == 1 else f"{len(bad)} lines"
    return UsageError(
        "\n".join([f"{lines} of {name} cannot be understood:", *shown, *more]),
        fix="mend them and start again; nothing was run",
    )
