"""The module graph: which file of the repository imports which, with lines."""

from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.modules.graph import graph
from repo_architect.analysis.modules.imports import Imports
from repo_architect.analysis.modules.packages import packages
from repo_architect.analysis.modules.resolvers import Resolvers, resolvers

__all__ = ["FileFacts", "Import", "Imports", "Resolvers", "graph", "packages", "resolvers"]
