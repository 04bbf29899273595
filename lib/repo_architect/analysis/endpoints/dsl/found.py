"""A route of a block language, and the resources that Rails, Laravel and Phoenix share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """`owner` is the application, engine or class that a route of Ruby belongs to."""

    method: str
    path: str
    framework: str
    handler: str | None
    line: int
    owner: str = ""


MEMBERS: dict[str, tuple[tuple[str, str], ...]] = {
    "index": (("GET", ""),),
    "create": (("GET", "/create"),),
    "new": (("GET", "/new"),),
    "store": (("POST", ""),),
    "show": (("GET", "/{id}"),),
    "edit": (("GET", "/{id}/edit"),),
    "update": (("PUT", "/{id}"), ("PATCH", "/{id}")),
    "destroy": (("DELETE", "/{id}"),),
    "delete": (("DELETE", "/{id}"),),
}


def resource(
    actions: tuple[str, ...],
    parameter: str,
    singular: bool = False,
    overrides: dict[str, tuple[tuple[str, str], ...]] | None = None,
) -> Iterator[tuple[str, str, str]]:
    """(action, method, path below the collection); a singular one has no parameter."""
    for action in actions:
        for method, path in (overrides or {}).get(action) or MEMBERS[action]:
            yield action, method, path.replace("/{id}", "" if singular else f"/{parameter}")
