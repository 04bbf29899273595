"""What a diagram is made of: boxes, arrows, and what was folded away, each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from repo_architect.contracts import Evidence
from repo_architect.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

View = Literal["services", "components"]


@dataclass(frozen=True)
class Node:
    """A box. `label` is cut to fit, `name` is whole; `kind` is a node kind of the contract, or `component`.

    `members` are the files (components view) or the ids of `repo_shape.architecture` (services view) that it stands for; `folded` counts its
    dependencies that no arrow shows.
    """

    id: str
    label: str
    name: str
    kind: str
    path: str | None = None
    detail: str = ""
    files: int = 0
    lines: int = 0
    members: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    folded: int = 0
    url: str | None = None


@dataclass(frozen=True)
class Edge:
    """An arrow from the box that depends to the box that it depends on.

    `count` is how many dependencies it stands for; `evidence` are lines that prove it, the best first; `cycle` marks the arrow that closes a cycle.
    """

    source: str
    target: str
    count: int
    kind: str
    label: str = ""
    evidence: tuple[Evidence, ...] = ()
    cycle: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Fold:
    """What is not drawn: `dependencies` of the box `source` on the box `target`, or `items` of something else; `reason` is why, or what of.

    With neither number it is a remark on the picture.
    """

    what: str
    reason: str
    source: str | None = None
    target: str | None = None
    dependencies: int = 0
    items: int = 0


@dataclass(frozen=True)
class Link:
    """A row of the link table: the label in the diagram, the whole name, the path, and where it opens (None: host not known)."""

    label: str
    name: str
    path: str
    url: str | None


@dataclass(frozen=True)
class Diagram:
    """One picture of a repository, as Mermaid and SVG text, and as data.

    `dependencies` is how many dependencies there are between the boxes; those of `edges` and those of `folds` add up to it.
    """

    title: str
    view: View
    mermaid: str
    svg: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    folds: tuple[Fold, ...]
    links: tuple[Link, ...]
    dependencies: int

    @property
    def drawn(self) -> float:
        """The share of the dependencies between boxes that arrows stand for, 1.0 where there are none."""
        return sum(edge.count for edge in self.edges) / self.dependencies if self.dependencies else 1.0

    def box(self, name: str) -> Node:
        """The box of a label, name, path or id. Raises UsageError for another."""
        for node in self.nodes:
            if name in (node.label, node.name, node.path, node.id):
                return node
        raise UsageError(
            f"there is no box {name!r} in the diagram",
            fix="choose one of " + ", ".join(node.name for node in self.nodes),
        )

    def _repr_svg_(self) -> str:
        return self.svg

    def frame_nodes(self) -> pd.DataFrame:
        """The boxes as a pandas frame: id, label, name, kind, path, files, lines, folded, evidence."""
        import pandas as pd

        columns = ["id", "label", "name", "kind", "path", "files", "lines", "folded"]
        return pd.DataFrame(_rows(self.nodes, columns), columns=[*columns, "evidence"])

    def frame_edges(self) -> pd.DataFrame:
        """The arrows as a pandas frame: source and target (labels), count, kind, label, cycle, evidence."""
        import pandas as pd

        columns = ["source", "target", "count", "kind", "label", "cycle"]
        frame = pd.DataFrame(_rows(self.edges, columns), columns=[*columns, "evidence"])
        label = {node.id: node.label for node in self.nodes}
        return frame.assign(source=frame["source"].map(label), target=frame["target"].map(label))


def _rows(items: Sequence[Node] | Sequence[Edge], columns: list[str]) -> list[list[object]]:
    return [
        [getattr(item, column) for column in columns] + [", ".join(map(str, item.evidence))] for item in items
    ]
