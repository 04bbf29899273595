"""Files that the language rules set aside and that the project's own code uses all the same.

Linguist calls every folder named `cache` vendored and every `license.py` documentation; code that stands in the
middle of own code, or is imported from it, is part of the graph whatever it is called.
"""

from __future__ import annotations

from repo_architect.analysis.files import FileTree, Verdict
from repo_architect.analysis.files.tree import SourceFile
from repo_architect.analysis.modules.imports import Imports
from repo_architect.analysis.modules.languages import FAMILIES
from repo_architect.analysis.syntax import scan

ORDINARY = frozenset({"cache", "env"})
"""Names of folders that say nothing about whose code it is."""
INNER = frozenset({"deps", "extern", "external"})
"""Names that say so below another folder, where files belong to packages: a package of adapters, not of other people's code."""
COMPILED = frozenset({"C#", "Go", "Java", "Kotlin", "Python", "Rust"})
"""Languages whose generated files belong to packages as others do, and are no bundles."""
PACKAGED = COMPILED | {"PHP", "Ruby"}
DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
MAX_GENERATED_BYTES = 300_000
INSTALLED = frozenset(
    [
        "node_modules",
        "bower_components",
        "site-packages",
        ".yarn",
        "pods",
        "carthage",
        "godeps",
        "jspm_packages",
        "dist",
    ]
)
OTHERS = INSTALLED | frozenset(
    ["vendor", "vendors", "vendored", "_vendor", "third_party", "third-party", "fixtures", "testdata"]
)
"""Folders of other people's code. Scripts there are read only where own code imports them by path."""
SCRIPTS = frozenset({"Python", "TSX", "TypeScript", "JavaScript"})


def ordinary(tree: FileTree) -> list[str]:
    """Files set aside that stand in the middle of own code.

    A folder has an ordinary name (`cache`), a file of the same language is beside it (`license.py`), a program
    wrote it for the compiler, or it declares types.
    """
    own = {(file.folder, tree.verdict(file.path).language) for file in tree.own(tree.files)}
    return [file.path for file in tree.files if _set_aside(tree, file.path) and _among(tree, file, own)]


def _among(tree: FileTree, file: SourceFile, own: set[tuple[str, str | None]]) -> bool:
    verdict = tree.verdict(file.path)
    beside = verdict.documentation and (file.folder, verdict.language) in own
    declared = file.name.endswith(DECLARATIONS) and not verdict.documentation
    return verdict.generated or beside or declared or _ordinary_name(file, verdict)


def _ordinary_name(file: SourceFile, verdict: Verdict) -> bool:
    folders = _folders(file)
    inner = verdict.language in PACKAGED and INNER.intersection(folders[1:])
    return bool(ORDINARY.intersection(folders) or inner)


def adopt(tree: FileTree, imports: Imports, wanted: list[str]) -> list[str]:
    """Scan those of the wanted files that were set aside. Returns the ones that were seen."""
    unseen = [tree.get(path) for path in wanted if path not in imports.files and _readable(tree, path)]
    found = tuple(file for file in unseen if file is not None)
    verdicts = {file.path: Verdict(tree.verdict(file.path).language) for file in found}
    if found:
        scan(FileTree(tree.root, found, tree.limits, tree.notes, verdicts), [imports])
    return [file.path for file in found if file.path in imports.files]


def _readable(tree: FileTree, path: str) -> bool:
    """Whether a file that is wanted was set aside and can be read after all."""
    verdict, file = tree.verdict(path), tree.get(path)
    if file is None or verdict.language not in SCRIPTS or verdict.binary or file.size > MAX_GENERATED_BYTES:
        return _set_aside(tree, path)
    bundled = verdict.generated and verdict.language == "JavaScript"
    return not (verdict.counts or bundled or INSTALLED.intersection(_folders(file)))


def _set_aside(tree: FileTree, path: str) -> bool:
    """Whether a file was set aside for a name, or as generated for a compiler."""
    verdict, file = tree.verdict(path), tree.get(path)
    if (
        file is None
        or verdict.binary
        or verdict.language not in FAMILIES
        or OTHERS.intersection(_folders(file))
    ):
        return False
    if verdict.generated:
        return verdict.language in COMPILED and file.size <= MAX_GENERATED_BYTES
    return verdict.vendored or verdict.documentation


def _folders(file: SourceFile) -> list[str]:
    return file.path.lower().split("/")[:-1]
