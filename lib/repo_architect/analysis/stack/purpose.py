"""What a technology is used for: the product, or only its examples, documentation or tests."""

from __future__ import annotations

from typing import Literal

from repo_architect.analysis.manifests.folders import standing
from repo_architect.analysis.stack.match import Match
from repo_architect.analysis.stack.sources import Sources

Use = Literal["product", "example", "documentation", "test"]

_ASIDE = frozenset({"contrib", "recipes", "cookbook"})
"""Folders of what others may copy from, besides those named as examples."""


def of(match: Match, sources: Sources) -> Use:
    """`product` unless every place that shows the technology is aside; test tools stand in tests by their nature."""
    uses = {_of_place(place.path, match.component, sources) for place in match.evidence}
    if match.row.kind == "test_tools":
        uses = {"product" if use == "test" else use for use in uses}
    return next(iter(uses)) if len(uses) == 1 else "product" if "product" in uses else min(uses)


def _of_place(path: str, component: str | None, sources: Sources) -> Use:
    if sources.kind_of(component) == "example" or not _ASIDE.isdisjoint(path.split("/")[:-1]):
        return "example"
    found = standing(path.rpartition("/")[0] or ".")
    if found == "example":
        return "example"
    if found == "documentation":
        return "documentation"
    return "test" if found in ("test", "fixture") else "product"
