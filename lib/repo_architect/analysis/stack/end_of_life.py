"""When support of a runtime ends, from the table."""

from __future__ import annotations

import re

from repo_architect.analysis.stack.row import table
from repo_architect.analysis.stack.version import key

_CLAUSE = re.compile(r"(\^|~>|~=|~|>=|<=|==|!=|=|<|>)?\s*v?(\d+(?:\.(?:\d+|\*|x))*)", re.IGNORECASE)


def last_day(runtime: str, requirement: str | None, version: str | None) -> str | None:
    """The last day (ISO 8601) on which any release that is asked for is supported.

    `version`, when given, decides alone. None where a release that is asked for has no end announced, or nothing is known.
    """
    cycles: dict[str, str | None] = {
        str(name): day for name, day in table("end_of_life.yaml")["cycles"].get(runtime, {}).items()
    }
    admitted = [name for name in cycles if (_is_of(version, name) if version else admits(requirement, name))]
    days = [str(cycles[name]) if cycles[name] else None for name in admitted]
    if not days or None in days:
        return None
    known = [day for day in days if day and day != "ended"]
    return max(known, default=None)


def _is_of(version: str, cycle: str) -> bool:
    wanted, own = key(version), key(cycle)
    return bool(wanted) and wanted[: len(own)] == own[: len(wanted)] and len(wanted) >= len(own)


def admits(requirement: str | None, cycle: str) -> bool:
    """Whether a requirement (of any ecosystem) admits some release of a cycle such as `3.12` or `20`.

    >>> admits(">=3.8,<3.10", "3.9"), admits("^18 || >=20", "19"), admits("~> 3.3.0", "3.3")
    (True, False, True)
    """
    if not requirement:
        return False
    return any(_all_hold(part, key(cycle)) for part in re.split(r"\|\|?", requirement))


def _all_hold(part: str, cycle: tuple[int, ...]) -> bool:
    part = re.sub(r"(\d[\w.]*)\s+-\s+(\d[\w.]*)", r">=\1,<=\2", part)
    clauses = _CLAUSE.findall(part)
    return bool(clauses) and all(
        _holds(operator, key(re.sub(r"\.[x*].*", "", number, flags=re.IGNORECASE)), cycle, number)
        for operator, number in clauses
    )


def _holds(operator: str, number: tuple[int, ...], cycle: tuple[int, ...], written: str) -> bool:
    """Whether some release of the cycle fulfils one clause; `cycle` has as many numbers as the table gives it."""
    size = len(cycle)
    cut = number[:size] + (0,) * (size - len(number))
    within = cycle[: len(number)] == number[:size]
    inside = len(number) > size and cycle == cut
    fixed = max(len(number) - 1, 1)
    answers = {
        ">=": cycle >= cut,
        ">": cycle > cut or inside,
        "<=": cycle <= cut or within,
        "<": cycle < cut or (inside and any(number[size:])),
        "!=": not ("*" in written and within),
        "^": cycle >= cut and cycle[0] == number[0],
        "~>": cycle >= cut and cycle[:fixed] == number[:fixed][:size],
        "~=": cycle >= cut and cycle[:fixed] == number[:fixed][:size],
    }
    return answers.get(operator, within)
