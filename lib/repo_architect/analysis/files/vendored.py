"""One rule for code of others that lies in the tree: what `.gitattributes` says, else the name of a folder."""

from __future__ import annotations

from repo_architect.analysis.files.tree import FileTree

VENDORED = frozenset({
    "node_modules", "bower_components", "jspm_packages", "vendor", "vendored", "_vendor", "third_party", "third-party",
    "thirdparty", "3rdparty", "site-packages", "dist-packages", ".yarn", "Godeps", "Pods", "Carthage", ".venv", "venv",
    "virtualenv", "__pycache__", ".tox", "external_libs", "deps_src",
})  # fmt: skip
"""Folders that package managers and people put the code of others in."""


def is_vendored(tree: FileTree, path: str) -> bool:
    """Whether a file is a copy of another project's: `linguist-vendored` or its negation decides, else its folders' names."""
    said = tree.said_vendored.get(path)
    return not VENDORED.isdisjoint(path.split("/")[:-1]) if said is None else said
