"""Cargo's `workspace = true` and pnpm's `catalog:`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from repo_architect.analysis.located import Located, Malformed
from repo_architect.analysis.manifests.model import Declared
from repo_architect.analysis.manifests.readers import npm
from repo_architect.analysis.manifests.report import Reading


def fill(readings: list[Reading], workspaces: dict[str, str]) -> list[Reading]:
    tables = {
        (reading.folder, ecosystem): table
        for reading in readings
        for file_name, ecosystem, collect in _COLLECTORS
        if reading.source.name == file_name and (table := _collected(reading, collect))
    }
    return [_from_workspace(reading, tables, workspaces) for reading in readings] if tables else readings


def _from_workspace(
    reading: Reading, tables: dict[tuple[str, str], dict[str, str]], workspaces: dict[str, str]
) -> Reading:
    head = workspaces.get(reading.folder, reading.folder)
    table = tables.get((head, reading.format.ecosystem))
    if not table or not reading.declared:
        return reading
    return replace(reading, declared=tuple(_from_table(declared, table) for declared in reading.declared))


def _from_table(declared: Declared, table: dict[str, str]) -> Declared:
    requirement = declared.requirement or ""
    if requirement == "workspace":
        return replace(declared, requirement=table.get(declared.name, requirement))
    if requirement.startswith("catalog:"):
        catalog = requirement.removeprefix("catalog:").strip() or "default"
        return replace(declared, requirement=table.get(f"{catalog}:{declared.name}", requirement))
    return declared


def _collected(reading: Reading, collect: Callable[[Located], dict[str, str]]) -> dict[str, str]:
    try:
        return collect(reading.source.document)
    except Malformed:
        return {}


def _cargo(document: Located) -> dict[str, str]:
    found = {}
    for name, value in document.items("workspace", "dependencies"):
        written = (
            value.value
            if isinstance(value.value, str)
            else value.text("version") or value.text("git") or value.text("path")
        )
        if written:
            found[value.text("package") or str(name)] = written
    return found


def _catalogs(document: Located) -> dict[str, str]:
    return {
        f"{catalog}:{name}": value.value
        for catalog, _, name, value in npm.catalogs(document)
        if isinstance(value.value, str)
    }


_COLLECTORS: tuple[tuple[str, str, Callable[[Located], dict[str, str]]], ...] = (
    ("Cargo.toml", "cargo", _cargo),
    ("pnpm-workspace.yaml", "npm", _catalogs),
)
