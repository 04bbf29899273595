"""What a repository is built with: frameworks, tools, runtimes, commands, CI and tests, by rows of tables.

stack.detect(tree, manifests)         # a Stack: the tuples of the contract
stack.alerts(shape, found.warnings)   # what to act on, judged from the whole analysis

A technology is a row of `tables/**/*.rows.yaml`; runtimes, test files, script tables, purposes of commands and actions
that set up runtimes are rows of the tables beside them.
"""

from repo_architect.analysis.stack.alerts import find as alerts
from repo_architect.analysis.stack.detect import Stack, detect

__all__ = ["Stack", "alerts", "detect"]
