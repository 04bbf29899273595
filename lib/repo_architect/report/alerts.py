"""What a reader should act on: the analysis's alerts and runtimes out of support, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import Alert
from repo_architect.report.support import Support

LEVELS = {"error": 0, "warning": 1, "info": 2}
NAMES = {"error": "Act now", "warning": "Look at it", "info": "Good to know"}


def alerts(shape: RepoShape, supports: Sequence[Support]) -> list[Alert]:
    found = [*shape.alerts, *_out_of_support(supports)]
    return sorted(found, key=lambda alert: (LEVELS[alert.level], alert.title))


def _out_of_support(supports: Sequence[Support]) -> Iterator[Alert]:
    for support in supports:
        if support.state == "ended":
            yield Alert(
                level="warning",
                title=f"{support.name} is out of support",
                detail=f"Its support {support.words}: no security fixes.",
                fix=f"Move to a release of {support.kind} that is supported.",
                evidence=support.evidence,
            )
        elif support.state == "ending":
            yield Alert(
                level="info",
                title=f"{support.name} is soon out of support",
                detail=f"Its support {support.words}.",
                fix=f"Plan the move to a newer release of {support.kind}.",
                evidence=support.evidence,
            )
