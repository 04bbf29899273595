"""What the commits tell: how many, by whom, and which files change much and are complex."""

from repo_architect.analysis.history.read import read

__all__ = ["read"]
