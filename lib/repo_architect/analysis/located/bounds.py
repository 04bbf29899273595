"""What the readers refuse: the bounds that keep a hostile manifest from costing the run."""

from __future__ import annotations

from repo_architect.analysis.located.node import Malformed

MAX_DEPTH = 100
MAX_NODES = 1_000_000
MAX_CHARACTERS = 50_000_000
MAX_DIGITS = 1_000


class Budget:
    """Counts the values of a document. Raises Malformed when there are more than `MAX_NODES`."""

    __slots__ = ("left",)

    def __init__(self, text: str) -> None:
        if len(text) > MAX_CHARACTERS:
            raise Malformed(f"larger than {MAX_CHARACTERS} characters")
        self.left = MAX_NODES

    def spend(self, line: int, nodes: int = 1) -> None:
        self.left -= nodes
        if self.left < 0:
            raise Malformed(f"more than {MAX_NODES} values", line)


def check_depth(depth: int, line: int) -> None:
    """Raises Malformed when values are nested more than `MAX_DEPTH` deep."""
    if depth > MAX_DEPTH:
        raise Malformed(f"nested deeper than {MAX_DEPTH} levels", line)


def encodable(text: str) -> str:
    """The text with halves of surrogate pairs replaced, so that it can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Lines:
    """Line numbers of offsets that only grow."""

    __slots__ = ("_line", "_offset", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = 0
        self._line = 1

    def at(self, offset: int) -> int:
        """The line of an offset, from 1; offsets must not go back before an earlier one."""
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = max(offset, self._offset)
        return self._line
