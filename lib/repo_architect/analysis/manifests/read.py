"""From a tree of files to components and dependencies: find, read, name the components, join with the locks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Malformed
from repo_architect.analysis.manifests import components as components_of
from repo_architect.analysis.manifests import folders, inherited, join, workspaces
from repo_architect.analysis.manifests.formats import Format, format_of
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.analysis.manifests.readers import requirements
from repo_architect.analysis.manifests.report import ManifestReport, Reading
from repo_architect.contracts.repo_shape import LockFile

MAX_DECLARED = 5_000


def read(tree: FileTree, name: str = "repository") -> ManifestReport:
    """Read every manifest and lock file of the product.

    `name` names the component of a repository whose manifests give no name. Malformed files, and manifests
    of vendored code and fixtures, cost a note and nothing else.
    """
    found, held = _find(tree)
    readings = [reading for path, format_ in found if (reading := _read(tree, path, format_))]
    readings += _admitted(tree, held, readings)
    readings += _included(tree, readings)
    readings.sort(key=lambda reading: reading.path)
    layout = components_of.lay_out(tree, readings, name)
    readings = inherited.settle(readings, layout.workspaces)
    return ManifestReport(
        components=layout.components,
        dependencies=join.dependencies(readings, layout, tree.notes),
        lock_files=_lock_files(readings, layout),
        readings=tuple(readings),
    )


Candidate = tuple[str, Format]


def _find(tree: FileTree) -> tuple[list[Candidate], list[Candidate]]:
    """Manifests to read, and those deep in test folders, that only a workspace tells from fixtures."""
    found: list[Candidate] = []
    held: list[Candidate] = []
    for file in tree:
        format_ = format_of(file.path)
        if format_ is None:
            continue
        folder = file.folder.rpartition("/")[0] or "." if format_.in_vendor else file.folder
        standing = _standing(tree, file.path, folder)
        if standing == "fixture" and folders.below_tests(folder):
            held.append((file.path, format_))
        elif standing in ("vendored", "fixture"):
            tree.notes.skip(standing, f"manifests of {standing} code, not read", file.path)
        else:
            found.append((file.path, format_))
    return found, held


def _standing(tree: FileTree, path: str, folder: str) -> folders.Standing:
    """A manifest's standing: by what is said of it, by its own name where that is of a syntax's tests, else by its folder."""
    said = tree.said_vendored.get(path)
    if said is not None or path.rpartition("/")[2].startswith("syntax_test_"):
        return "own" if said is False else "vendored" if said else "fixture"
    return folders.standing(folder)


def _admitted(tree: FileTree, held: list[Candidate], readings: list[Reading]) -> Iterator[Reading]:
    """Manifests deep in test folders that a workspace counts as members; .NET's test projects stand there, too."""
    members = workspaces.members(readings, {posixpath.dirname(path) for path, _ in held})
    for path, format_ in held:
        if posixpath.dirname(path) in members or (format_.ecosystem == "nuget" and _has_dotnet(tree, path)):
            reading = _read(tree, path, format_)
            if reading:
                yield replace(reading, standing="test")
        else:
            tree.notes.skip("fixture", "manifests of fixture code, not read", path)


def _has_dotnet(tree: FileTree, path: str) -> bool:
    """Whether code of .NET stands beside a project file or below it."""
    return any(file.path.endswith((".cs", ".fs", ".vb")) for file in tree.below(posixpath.dirname(path)))


def _read(tree: FileTree, path: str, format_: Format) -> Reading | None:
    text = tree.text(path, tree.limits.max_manifest_bytes)
    if text is None:
        return None
    source = Source(path, text, format_.parser)
    try:
        items = list(format_.read(source)) if format_.read else []
        identity = format_.identify(source) if format_.identify else None
    except Malformed as error:
        tree.notes.skip("malformed", f"{source.name} cannot be read: {error}", path)
        items, identity = [], None
    except Exception as error:
        tree.notes.skip("malformed", f"{source.name} cannot be read: {type(error).__name__}", path)
        items, identity = [], None
    declared = [item for item in items if isinstance(item, Declared)]
    if len(declared) > MAX_DECLARED:
        tree.notes.skip("too_many", f"more than {MAX_DECLARED} dependencies in a manifest", path)
        items = [*declared[:MAX_DECLARED], *(item for item in items if isinstance(item, Locked))]
    if format_.kind == "lock":
        source.forget()
    return _reading(source, format_, items, identity)


def _reading(
    source: Source, format_: Format, items: list[Declared | Locked], identity: Identity | None
) -> Reading:
    standing = folders.standing(source.folder)
    declared = (item for item in items if isinstance(item, Declared))
    return Reading(
        source, format_, standing,
        declared=tuple(map(_for_tests, declared) if standing in ("test", "fixture") else declared),
        locked=tuple(item for item in items if isinstance(item, Locked)),
        identity=identity,
    )  # fmt: skip


def _for_tests(declared: Declared) -> Declared:
    """What a manifest in a folder of tests needs to run, it needs for the tests."""
    return replace(declared, scope="test") if declared.scope == "runtime" else declared


def _included(tree: FileTree, readings: list[Reading]) -> list[Reading]:
    """Files that a requirement file includes by `-r`, however they are named."""
    known = {reading.path for reading in readings}
    added: list[Reading] = []
    pending = [reading for reading in readings if reading.format.read is requirements.read]
    while pending:
        reading = pending.pop()
        for name in requirements.includes(reading.source):
            path = posixpath.normpath(posixpath.join(reading.folder, name))
            if path in known or path not in tree:
                continue
            known.add(path)
            included = _read(tree, path, reading.format)
            if included:
                added.append(included)
                pending.append(included)
    return added


def _lock_files(readings: list[Reading], layout: components_of.Layout) -> tuple[LockFile, ...]:
    return tuple(
        LockFile(
            path=reading.path, ecosystem=reading.format.ecosystem, component=layout.component_of(reading.path)
        )
        for reading in readings
        if reading.format.kind == "lock" or (reading.locked and not reading.declared)
    )
