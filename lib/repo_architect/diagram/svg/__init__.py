"""SVG drawn here: a layered layout, then text. No browser, no network."""

from repo_architect.diagram.svg.paint import paint

__all__ = ["paint"]
