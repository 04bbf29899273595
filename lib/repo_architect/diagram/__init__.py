"""Stage 03: draw the architecture, as Mermaid and as SVG, with a line behind every arrow."""

from repo_architect.diagram.draw import draw, views
from repo_architect.diagram.explore import explore, inside, open_box
from repo_architect.diagram.model import Diagram, Edge, Fold, Link, Node

__all__ = ["Diagram", "Edge", "Fold", "Link", "Node", "draw", "explore", "inside", "open_box", "views"]
