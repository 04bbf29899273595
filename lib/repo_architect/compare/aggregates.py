"""Over all repositories: what is used where, in which versions, and with which evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from repo_architect.compare import versions
from repo_architect.compare.subject import Facts, Subject
from repo_architect.contracts import Evidence
from repo_architect.report.alerts import LEVELS
from repo_architect.report.titles import category


@dataclass(frozen=True)
class Use:
    """A repository that something holds for, and where that stands in it."""

    subject: Subject
    place: Evidence | None


@dataclass(frozen=True)
class Variant:
    """One value of something, and the repositories that have it. `kind` is `locked` or `asked for`, of a version."""

    value: str
    uses: tuple[Use, ...]
    kind: str = ""


@dataclass(frozen=True)
class Spread:
    """Something that repositories have in common, value by value. `apart` is how far its versions are."""

    name: str
    group: str
    repositories: int
    variants: tuple[Variant, ...]
    apart: str = ""
    note: str = ""


@dataclass(frozen=True)
class LanguageRow:
    """A language over the fleet: its share of all bytes that count."""

    name: str
    repositories: int
    mainly: int
    percent: float
    files: int
    lines: int
    uses: tuple[tuple[Subject, float], ...]


def analysed(subjects: Iterable[Subject]) -> list[tuple[Subject, Facts]]:
    return [(subject, subject.facts) for subject in subjects if subject.facts]


def languages(subjects: Sequence[Subject]) -> list[LanguageRow]:
    """The largest first."""
    found: dict[str, list[tuple[Subject, float, int, int, int]]] = defaultdict(list)
    mainly: dict[str, int] = defaultdict(int)
    for subject, facts in analysed(subjects):
        for place, item in enumerate(facts.languages):
            found[item.name].append((subject, item.percent, item.bytes, item.files, item.lines))
            mainly[item.name] += place == 0
    # vendored and documentation bytes are counted by no percentage: a language without one adds none
    whole = sum(size for rows in found.values() for _, share, size, _, _ in rows if share) or 1
    rows = [
        LanguageRow(
            name=name, repositories=len(rows), mainly=mainly[name],
            percent=100 * sum(size for _, share, size, _, _ in rows if share) / whole,
            files=sum(files for *_, files, _ in rows), lines=sum(lines for *_, lines in rows),
            uses=tuple((subject, share) for subject, share, *_ in sorted(rows, key=lambda row: (-row[1], row[0].title))),
        )
        for name, rows in found.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.percent, -row.repositories, row.name))


def frameworks(subjects: Sequence[Subject]) -> list[Spread]:
    """Each framework with its versions, the most used first."""
    found: dict[tuple[str, str], dict[tuple[str, str], dict[str, Use]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for subject, facts in analysed(subjects):
        for item in facts.frameworks:
            uses = found[category(item.category), item.name][item.version or "", ""]
            uses.setdefault(subject.key, Use(subject, item.evidence[0]))
    spreads = [_spread(name, group, values, "no version named") for (group, name), values in found.items()]
    return sorted(spreads, key=lambda spread: (-spread.repositories, spread.name.lower(), spread.group))


def dependencies(subjects: Sequence[Subject]) -> list[Spread]:
    """Each package that two repositories or more declare, by ecosystem, the widest spread first.

    A locked version stands for what is asked for where there is one. `apart` is empty where all that is known agrees: locked
    versions are compared with locked ones, requirements with requirements.
    """
    found: dict[tuple[str, str], dict[tuple[str, str], dict[str, Use]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    names: dict[tuple[str, str], str] = {}
    for subject, facts in analysed(subjects):
        for item in facts.dependencies:
            key = (item.ecosystem, _normal(item.ecosystem, item.name))
            names.setdefault(key, item.name)
            value = (item.locked, "locked") if item.locked else (item.requirement or "any", "asked for")
            place = item.lock_place if item.locked and item.lock_place else item.place
            found[key][value].setdefault(subject.key, Use(subject, place))
    shared = [
        _spread(names[key], key[0], values)
        for key, values in found.items()
        if len({used for uses in values.values() for used in uses}) > 1
    ]
    return sorted(
        shared,
        key=lambda spread: (
            versions.RANK.get(spread.apart, 9), -spread.repositories, spread.group, spread.name.lower()
        ),
    )  # fmt: skip


def runtimes(subjects: Sequence[Subject]) -> list[Spread]:
    """Each version of a runtime with what holds of its support: out of support first."""
    found: dict[tuple[str, str, str], dict[str, Use]] = defaultdict(dict)
    for subject, facts in analysed(subjects):
        for support in facts.supports:
            uses = found[support.name, support.state, support.when]
            uses.setdefault(subject.key, Use(subject, support.evidence[0] if support.evidence else None))
    order = {"ended": 0, "ending": 1, "supported": 2, "unknown": 3}
    spreads = [
        Spread(name, state, len(uses), (Variant("", tuple(uses.values())),), note=when)
        for (name, state, when), uses in found.items()
    ]
    return sorted(
        spreads,
        key=lambda spread: (
            order.get(spread.group, 9),
            -spread.repositories,
            spread.name.lower(),
            spread.note,
        ),
    )


def alerts(subjects: Sequence[Subject]) -> list[Spread]:
    """Each alert with the repositories that have it, the gravest and the commonest first."""
    found: dict[tuple[str, str, str], dict[str, Use]] = defaultdict(dict)
    for subject, facts in analysed(subjects):
        for alert in facts.alerts:
            uses = found[alert.level, alert.title, alert.fix]
            uses.setdefault(subject.key, Use(subject, alert.evidence[0] if alert.evidence else None))
    spreads = [
        Spread(title, level, len(uses), (Variant("", tuple(uses.values())),), note=fix)
        for (level, title, fix), uses in found.items()
    ]
    return sorted(
        spreads, key=lambda spread: (LEVELS[spread.group], -spread.repositories, spread.name, spread.note)
    )


def _spread(
    name: str, group: str, values: dict[tuple[str, str], dict[str, Use]], unnamed: str = ""
) -> Spread:
    variants = [
        Variant(value or unnamed, tuple(uses.values()), kind)
        for (value, kind), uses in sorted(values.items(), key=lambda pair: (-len(pair[1]), versions.order(pair[0][0]), pair[0]))
    ]  # fmt: skip
    repositories = {use.subject.key for variant in variants for use in variant.uses}
    return Spread(name, group, len(repositories), tuple(variants), _apart(values))


def _apart(values: Iterable[tuple[str, str]]) -> str:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for value, kind in values:
        if value and value != "any":
            by_kind[kind].append(value)
    steps = [versions.distance(each) for each in by_kind.values() if len(each) > 1]
    return min(steps, key=versions.RANK.__getitem__, default="")


def _normal(ecosystem: str, name: str) -> str:
    """Names that are the same package: PyPI sees no case, and no difference between dashes, dots and underscores."""
    return re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "pypi" else name
