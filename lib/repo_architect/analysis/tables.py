"""The analysis as pandas frames, for people who explore it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from repo_architect.analysis.figures import FIGURES, Figure, figure
from repo_architect.contracts import Evidence, RepoShape

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class View:
    """A figure and the frame of what it counts, as a notebook shows them."""

    figure: Figure
    frame: pd.DataFrame
    rows: int

    def _repr_html_(self) -> str:
        left = len(self.frame) - self.rows
        more = f"<p>and {left:,} more rows</p>" if left > 0 else ""
        return f"{self.figure.svg()}{self.frame.head(self.rows).to_html(border=0, notebook=True)}{more}"


class Frames(Mapping[str, "pd.DataFrame"]):
    """A frame for each list of repo_shape.json by its name, and `packages`, `packages_edges`, `architecture`, `architecture_edges`.

    One row an item; `evidence` is `path:line`, of several the first, with `more` saying how many others there are.
    """

    def __init__(self, shape: RepoShape) -> None:
        self._parts: dict[str, tuple[type[BaseModel], tuple[BaseModel, ...]]] = dict(_parts(shape))

    def __getitem__(self, name: str) -> pd.DataFrame:
        import pandas as pd

        model, items = self._parts[name]
        return pd.DataFrame([_row(item) for item in items], columns=_columns(model))

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def where(self, part: str, text: str = "", **values: object) -> pd.DataFrame:
        """A part's rows whose columns have these values (one, or a list of several) and which hold `text` somewhere.

        `frames.where("dependencies", ecosystem="npm", scope=["runtime", "peer"], text="react")`
        Case does not count in `text`. Raises KeyError for a column that the part has not.
        """
        frame = self[part]
        for name, value in values.items():
            if name not in frame.columns:
                raise KeyError(f"{part} has no column {name}; it has {', '.join(frame.columns)}")
            frame = frame[frame[name].isin(value if isinstance(value, (list, tuple, set)) else [value])]
        if text:
            wanted = text.lower()
            held = [wanted in " ".join(map(str, row)).lower() for row in frame.itertuples(index=False)]
            frame = frame[held]
        return frame.reset_index(drop=True)

    def show(self, part: str, text: str = "", rows: int = 12, **values: object) -> View:
        """A part's figure, and below it its first rows that `where` leaves."""
        frame = self.where(part, text, **values)
        summed = FIGURES[part][2]
        if summed:
            frame = frame.sort_values(summed, ascending=False, kind="stable").reset_index(drop=True)
        return View(self.figure(part), frame, rows)

    def figure(self, part: str) -> Figure:
        """How much there is of each kind in a part, as bars."""
        return figure(part, self._parts[part][1])

    def overview(self) -> pd.DataFrame:
        """How many items each part has, with the first few by name."""
        import pandas as pd

        rows = [
            (name, len(items), ", ".join(list(dict.fromkeys(map(_label, items)))[:4]))
            for name, (_, items) in self._parts.items()
        ]
        return pd.DataFrame(rows, columns=["part", "items", "first"]).set_index("part")


def text(frame: pd.DataFrame, widest: int = 90) -> str:
    """A frame as lines of text: columns by their left edge, numbers by their right, long values cut, empty columns left out."""
    shown = frame.dropna(axis="columns", how="all")
    if shown.empty:
        return "nothing found"
    columns = [_column(str(name), list(shown[name]), widest) for name in shown.columns]
    return "\n".join("  ".join(cells).rstrip() for cells in zip(*columns, strict=True))


def _column(name: str, values: list[Any], widest: int) -> list[str]:
    cells = [name, *(_cell(value, widest) for value in values)]
    width = max(map(len, cells))
    numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
    return [cell.rjust(width) if numbers else cell.ljust(width) for cell in cells]


def _cell(value: Any, widest: int) -> str:
    written = (
        "" if value is None or (isinstance(value, float) and isnan(value)) else " ".join(str(value).split())
    )
    written = "".join(character if character.isprintable() else "?" for character in written)
    return written if len(written) <= widest else written[: widest - 1] + "…"


def frames(shape: RepoShape) -> Frames:
    """Every part of the analysis as a frame."""
    return Frames(shape)


def _parts(shape: RepoShape) -> Iterator[tuple[str, tuple[type[BaseModel], tuple[BaseModel, ...]]]]:
    for name, field in RepoShape.model_fields.items():
        value = getattr(shape, name)
        if isinstance(value, tuple):
            yield name, (field.annotation.__args__[0], value)  # type: ignore[union-attr]
    for name, graph in (("packages", shape.packages), ("architecture", shape.architecture)):
        for suffix, part in (("", "nodes"), ("_edges", "edges")):
            annotation = type(graph).model_fields[part].annotation
            yield name + suffix, (annotation.__args__[0], getattr(graph, part))  # type: ignore[union-attr]


def _columns(model: type[BaseModel]) -> list[str]:
    names = list(model.model_fields)
    return [*names, "more"] if "evidence" in names else names


def _row(item: BaseModel) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in type(item).model_fields:
        value = getattr(item, name)
        if name == "evidence" and isinstance(value, tuple):
            row["evidence"] = str(value[0]) if value else None
            row["more"] = max(0, len(value) - 1)
        elif isinstance(value, Evidence):
            row[name] = str(value)
            row["more"] = 0
        else:
            row[name] = value
    return row


def _label(item: BaseModel) -> str:
    source, target = getattr(item, "source", None), getattr(item, "target", None)
    if isinstance(source, str) and isinstance(target, str):
        return f"{source} → {target}"
    for name in ("name", "path", "title", "command", "tool", "component", "kind", "reason"):
        value = getattr(item, name, None)
        if isinstance(value, str) and value:
            return value
    return ""
