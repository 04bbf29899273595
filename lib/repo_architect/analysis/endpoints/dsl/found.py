"""A route of a block language, and the resources that Rails, Laravel and Phoenix share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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


def without_documents(text: str, opening: re.Pattern[str], closing: Callable[[re.Match[str]], str]) -> str:
    """The text with texts of several lines blanked, line by line; one that never ends goes to the end."""
    kept, position = [], 0
    while (opened := opening.search(text, position)) is not None:
        end = _end_of(text, opened, closing(opened))
        kept += [text[position : opened.start()], re.sub(r"[^\n]", " ", text[opened.start() : end])]
        position = end
    return "".join([*kept, text[position:]])


def _end_of(text: str, opened: re.Match[str], closing: str) -> int:
    """Where a text ends: at its closing word, which PHP allows to be indented."""
    word = closing.lstrip("\n")
    ending = re.compile(
        rf"^[ \t]*{re.escape(word)}\b" if closing.startswith("\n") else re.escape(word), re.MULTILINE
    )
    found = ending.search(text, opened.end())
    return found.end() if found is not None else len(text)
