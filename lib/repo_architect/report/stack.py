"""What the repository is built with, by category; a tool that several components use stands once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from repo_architect.contracts import Evidence, RepoShape
from repo_architect.contracts.repo_shape import Found
from repo_architect.report.text import one_line

OTHERS = (("Package managers", "package_managers"), ("Build", "build_tools"), ("Tests", "test_tools"),
          ("Linters and formatters", "linters"), ("CI", "ci_systems"), ("Other tools", "tools"))  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A tool: its versions, the components that use it (empty: the whole repository), where it shows."""

    name: str
    versions: tuple[str, ...]
    components: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def stack(shape: RepoShape) -> list[tuple[str, list[Item]]]:
    """Categories with their items: frameworks first, by category, then tools."""
    by_category: dict[str, list[Found]] = {}
    for framework in shape.frameworks:
        by_category.setdefault(_title(framework.category), []).append(framework)
    groups = [
        *sorted(by_category.items()),
        *((title, list(getattr(shape, field))) for title, field in OTHERS),
    ]
    return [(title, _merged(found)) for title, found in groups if found]


def _title(category: str) -> str:
    words = one_line(category.replace("_", " ")).strip() or "Other"
    return words[0].upper() + words[1:]


def _merged(found: Iterable[Found]) -> list[Item]:
    by_name: dict[str, list[Found]] = {}
    for item in found:
        by_name.setdefault(item.name, []).append(item)
    return [
        Item(
            name,
            tuple(sorted({item.version for item in items if item.version})),
            tuple(sorted({item.component for item in items if item.component})),
            tuple(dict.fromkeys(place for item in items for place in item.evidence)),
        )
        for name, items in sorted(by_name.items(), key=lambda pair: pair[0].lower())
    ]
