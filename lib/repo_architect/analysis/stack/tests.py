"""Tests that exist: how many files, in which component, with which tool."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from repo_architect.analysis.stack.row import compiled, table
from repo_architect.analysis.stack.sources import Sources, is_own
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Found, TestSuite

_SHOWN = 3
_HINT = re.compile(r"test|spec|suite|IT\.|\.cy\.|\.bats$|cypress|e2e", re.IGNORECASE)


def find(sources: Sources, tools: Sequence[Found]) -> tuple[TestSuite, ...]:
    """A suite for each component and tool, in order; its evidence is the first files."""
    used = {(tool.component, tool.name) for tool in tools}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    imported: dict[str | None, str | None] = {}
    for path, row in _files(sources):
        component = sources.component(path)
        tool = _of_row(
            path, row, [name for name in row["tools"] if _uses(sources, used, component, name)], sources
        )
        tool = tool or imported.get(component) or imported.setdefault(component, _imported(path, sources))
        if tool != "skip":
            groups[component or "", tool or ""].append(path)
    return tuple(
        TestSuite(
            component=component or None,
            tool=tool or None,
            files=len(paths),
            evidence=tuple(Evidence(path=path) for path in paths[:_SHOWN]),
        )
        for (component, tool), paths in sorted(groups.items())
    )


def _of_row(path: str, row: dict[str, Any], in_use: list[str], sources: Sources) -> str | None:
    """The tool of a file: the first that is in use, or the one that the file itself imports where several can be."""
    if len(in_use) > 1 and row.get("by_import"):
        named = _imported(path, sources)
        return named if named in in_use else in_use[0]
    return in_use[0] if in_use else row["else"]


def _files(sources: Sources) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each test file with the row that knows it."""
    suites = table("tests.yaml")["suites"]
    any_of = re.compile("|".join(row["files"] for row in suites))
    expressions = [(re.compile(row["files"]), row) for row in suites]
    for file in sources.tree:
        if not _HINT.search(file.path):
            continue
        if is_own(file.path) and any_of.search(file.path) and not sources.tree.verdict(file.path).generated:
            row = next(row for expression, row in expressions if expression.search(file.path))
            if _stands_beside(sources, file.path, row.get("beside")) and _holds(sources, file.path, row):
                yield file.path, row


def _imported(path: str, sources: Sources) -> str | None:
    """The test tool that a file imports."""
    text = sources.text(path) or ""
    expressions = table("tests.yaml")["imports"].items()
    return next((tool for tool, expression in expressions if compiled(expression).search(text)), None)


def _stands_beside(sources: Sources, path: str, names: list[str] | None) -> bool:
    folder = path.rpartition("/")[0]
    return names is None or any(f"{folder}/{name}".lstrip("/") in sources.tree for name in names)


def _holds(sources: Sources, path: str, row: dict[str, Any]) -> bool:
    """Whether a file has in it what the row asks for, where its name does not tell enough."""
    return "holds" not in row or compiled(row["holds"]).search(sources.text(path) or "") is not None


def _uses(sources: Sources, used: set[tuple[str | None, str]], component: str | None, tool: str) -> bool:
    """Whether a component, a folder above it, or the whole repository uses a tool."""
    return any((owner, tool) in used for owner in sources.owners(component))
