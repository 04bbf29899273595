"""Whether a runtime is still supported at a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import Runtime
from repo_architect.report import titles
from repo_architect.report.text import long_date, one_line, span

SOON_DAYS = 183
WINDOW_DAYS = 1826
"""Half the width of the track that shows when support ends: five years."""


@dataclass(frozen=True)
class Support:
    """A runtime's support, for all components that ask for the same.

    `state` is ended, ending, supported or unknown; `words` says it in a sentence, `when` without the verb; `position` is
    where the end falls on a track, 0 to 100, the date of judgement at 50.
    """

    name: str
    kind: str
    requirements: tuple[str, ...]
    components: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    state: str
    words: str
    when: str
    position: float | None


def judge(runtimes: Iterable[Runtime], as_of: date) -> list[Support]:
    """One row for each version of each runtime, in order of name."""
    alike: dict[tuple[str, str], list[Runtime]] = {}
    for runtime in runtimes:
        alike.setdefault((runtime.name, runtime.version or runtime.requirement or ""), []).append(runtime)
    return [_judged(found, as_of) for _, found in sorted(alike.items())]


def _judged(found: list[Runtime], as_of: date) -> Support:
    kind = titles.runtime(found[0].name)
    state, words, when, position = _state(found[0], as_of)
    return Support(
        name=one_line(f"{kind} {found[0].version or ''}"),
        kind=kind,
        requirements=_each(item.requirement for item in found),
        components=_each(item.component for item in found),
        evidence=tuple(dict.fromkeys(place for item in found for place in item.evidence)),
        state=state,
        words=words,
        when=when,
        position=position,
    )


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _state(runtime: Runtime, as_of: date) -> tuple[str, str, str, float | None]:
    end = _end(runtime)
    if end is None:
        return "unknown", "no date is known", "no date is known", None
    days = (end - as_of).days
    position = 50 + 50 * max(-1.0, min(1.0, days / WINDOW_DAYS))
    if days < 0:
        when = f"on {long_date(end)}, {span(-days)} before"
        return "ended", f"ended {when}", when, position
    if days <= SOON_DAYS:
        when = f"on {long_date(end)}, in {span(days)}"
        return "ending", f"ends {when}", when, position
    when = f"until {long_date(end)}, for {span(days)}"
    return "supported", f"lasts {when}", when, position


def _end(runtime: Runtime) -> date | None:
    try:
        return date.fromisoformat((runtime.end_of_life or "")[:10])
    except ValueError:
        return None
