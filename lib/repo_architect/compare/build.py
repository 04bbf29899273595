"""The main path: read each run, judge it at a date, put it in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count

from repo_architect.compare.reading import committed_on, read_subject
from repo_architect.compare.sources import Source
from repo_architect.compare.subject import Subject
from repo_architect.errors import UsageError


@dataclass(frozen=True)
class Comparison:
    """Repositories in order of their titles, end of life judged at `as_of`."""

    title: str
    as_of: date
    subjects: tuple[Subject, ...]

    @property
    def failed(self) -> tuple[Subject, ...]:
        return tuple(subject for subject in self.subjects if subject.state == "failed")


def build(sources: Iterable[Source], *, title: str = "Fleet", as_of: date | None = None) -> Comparison:
    """Compare runs. `as_of`: the day of the newest commit where it is not given, so that the same runs give the same bytes.

    A run that cannot be read is a failure in the comparison, not of it. Raises UsageError where there is none.
    """
    given = _told_apart(sources)
    if not given:
        raise UsageError("there is no run to compare", fix="give run folders, a fleet's folder, or archives")
    day = as_of or _newest(given)
    subjects = [read_subject(source, day) for source in given]
    return Comparison(title, day, _ordered(subjects))


def _told_apart(sources: Iterable[Source]) -> list[Source]:
    """Each with a key of its own: of two folders of the same name the second is `name-2`."""
    taken: set[str] = set()
    found = []
    for source in sources:
        names = (f"{source.key}-{number}" if number > 1 else source.key for number in count(1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        found.append(source if name == source.key else replace(source, folder=name))
    return found


def _newest(sources: Sequence[Source]) -> date:
    days = [day for day in map(committed_on, sources) if day]
    return max(days, default=datetime.fromtimestamp(0, UTC).date())


def _ordered(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    return tuple(sorted(subjects, key=lambda subject: (subject.title.lower(), subject.title, subject.key)))
