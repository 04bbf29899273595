"""`${{ … }}` of GitHub Actions, as far as a file alone can tell what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from repo_architect.analysis.located import Located

_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_NAME = re.compile(r"(matrix|env|inputs)\.([\w.-]+)|(matrix|env|inputs)\[\s*'([^']+)'\s*\]")
_TOOLCHAIN = re.compile(r"\b(cargo) \+?\$\{\{[^}]*\}\}(?=\s)")
"""A toolchain that only the run knows; the command is the same on any."""
_MAX_VALUES = 50
_MAX_ROUNDS = 12
_MAX_LENGTH = 4000


@dataclass(frozen=True)
class Scope:
    """What names stand for in a job: the matrix (each name has many values), environment and inputs."""

    matrix: dict[str, tuple[str, ...]] = field(default_factory=dict)
    env: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def values(self, text: str) -> tuple[str, ...]:
        """Every text that `text` can become, without those that cannot be known."""
        pending, known = [_TOOLCHAIN.sub(r"\1", text[:_MAX_LENGTH])], []
        for _ in range(_MAX_ROUNDS):
            following = []
            for candidate in pending:
                match = _EXPRESSION.search(candidate)
                if match is None:
                    known.append(candidate)
                else:
                    before, after = candidate[: match.start()], candidate[match.end() :]
                    following += [before + value + after for value in self._look_up(match[1])]
            pending = list(dict.fromkeys(following))[:_MAX_VALUES]
        return tuple(dict.fromkeys(known))[:_MAX_VALUES]

    def _look_up(self, expression: str) -> Iterator[str]:
        if re.search(r"[=!<>]=|[<>]|&&", expression):
            yield from re.findall(r"(?:&&|\|\|)\s*'([^']*)'", expression)
            return
        for name in _NAME.finditer(expression):
            context, key = name[1] or name[3], name[2] or name[4]
            if context == "matrix":
                yield from self.matrix.get(key, ())
            elif context == "inputs":
                yield from self.inputs.get(key, ())
            elif key in self.env:
                yield self.env[key]
        if "||" in expression or not _NAME.search(expression):
            yield from re.findall(r"(?:^|\|\|\s*)'([^']*)'\s*$", expression)


def matrix_of(job: Located) -> dict[str, tuple[str, ...]]:
    """The values of each name of `strategy.matrix`, `include` among them; nested names joined with dots."""
    found: dict[str, list[str]] = {}
    for key, value in job.items("strategy", "matrix"):
        if key in ("include", "exclude"):
            continue
        for element in value.elements():
            _collect(key, element, found)
    for entry in job.elements("strategy", "matrix", "include"):
        for key, value in entry.items():
            _collect(key, value, found)
    return {key: tuple(dict.fromkeys(values))[:_MAX_VALUES] for key, values in found.items()}


def _collect(key: str, value: Located, found: dict[str, list[str]]) -> None:
    text = value.written()
    if text is not None:
        found.setdefault(key, []).append(text)
    for name, below in value.items():
        _collect(f"{key}.{name}", below, found)
    for element in value.elements():
        _collect(key, element, found)


def table_of(document: Located, *path: str) -> dict[str, str]:
    """A table of scalars as texts."""
    return {
        str(key): value.written() or ""
        for key, value in document.items(*path)
        if not isinstance(value.value, dict | list)
    }
