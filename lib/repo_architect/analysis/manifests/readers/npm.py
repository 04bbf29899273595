"""package.json of npm, Yarn, pnpm and Bun; bower.json; pnpm-workspace.yaml; lerna.json; deno.json."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_TABLES: tuple[tuple[str, Scope], ...] = (
    ("dependencies", "runtime"),
    ("devDependencies", "development"),
    ("optionalDependencies", "optional"),
    ("peerDependencies", "peer"),
)
_ALIAS = re.compile(r"npm:(@?[^@]+)(?:@(.*))?")
_NAME = re.compile(r"(?:@[^/\s]+/)?[^/\s]+")
_LOCAL = ("workspace:", "file:", "link:", "portal:", "./", "../", "/", "~/")
_SPECIFIER = re.compile(r"(npm|jsr):/?(@[\w.-]+/[\w.-]+|[\w.-]+)(?:@([^/]*))?")


def read(source: Source) -> Iterator[Declared | Locked]:
    document = source.document
    optional_peers = {
        name
        for name, meta in document.items("peerDependenciesMeta")
        if (flag := meta.at("optional")) and flag.value is True
    }
    seen_optional = {str(key) for key, _ in document.items("optionalDependencies")}
    for table, scope in _TABLES:
        for name, value in document.items(table):
            if not _NAME.fullmatch(name) or (table == "dependencies" and name in seen_optional):
                continue
            actual: Scope = "optional" if scope == "peer" and name in optional_peers else scope
            yield declared(name, value, actual, name.line)


def declared(name: str, value: Located, scope: Scope, line: int) -> Declared:
    """An entry of a dependency table: aliases give the package meant, `workspace:` and paths are local."""
    written = value.value if isinstance(value.value, str) else value.text("version") or ""
    alias = _ALIAS.fullmatch(written)
    if alias:
        name, written = alias[1], alias[2] or ""
    local = written.startswith(_LOCAL)
    return Declared(name, written if written not in ("", "*", "latest") else None, scope, line, local=local)


def identify(source: Source) -> Identity | None:
    document = source.document
    name, described = document.at("name"), document.at("description")
    members = tuple(workspace_globs(document))
    return Identity(
        name=document.text("name"),
        line=name.line if name else 1,
        version=document.text("version"),
        description=document.text("description"),
        description_line=described.line if described else None,
        members=tuple(glob for glob in members if not glob.startswith("!")),
        excluded=tuple(glob[1:] for glob in members if glob.startswith("!")),
        traits=frozenset(_traits(document)),
    )


def _traits(document: Located) -> Iterator[str]:
    private = document.at("private")
    if private and private.value is True:
        yield "private"
    if document.at("bin"):
        yield "command"
    exported = any(document.at(key) for key in ("main", "module", "exports", "types", "typings"))
    if exported:
        yield "exported"
    if exported or document.at("files"):
        yield "built"
    if document.text("scripts", "start") or document.text("scripts", "serve"):
        yield "started"


def workspace_globs(document: Located) -> Iterator[str]:
    """`workspaces` as npm, Yarn and Bun have it: a list, or a table with `packages`."""
    for path in (("workspaces",), ("workspaces", "packages")):
        yield from (element.value for element in document.elements(*path) if isinstance(element.value, str))


# -- pnpm-workspace.yaml, lerna.json ---------------------------------------------------------------------------


def read_catalogs(source: Source) -> Iterator[Declared | Locked]:
    for _, catalog, name, value in catalogs(source.document):
        del catalog
        if isinstance(value.value, str):
            yield declared(name, value, "runtime", value.line)


def catalogs(document: Located) -> Iterator[tuple[str, Located, str, Located]]:
    """Entries of pnpm's catalogs: the catalog's name and table, the package's name and requirement."""
    tables = [("default", document.at("catalog")), *document.items("catalogs")]
    for catalog, table in tables:
        for name, value in table.items() if table else ():
            yield str(catalog), table, name, value  # type: ignore[misc]


def identify_workspace(source: Source) -> Identity | None:
    """The members that pnpm-workspace.yaml and lerna.json name; they have no name of their own."""
    globs = [e.value for e in source.document.elements("packages") if isinstance(e.value, str)]
    if not globs:
        return None
    return Identity(
        None,
        members=tuple(g for g in globs if not g.startswith("!")),
        excluded=tuple(g[1:] for g in globs if g.startswith("!")),
    )


# -- Nx ---------------------------------------------------------------------------------------------------------


def identify_nx(source: Source) -> Identity | None:
    """An Nx project: a folder with targets; one package.json at the root may serve many."""
    document = source.document
    if not (document.at("targets") or document.at("projectType")):
        return None
    name = document.at("name")
    application = document.text("projectType") == "application"
    return Identity(
        document.text("name"),
        name.line if name else 1,
        traits=frozenset({"started" if application else "built"}),
    )


# -- bower ------------------------------------------------------------------------------------------------------


def read_bower(source: Source) -> Iterator[Declared | Locked]:
    tables: tuple[tuple[str, Scope], ...] = (("dependencies", "runtime"), ("devDependencies", "development"))
    for table, scope in tables:
        for name, value in source.document.items(table):
            yield declared(name, value, scope, name.line)


# -- deno -------------------------------------------------------------------------------------------------------


def read_deno(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items("imports"):
        if isinstance(value.value, str):
            yield from _import(name, value.value, name.line)


def _import(name: str, written: str, line: int) -> Iterator[Declared]:
    found = _SPECIFIER.match(written)
    if found:
        yield Declared(found[2], found[3] or None, "runtime", line, ecosystem=found[1])
        return
    remote = re.match(r"https://deno\.land/(?:x/([\w.-]+)|(std))(?:@([^/]+))?", written)
    if remote:
        yield Declared(remote[1] or remote[2] or name, remote[3], "runtime", line, ecosystem="deno")


def identify_deno(source: Source) -> Identity | None:
    document = source.document
    globs = [e.value for e in document.elements("workspace") if isinstance(e.value, str)]
    if not (document.text("name") or globs or document.at("imports") or document.at("tasks")):
        return None
    name = document.at("name")
    return Identity(
        document.text("name"), name.line if name else 1, document.text("version"), members=tuple(globs),
        traits=frozenset({"built"} if document.at("exports") else ()),
    )  # fmt: skip
