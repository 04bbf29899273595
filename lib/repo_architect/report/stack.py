"""What the repository is built with, by category; a tool that several components use stands once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from repo_architect.contracts import Evidence, RepoShape
from repo_architect.contracts.repo_shape import Found, Framework
from repo_architect.report import titles

OTHERS = (("Package managers", "package_managers"), ("Build", "build_tools"), ("Tests", "test_tools"),
          ("Linters and formatters", "linters"), ("CI", "ci_systems"), ("Other tools", "tools"))  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A tool: its versions, the components that use it (empty: the whole repository), where it shows."""

    name: str
    versions: tuple[str, ...]
    components: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    only_for: str | None = None
    """Examples, documentation or tests, where the product itself does not use it."""


def main_frameworks(shape: RepoShape) -> list[str]:
    """Names of the product's frameworks, each once; those of examples only where there are no others."""
    beside = _beside(shape)
    names = [
        item.name for item in shape.frameworks if item.component not in beside and item.used_for == "product"
    ]
    return list(dict.fromkeys(names or [item.name for item in shape.frameworks]))


def _beside(shape: RepoShape) -> set[str | None]:
    return {part.id for part in shape.components if part.kind in ("example", "documentation")}


def stack(shape: RepoShape) -> list[tuple[str, list[Item]]]:
    """Categories with their items: frameworks first, by category, then tools."""
    names = titles.components(shape)
    by_category: dict[str, list[Found]] = {}
    for framework in sorted(shape.frameworks, key=lambda item: titles.category_rank(item.category)):
        by_category.setdefault(titles.category(framework.category), []).append(framework)
    others = ((title, list(getattr(shape, field))) for title, field in OTHERS)
    groups = [*by_category.items(), *others]
    return [(title, _merged(found, names)) for title, found in groups if found]


def _merged(found: Iterable[Found], names: dict[str, str]) -> list[Item]:
    by_name: dict[str, list[Found]] = {}
    for item in found:
        by_name.setdefault(item.name, []).append(item)
    merged = [
        Item(
            name,
            tuple(sorted({item.version for item in items if item.version})),
            _users(items, names),
            tuple(dict.fromkeys(place for item in items for place in item.evidence)),
            _only_for(items),
        )
        for name, items in sorted(by_name.items(), key=lambda pair: pair[0].lower())
    ]
    return sorted(merged, key=lambda item: item.only_for is not None)


def _only_for(items: Iterable[Found]) -> str | None:
    """What it serves beside the product. A test tool serves tests by its nature: that is not said."""
    purposes = {item.used_for for item in items}
    if purposes == {"test"} and not any(isinstance(item, Framework) for item in items):
        return None
    return None if "product" in purposes else " and ".join(titles.PURPOSES[one] for one in sorted(purposes))


def _users(items: Iterable[Found], names: dict[str, str]) -> tuple[str, ...]:
    """The components that use it; none named where there is but one."""
    return (
        tuple(sorted({names[item.component] for item in items if item.component in names}))
        if len(names) > 1
        else ()
    )
