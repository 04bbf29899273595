"""Secrets that stand in the tree: told with kind, path and line, never shown."""

from repo_architect.analysis.secrets.find import find

__all__ = ["find"]
