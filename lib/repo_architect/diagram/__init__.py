"""Stage 03: draw the architecture, as Mermaid and as SVG, with a line behind every arrow."""

from repo_architect.diagram.draw import draw, inside, views
from repo_architect.diagram.model import Diagram, Edge, Fold, Link, Node

__all__ = ["Diagram", "Edge", "Fold", "Link", "Node", "draw", "inside", "views"]
