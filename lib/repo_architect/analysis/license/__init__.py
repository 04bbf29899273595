"""The licence of a repository, by the text of its licence files, with manifests and the README as a last resort."""

from repo_architect.analysis.license.find import find

__all__ = ["find"]
