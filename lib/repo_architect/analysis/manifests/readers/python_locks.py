"""poetry.lock, uv.lock, pdm.lock and pylock.toml: arrays of package tables in TOML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests import scopes
from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_FIELD = re.compile(r"(name|version|category|groups|source)\s*=\s*(.*)")
_STRING = re.compile(r"[\"']([^\"']*)[\"']")
_LOCAL = re.compile(r"\b(?:editable|virtual|directory|path)\s*=")


def read(source: Source) -> Iterator[Declared | Locked]:
    """Packages by a scan of lines: these files are written by tools, one field a line, and can be large."""
    fields: dict[str, str] = {}
    start = 0
    for number, line in source.lines():
        if line.startswith("["):
            if start:
                yield from _locked(fields, start)
            fields, start = {}, number if line.rstrip() in ("[[package]]", "[[packages]]") else 0
        elif start:
            found = _FIELD.match(line)
            if found:
                start = number if found[1] == "name" else start
                fields.setdefault(found[1], found[2])
    if start:
        yield from _locked(fields, start)


def _locked(fields: dict[str, str], line: int) -> Iterator[Locked]:
    name = _STRING.match(fields.get("name", ""))
    version = _STRING.match(fields.get("version", ""))
    if name:
        local = _LOCAL.search(fields.get("source", "")) is not None
        yield Locked(name[1], version[1] if version else None, line, _scope(fields), local=local)


def _scope(fields: dict[str, str]) -> Scope:
    category = _STRING.match(fields.get("category", ""))
    groups = [category[1]] if category else _STRING.findall(fields.get("groups", ""))
    if not groups or any(group in ("main", "default") for group in groups):
        return "runtime"
    return scopes.of_name(groups[0], "development")


def read_graph(source: Source) -> Iterator[Declared | Locked]:
    """What pipdeptree prints as JSON: installed packages, each with those it needs."""
    seen: set[str] = set()
    entries = list(source.document.elements())
    for found in (
        *(entry.at("package") for entry in entries),
        *(need for entry in entries for need in entry.elements("dependencies")),
    ):
        name = found.at("package_name") if found else None
        if found and name and isinstance(name.value, str) and name.value not in seen:
            seen.add(name.value)
            yield Locked(name.value, found.text("installed_version"), name.line)
