"""What runs, what it talks to, and the lines that prove both.

calls = architecture.Calls()                         # a detector of the one scan of the sources
found = architecture.build(tree, manifests, tools, calls, endpoints)
"""

from repo_architect.analysis.architecture.build import build
from repo_architect.analysis.architecture.calls import Calls

__all__ = ["Calls", "build"]
