"""The technologies that shape the code, most telling first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from repo_architect.contracts import Evidence, RepoShape
from repo_architect.contracts.repo_shape import Found, Framework
from repo_architect.contracts.summary import Claim
from repo_architect.summary import titles
from repo_architect.summary.aside import main_components
from repo_architect.summary.languages import main_languages, shown_by
from repo_architect.summary.words import clean, count

MAX_TECHNOLOGIES = 12
MAX_EVIDENCE = 3
FAIR_SHARE = 0.15


def key_technologies(shape: RepoShape) -> tuple[Claim, ...]:
    """Frameworks first, then stores, then how it is tested, built and delivered; each named once."""
    rows: dict[str, Claim] = {}
    for name, kind, version, evidence in _candidates(shape):
        key = clean(name).lower()
        if key and key not in rows:
            shown = f"{clean(name)} {clean(version)}" if version else clean(name)
            rows[key] = Claim(text=f"{shown} ({clean(kind)})", evidence=evidence[:MAX_EVIDENCE])
    return tuple(rows.values())[:MAX_TECHNOLOGIES]


def main_frameworks(shape: RepoShape) -> list[Framework]:
    """Frameworks of the product itself, each once; what makes it only where there is nothing else.

    A framework's own repository is not said to use it.
    """
    own = {part.name.lower() for part in shape.components} | {shape.repository.name.lower()}
    main = {None, *(part.id for part in main_components(shape))}
    used = [item for item in _by_weight(shape) if item.name.lower() not in own and item.component in main]
    used = [item for item in used if item.used_for == "product"] or used
    return [item for item in used if item.category not in titles.BEHIND] or used


def _candidates(shape: RepoShape) -> Iterable[tuple[str, str, str | None, tuple[Evidence, ...]]]:
    for item in main_frameworks(shape):
        yield item.name, titles.category(item.category), item.version, item.evidence
    for language in main_languages(shape)[:2]:
        if language.percent >= 10 and (evidence := shown_by(shape, language)):
            yield language.name, f"language, {count(language.files, 'file')}", None, evidence
    for node in shape.architecture.nodes:
        if (
            node.technology
            and node.evidence
            and node.kind in ("database", "cache", "broker", "queue", "storage", "gateway", "monitoring")
        ):
            yield node.technology, node.kind, None, node.evidence
    main = {None, *(part.id for part in main_components(shape))}
    for kind, tools, most in _groups(shape):
        for tool in sorted(tools, key=lambda tool: tool.component not in main)[:most]:
            yield tool.name, kind, tool.version, tool.evidence


def _groups(shape: RepoShape) -> Iterable[tuple[str, Sequence[Found], int]]:
    """The tools around the code, and how many of each kind are worth a place."""
    runners = titles.test_tools(shape)
    return (
        ("tests", [tool for tool in shape.test_tools if tool.name in runners], 2),
        ("package manager", shape.package_managers, 2),
        ("build", shape.build_tools, 1),
        ("CI", shape.ci_systems, 1),
        ("linter", shape.linters, 1),
    )


def _by_weight(shape: RepoShape) -> list[Framework]:
    """Each framework once: those of large components first, the most telling category first, then the most used."""
    users: dict[str, set[str | None]] = defaultdict(set)
    for item in shape.frameworks:
        users[item.name].add(item.component)
    main = {part.id for part in main_components(shape)}
    large = _large_components(shape)
    ordered = sorted(
        shape.frameworks,
        key=lambda item: (
            item.used_for != "product",
            item.component not in main,
            item.component not in large,
        ),
    )
    once = {item.name: item for item in reversed(ordered)}
    return sorted(
        once.values(),
        key=lambda item: (
            not users[item.name] & large,
            titles.category_rank(item.category),
            -len(users[item.name]),
            -len(item.evidence),
            item.name,
        ),
    )


def _large_components(shape: RepoShape) -> set[str | None]:
    """Those with a fair share of the lines, and what belongs to none; all of them where none has one."""
    lines: Counter[str | None] = Counter()
    for package in shape.packages.nodes:
        lines[package.component] += package.lines
    whole = sum(lines.values())
    large = {name for name, number in lines.items() if number >= FAIR_SHARE * whole}
    return {None, *(large or (part.id for part in shape.components))}
