"""The formats of a list: each reader yields where an entry stands, its address and its revision, or why a line is bad."""

from __future__ import annotations

import csv
import io
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_ADDRESS_KEYS = ("url", "repository", "repo", "repo_url", "path", "clone_url")
_REF_KEYS = ("ref", "branch", "revision", "tag", "commit")

Row = tuple[str, str, str]
"""Where it stands (`line 3`), address, revision."""


class BadLineError(Exception):
    """An entry of the list that cannot be understood: where it stands and why."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(place, why)
        self.place = place
        self.why = why


Reader = Callable[[str], Iterator[Row | BadLineError]]


def reader(source: str, text: str) -> Reader:
    """The reader for a file, by its ending, else by how it begins."""
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
        found = _words(f"line {number}", _COMMENT.sub("", line.rstrip("\r")))
        if found:
            yield found


def _words(place: str, text: str) -> Row | BadLineError | None:
    """An address and, after a space, a revision; None where there is nothing."""
    try:
        words = shlex.split(text)
    except ValueError:
        return BadLineError(place, "a quotation mark opens and nothing closes it")
    if len(words) > 2:
        return BadLineError(
            place, f"{len(words)} words: write an address and, after a space, a revision; quote a path with spaces"
        )  # fmt: skip
    return (place, words[0], words[1] if len(words) == 2 else "") if words else None


def _csv(text: str) -> Iterator[Row | BadLineError]:
    rows = csv.reader(io.StringIO(text))
    columns: tuple[int, int] | None = None
    try:
        for cells in rows:
            row, place = [cell.strip() for cell in cells], f"line {rows.line_num}"
            if not any(row) or row[0].startswith("#"):
                continue
            if columns is None:
                columns, is_header = _columns(row)
                if is_header:
                    continue
            address, ref = (row[at] if at < len(row) else "" for at in columns)
            yield (
                (place, address, ref)
                if address
                else BadLineError(place, "the column of the address is empty")
            )
    except csv.Error as error:
        yield BadLineError(f"line {rows.line_num}", str(error))


def _columns(row: list[str]) -> tuple[tuple[int, int], bool]:
    """Where address and revision are, by the names of a header; the first two columns where there is none."""
    names = [cell.lower() for cell in row]
    address = _column(names, _ADDRESS_KEYS)
    if address is None:
        return (0, 1), False
    ref = _column(names, _REF_KEYS)
    return (address, len(row) if ref is None else ref), True


def _column(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _yaml(text: str) -> Iterator[Row | BadLineError]:
    """YAML and JSON alike: a list of addresses or of mappings, bare or under `repositories`."""
    try:
        root = yaml.compose(text.replace("\t", "  "), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        yield BadLineError(f"line {mark.line + 1 if mark else 1}", error.problem or "it is not YAML")
        return
    except (yaml.YAMLError, RecursionError):
        yield BadLineError("line 1", "it is not YAML")
        return
    if isinstance(root, yaml.MappingNode):
        named = ("repositories", "repos", "fleet")
        root = next((value for key, value in root.value if key.value in named), root)
    if isinstance(root, yaml.SequenceNode):
        for number, node in enumerate(root.value, 1):
            found = _item(f"line {node.start_mark.line + 1}, item {number}", node)
            if found:
                yield found
    elif root is not None:
        yield BadLineError(
            f"line {root.start_mark.line + 1}", "write a list of repositories, bare or under `repositories`"
        )


def _item(place: str, node: yaml.Node) -> Row | BadLineError | None:
    if isinstance(node, yaml.ScalarNode):
        return _words(place, node.value)
    if not isinstance(node, yaml.MappingNode):
        return BadLineError(place, "write an address, or a mapping with url and ref")
    cells = {
        key.value: value.value
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }
    address = next((cells[key] for key in _ADDRESS_KEYS if key in cells), None)
    if address is None:
        return BadLineError(place, "there is no url")
    return place, address, next((cells[key] for key in _REF_KEYS if key in cells), "")


_READERS: dict[str, Reader] = {
    ".csv": _csv, ".yml": _yaml, ".yaml": _yaml, ".json": _yaml, ".txt": _lines,
}  # fmt: skip
