"""What Go used before modules: dep, Glide, Godep, gb and govendor; and a list of resolved modules."""

from __future__ import annotations

from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.contracts.repo_shape import Scope


def read_gopkg(source: Source) -> Iterator[Declared | Locked]:
    for table in ("constraint", "override"):
        for entry in source.document.elements(table):
            yield from _declared(entry, "name", ("version", "revision"))


def read_gopkg_lock(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.document.elements("projects"):
        for found in _declared(entry, "name", ("version", "revision")):
            yield Locked(found.name, found.requirement, found.line)


def read_glide(source: Source) -> Iterator[Declared | Locked]:
    tables: tuple[tuple[str, Scope], ...] = (("import", "runtime"), ("testImport", "test"))
    for table, scope in tables:
        for entry in source.document.elements(table):
            yield from _declared(entry, "package", ("version",), scope)


def read_glide_lock(source: Source) -> Iterator[Declared | Locked]:
    tables: tuple[tuple[str, Scope], ...] = (("imports", "runtime"), ("testImports", "test"))
    for table, scope in tables:
        for entry in source.document.elements(table):
            for found in _declared(entry, "name", ("version",), scope):
                yield Locked(found.name, found.requirement, found.line, scope)


def read_godeps(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.document.elements("Deps"):
        yield from _declared(entry, "ImportPath", ("Rev",))


def read_godep_list(source: Source) -> Iterator[Declared | Locked]:
    for number, raw in source.lines():
        words = raw.partition("#")[0].split()
        if words:
            yield Declared(words[0], words[1] if len(words) > 1 else None, "runtime", number)


def read_gb(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.document.elements("dependencies"):
        yield from _declared(entry, "importpath", ("revision",))


def read_govendor(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.document.elements("package"):
        yield from _declared(entry, "path", ("revision",))


def _declared(
    entry: Located, name: str, versions: tuple[str, ...], scope: Scope = "runtime"
) -> Iterator[Declared]:
    found = entry.at(name)
    if found and isinstance(found.value, str):
        version = next((written for key in versions if (written := entry.written(key))), None)
        yield Declared(found.value, version, scope, found.line)


def read_resolved(source: Source) -> Iterator[Declared | Locked]:
    """A list of modules; what replaces one is what is built."""
    for entry in source.document.elements():
        path = entry.at("Path")
        if path is None or not isinstance(path.value, str) or str(entry.written("Main")).lower() == "true":
            continue
        replaced = entry.text("Replace")
        name, _, version = (
            replaced.partition(" ")
            if replaced and replaced != "<nil>"
            else (path.value, "", entry.text("Version"))
        )
        scope: Scope = "test" if entry.text("Scope") == "test" else "runtime"
        yield Locked(name, version or None, path.line, scope, local=name.startswith("."))
