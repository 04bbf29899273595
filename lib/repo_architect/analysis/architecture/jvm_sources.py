"""Sources of the JVM that a package's name has set aside: `external` or `cache` below `src/main/java` says nothing of whose code it is."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.files import FileTree, SourceFile, Verdict
from repo_architect.analysis.syntax import scan

_MAIN = re.compile(r"^(?:.+/)?src/main/(?:java|kotlin)/.+\.(?:java|kt)$")
_OTHERS = re.compile(r"(^|/)(vendor|vendors|third[-_]?party|node_modules)/")


def look_again(tree: FileTree, calls: Calls) -> None:
    """Show the sources that were set aside for the name of a package to the detector of calls, once."""
    if calls.looked_again:
        return
    calls.looked_again = True
    files = tuple(file for file in tree.files if _is_set_aside(tree, file))
    if files:
        verdicts = {file.path: Verdict(tree.verdict(file.path).language) for file in files}
        scan(FileTree(tree.root, files, tree.limits, tree.notes, verdicts), [calls])


def _is_set_aside(tree: FileTree, file: SourceFile) -> bool:
    if not _MAIN.match(file.path) or _OTHERS.search(file.path):
        return False
    verdict = tree.verdict(file.path)
    return (verdict.vendored or verdict.documentation) and not (verdict.binary or verdict.generated)
