"""Whether a runtime is still supported at a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from repo_architect.contracts.repo_shape import Runtime
from repo_architect.report import titles
from repo_architect.report.text import long_date, one_line, span

SOON_DAYS = 183
WINDOW_DAYS = 1826
"""Half the width of the track that shows when support ends: five years."""


@dataclass(frozen=True)
class Support:
    """`state` is ended, ending, supported or unknown; `words` says it in a sentence, `when` without the verb; `position` is where the end falls on a track, 0 to 100, today at 50."""

    name: str
    runtime: Runtime
    state: str
    words: str
    when: str
    position: float | None


def judge(runtime: Runtime, as_of: date) -> Support:
    name = one_line(f"{titles.runtime(runtime.name)} {runtime.version or ''}")
    end = _end(runtime)
    if end is None:
        return Support(name, runtime, "unknown", "no date is known", "no date is known", None)
    days = (end - as_of).days
    position = 50 + 50 * max(-1.0, min(1.0, days / WINDOW_DAYS))
    if days < 0:
        state, when = "ended", f"on {long_date(end)}, {span(-days)} before"
    elif days <= SOON_DAYS:
        state, when = "ending", f"on {long_date(end)}, in {span(days)}"
    else:
        state, when = "supported", f"until {long_date(end)}, for {span(days)}"
    verb = {"ended": "ended ", "ending": "ends "}.get(state, "")
    return Support(name, runtime, state, verb + when, when, position)


def _end(runtime: Runtime) -> date | None:
    try:
        return date.fromisoformat((runtime.end_of_life or "")[:10])
    except ValueError:
        return None
