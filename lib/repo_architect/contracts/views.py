"""views.json: the diagrams that a reader can open from the first: the other view, and what is inside each box."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from repo_architect.contracts.model import Artifact, Model


class DrawnView(Model):
    """A diagram: `id` is `services`, `components`, or the id of the view it is opened from, a slash and the id of the `box` there.

    `svg` is without links and styles, which stand in diagram.svg; a line that proves an arrow is in its `data-evidence`.
    """

    id: str = Field(min_length=1)
    title: str
    view: Literal["services", "components"]
    parent: str | None = None
    box: str | None = None
    boxes: int = Field(ge=0)
    arrows: int = Field(ge=0)
    files: int = Field(default=0, ge=0)
    svg: str


class Views(Artifact):
    """Every diagram, a view before those opened from it; the first is that of diagram.svg. `left_out` counts boxes whose own diagram had no room."""

    file_name: ClassVar[str] = "views.json"
    made_by: ClassVar[str] = "generate_diagram"

    views: tuple[DrawnView, ...] = ()
    left_out: int = Field(default=0, ge=0)
