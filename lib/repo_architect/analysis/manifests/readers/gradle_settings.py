"""Gradle's settings, version catalogs and lock files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope


def identify_settings(source: Source) -> Identity | None:
    """The root's name and the projects that settings.gradle includes, as folders."""
    members = []
    for statement in re.finditer(
        r"^[ \t]*include\b\s*\(?((?:\s*(?:listOf\()?[\"'][^\"']+[\"']\)?\s*,?)+)", source.text, re.MULTILINE
    ):
        members += re.findall(r"[\"']:?([^\"']+)[\"']", statement[1])
    members += re.findall(r"^[ \t]*includeBuild\b\s*\(?\s*[\"']([^\"']+)", source.text, re.MULTILINE)
    name = re.search(r"""rootProject\.name\s*=\s*["']([^"']+)["']""", source.text)
    line = source.text.count("\n", 0, name.start()) + 1 if name else 1
    return Identity(
        name[1] if name else None,
        line,
        members=tuple(member.replace(":", "/").strip("/") for member in members),
    )


def catalog_of(document: Located) -> dict[str, tuple[str, str | None]]:
    """A version catalog as accessors: `junit.jupiter` to coordinates and version, plugins below `plugins.`."""
    versions = {str(name): _version(value) for name, value in document.items("versions")}
    found: dict[str, tuple[str, str | None]] = {}
    for alias, value in document.items("libraries"):
        found[_accessor(alias)] = (_module(value), _catalog_version(value, versions))
    for alias, value in document.items("plugins"):
        name = value.text("id") or (value.value.partition(":")[0] if isinstance(value.value, str) else "")
        found[f"plugins.{_accessor(alias)}"] = (
            f"{name}:{name}.gradle.plugin",
            _catalog_version(value, versions),
        )
    return found


def bundles_of(document: Located) -> dict[str, list[str]]:
    """Bundles of a version catalog, accessor to accessors."""
    return {
        f"bundles.{_accessor(alias)}": [
            _accessor(e.value) for e in value.elements() if isinstance(e.value, str)
        ]
        for alias, value in document.items("bundles")
    }


def _accessor(alias: str) -> str:
    return re.sub(r"[-_]", ".", alias)


def _module(value: Located) -> str:
    if isinstance(value.value, str):
        return ":".join(value.value.split(":")[:2])
    return value.text("module") or f"{value.text('group')}:{value.text('name')}"


def _version(value: Located | None) -> str | None:
    if value is None:
        return None
    return (
        value.value
        if isinstance(value.value, str)
        else value.text("require") or value.text("strictly") or value.text("prefer")
    )


def _catalog_version(value: Located, versions: dict[str, str | None]) -> str | None:
    if isinstance(value.value, str):
        parts = value.value.split(":")
        return parts[-1] if len(parts) in (2, 3) and (len(parts) == 3 or "." in parts[0]) else None
    reference = value.text("version", "ref")
    return versions.get(reference) if reference else _version(value.at("version"))


def read_lock(source: Source) -> Iterator[Declared | Locked]:
    for number, line in source.lines():
        found = re.match(r"([^:#\s]+):([^:]+):([^=]+)=(.*)", line)
        if found:
            configurations = found[4].split(",")
            scope: Scope = (
                "test" if all("test" in name.lower() for name in configurations) and found[4] else "runtime"
            )
            yield Locked(f"{found[1]}:{found[2]}", found[3], number, scope)
