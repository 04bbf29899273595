"""The files of a repository under analysis, read safely: nothing followed out of the tree, sizes bounded."""

from repo_architect.analysis.files.tree import FileTree, SourceFile, Verdict, read_tree

__all__ = ["FileTree", "SourceFile", "Verdict", "read_tree"]
