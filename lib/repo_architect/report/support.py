"""Whether a runtime is still supported at a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from repo_architect.contracts.repo_shape import Runtime
from repo_architect.report.text import long_date, span

SOON_DAYS = 183
WINDOW_DAYS = 1826
"""Half the width of the track that shows when support ends: five years."""


@dataclass(frozen=True)
class Support:
    """`state` is ended, ending, supported or unknown; `position` is where the end falls on a track, 0 to 100, today at 50."""

    runtime: Runtime
    state: str
    words: str
    position: float | None


def judge(runtime: Runtime, as_of: date) -> Support:
    end = _end(runtime)
    if end is None:
        return Support(runtime, "unknown", "no date is known", None)
    days = (end - as_of).days
    position = 50 + 50 * max(-1.0, min(1.0, days / WINDOW_DAYS))
    if days < 0:
        return Support(runtime, "ended", f"ended on {long_date(end)}, {span(-days)} before", position)
    if days <= SOON_DAYS:
        return Support(runtime, "ending", f"ends on {long_date(end)}, in {span(days)}", position)
    return Support(runtime, "supported", f"until {long_date(end)}, for {span(days)}", position)


def _end(runtime: Runtime) -> date | None:
    try:
        return date.fromisoformat((runtime.end_of_life or "")[:10])
    except ValueError:
        return None
