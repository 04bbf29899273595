"""The project's documents: their code blocks, links, and the commands in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
PROGRAM = "repo-architect"


@dataclass(frozen=True)
class Block:
    """A fenced block: the words behind ``` and its text, with the line on which it begins."""

    path: Path
    line: int
    words: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}"


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text()
    for found in _FENCE.finditer(text):
        yield Block(path, text[: found.start()].count("\n") + 1, tuple(found[2].split()), found[3])


def prose(path: Path) -> str:
    """The text without its blocks."""
    return _FENCE.sub("", path.read_text())


def commands(path: Path) -> Iterator[tuple[str, list[str]]]:
    """(where, words behind `repo-architect`) of each command in shell blocks, inline code and comments of YAML."""
    if path.suffix == ".md":
        for block in blocks(path):
            if block.words[:1] in (("sh",), ("bash",), ("console",)):
                yield from _lines(str(block), block.text)
        for found in re.finditer(r"`([^`\n]+)`", prose(path)):
            yield from _lines(f"{path.name}: {found[0]}", found[1])
    else:
        yield from _lines(path.name, path.read_text())


def _lines(where: str, text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.replace("\\\n", " ").splitlines():
        called = re.match(rf"^[\s#>$-]*(?:[A-Z_]+=\S+\s+)*(?:\S*bin/)?{PROGRAM}\s+(.*)$", line)
        if called:
            yield where, _words(called[1])


def _words(rest: str) -> list[str]:
    cut = re.split(r"\s+#\s|\s[|>&;]|\$\(", rest)[0]
    plain = re.sub(r"[\[\]]", " ", cut)  # [--option VALUE]: may be left out
    return shlex.split(plain.replace("…", ""))


def anchors(path: Path) -> set[str]:
    """What `#…` may lead to: headings as GitHub names them."""
    headings = re.findall(r"^#+ +(.*)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
