"""pyproject.toml: PEP 621 and 735, and the tables of Poetry, PDM, Hatch, Flit, uv and setuptools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from repo_architect.analysis.located import Key, Located
from repo_architect.analysis.manifests import scopes
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.analysis.manifests.readers import requirements
from repo_architect.contracts.repo_shape import Scope

_WORKSPACES = (("tool", "uv", "workspace"), ("tool", "hatch", "workspace"), ("tool", "rye", "workspace"))


def read(source: Source) -> Iterator[Declared | Locked]:
    document = source.document
    local = _local_sources(document)
    standard = {found.name.lower() for found in _list(document.at("project", "dependencies"), "runtime")}
    for found in (*_standard(document), *_flit(document), *_pdm(document), *_uv(document), *_hatch(document)):
        yield _localised(found, local)
    # beside [project], Poetry's own table only says where a package comes from
    yield from (found for found in _poetry(document) if found.name.lower() not in standard)


def identify(source: Source) -> Identity | None:
    document = source.document
    table = next(
        (
            t
            for t in (
                document.at("project"),
                document.at("tool", "poetry"),
                document.at("tool", "flit", "metadata"),
            )
            if t
        ),
        None,
    )
    members = tuple(_strings(document, "members", _WORKSPACES))
    if table is None and not members:
        return None
    name = table.at("name") or table.at("dist-name") or table.at("module") if table else None
    described = table.at("description") if table else None
    return Identity(
        name=name.value if name and isinstance(name.value, str) else None,
        line=name.line if name else (table or document).line,
        version=table.text("version") if table else None,
        description=described.value if described and isinstance(described.value, str) else None,
        description_line=described.line if described else None,
        members=members,
        excluded=tuple(_strings(document, "exclude", _WORKSPACES)),
        traits=frozenset(_traits(document)),
    )


def _traits(document: Located) -> Iterator[str]:
    scripts = (("project", "scripts"), ("project", "gui-scripts"), ("tool", "poetry", "scripts"))
    if any(True for path in scripts for _ in document.items(*path)):
        yield "command"
    if document.at("build-system") and (document.at("project") or document.at("tool", "poetry")):
        yield "built"


def _strings(document: Located, key: str, tables: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for table in tables:
        yield from (e.value for e in document.elements(*table, key) if isinstance(e.value, str))


def _list(found: Located | None, scope: Scope, group: str | None = None) -> Iterator[Declared]:
    for element in found.elements() if found else ():
        if isinstance(element.value, str):
            declared = requirements.parse(element.value, scope, element.line, group)
            if declared:
                yield declared


def _standard(document: Located) -> Iterator[Declared]:
    yield from _list(document.at("project", "dependencies"), "runtime")
    for name, extra in document.items("project", "optional-dependencies"):
        yield from _list(extra, scopes.of_name(name, "optional"), f"extra:{name}")
    for name, group in document.items("dependency-groups"):
        yield from _list(group, scopes.of_name(name, "development"), f"group:{name}")
    yield from _list(document.at("build-system", "requires"), "build", "build-system")


def _flit(document: Located) -> Iterator[Declared]:
    yield from _list(document.at("tool", "flit", "metadata", "requires"), "runtime")
    for name, extra in document.items("tool", "flit", "metadata", "requires-extra"):
        yield from _list(extra, scopes.of_name(name, "optional"), f"extra:{name}")


def _pdm(document: Located) -> Iterator[Declared]:
    for name, group in document.items("tool", "pdm", "dev-dependencies"):
        yield from _list(group, scopes.of_name(name, "development"), f"group:{name}")


def _uv(document: Located) -> Iterator[Declared]:
    yield from _list(document.at("tool", "uv", "dev-dependencies"), "development", "group:dev")
    yield from _list(document.at("tool", "rye", "dev-dependencies"), "development")


def _hatch(document: Located) -> Iterator[Declared]:
    for name, environment in document.items("tool", "hatch", "envs"):
        for key in ("dependencies", "extra-dependencies"):
            yield from _list(environment.at(key), scopes.of_name(name, "development"), f"env:{name}")


def _poetry(document: Located) -> Iterator[Declared]:
    poetry = document.at("tool", "poetry")
    if poetry is None:
        return
    yield from _poetry_table(poetry.at("dependencies"), "runtime")
    yield from _poetry_table(poetry.at("dev-dependencies"), "development", "group:dev")
    for name, group in poetry.items("group"):
        optional = group.at("optional")
        default: Scope = "optional" if optional and optional.value is True else "development"
        yield from _poetry_table(group.at("dependencies"), scopes.of_name(name, default), f"group:{name}")


def _poetry_table(table: Located | None, scope: Scope, group: str | None = None) -> Iterator[Declared]:
    for name, value in table.items() if table else ():
        if name.lower() == "python":
            continue
        for option in value.elements() if isinstance(value.value, list) else (value,):
            yield _poetry_entry(name, option, scope, group)


def _poetry_entry(name: Key, value: Located, scope: Scope, group: str | None) -> Declared:
    if isinstance(value.value, str):
        return Declared(name, None if value.value == "*" else value.value, scope, name.line, group=group)
    optional = value.at("optional")
    path = value.text("path")
    git, revision = value.text("git"), value.text("tag") or value.text("rev") or value.text("branch")
    where = value.text("version") or (f"{git}#{revision}" if git and revision else git) or value.text("url")
    if optional and optional.value is True and scope == "runtime":
        scope = "optional"
    return Declared(
        name, None if where == "*" else where, scope, name.line, local=path is not None, group=group
    )


def _local_sources(document: Located) -> frozenset[str]:
    """Names that uv takes from a workspace or a folder instead of the index."""
    return frozenset(
        name.lower().replace("_", "-")
        for name, value in document.items("tool", "uv", "sources")
        if value.at("workspace") or value.at("path")
    )


def _localised(found: Declared, local: frozenset[str]) -> Declared:
    if found.name.lower().replace("_", "-") not in local:
        return found
    return replace(found, local=True)
