"""What the analysis will not do, as parameters; what they cut is noted, and told in `repo_shape.limits`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from repo_architect.contracts.repo_shape import Limit


@dataclass(frozen=True)
class Limits:
    """Bounds of an analysis. Sizes in bytes, times in seconds."""

    max_files: int = 50_000
    max_file_bytes: int = 1_000_000
    max_manifest_bytes: int = 20_000_000
    max_depth: int = 100
    max_parse_seconds: float = 5.0
    max_seconds: float = 600.0


@dataclass
class Notes:
    """Collects what was skipped: one entry a reason and detail, with a count and the first path."""

    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _first: dict[tuple[str, str], str] = field(default_factory=dict)

    def skip(self, reason: str, detail: str, path: str | None = None, count: int = 1) -> None:
        """Note a skip. `reason` is a short fixed word (`too_large`, `unreadable`, `malformed`, `binary`, `too_many` …)."""
        key = (reason, detail)
        self._counts[key] += count
        if path is not None:
            self._first[key] = min(self._first.get(key, path), path)

    def limits(self) -> tuple[Limit, ...]:
        """The notes as the contract has them, sorted."""
        return tuple(
            Limit(reason=reason, detail=detail, count=count, path=self._first.get((reason, detail)))
            for (reason, detail), count in sorted(self._counts.items())
        )
