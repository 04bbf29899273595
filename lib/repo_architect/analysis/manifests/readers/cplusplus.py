"""Conan's conanfile.txt, conanfile.py (as a syntax tree) and conan.lock; vcpkg.json."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from repo_architect.analysis.located import Located, Malformed
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_SECTIONS: dict[str, Scope] = {
    "requires": "runtime",
    "build_requires": "build",
    "tool_requires": "build",
    "test_requires": "test",
    "python_requires": "build",
}
_REFERENCE = re.compile(r"([\w.+-]+)/(\[[^\]]*\]|[^@#%\s]+)")


def read_conan_txt(source: Source) -> Iterator[Declared | Locked]:
    section = ""
    for number, raw in source.lines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif section in _SECTIONS:
            yield from _declared(line, _SECTIONS[section], number)


def _declared(reference: str, scope: Scope, line: int) -> Iterator[Declared]:
    found = _REFERENCE.match(reference)
    if found:
        yield Declared(found[1], found[2].strip("[]") or None, scope, line)


def read_conan_py(source: Source) -> Iterator[Declared | Locked]:
    """`requires = …` of the recipe, and `self.requires("…")` in its methods."""
    for node in ast.walk(_module(source.text)):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id in _SECTIONS
        ):
            scope = _SECTIONS[node.targets[0].id]
            for constant in ast.walk(node.value):
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    yield from _declared(constant.value, scope, constant.lineno)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _SECTIONS
            and node.args
        ):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield from _declared(first.value, _SECTIONS[node.func.attr], first.lineno)


def identify_conan_py(source: Source) -> Identity | None:
    """The recipe's `name`, `version` and `description`; a recipe without a name only asks for packages."""
    fields: dict[str, tuple[str, int]] = {}
    for node in ast.walk(_module(source.text)):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        ):
            fields.setdefault(node.targets[0].id, (str(node.value.value), node.lineno))
    if "name" not in fields:
        return None
    described, described_line = fields.get("description", (None, None))
    name, line = fields["name"]
    return Identity(
        name,
        line,
        fields.get("version", (None, 1))[0],
        described,
        described_line,
        traits=frozenset({"built"}),
    )


def _module(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Malformed("not Python 3", getattr(error, "lineno", None) or 1) from None


def read_conan_lock(source: Source) -> Iterator[Declared | Locked]:
    """Version 2 lists references by kind; version 1 has them as nodes of a graph."""
    document = source.document
    for section, scope in _SECTIONS.items():
        for element in document.elements(section):
            yield from _locked(element, scope)
    for _, node in document.items("graph_lock", "nodes"):
        reference = node.at("ref")
        if reference:
            yield from _locked(reference, "build" if node.text("context") == "build" else "runtime")


def _locked(found: Located, scope: Scope) -> Iterator[Locked]:
    reference = _REFERENCE.match(found.value) if isinstance(found.value, str) else None
    if reference:
        yield Locked(reference[1], reference[2], found.line, scope)


# -- vcpkg ------------------------------------------------------------------------------------------------------


def read_vcpkg(source: Source) -> Iterator[Declared | Locked]:
    document = source.document
    overrides = {entry.text("name"): entry.text("version") for entry in document.elements("overrides")}
    yield from _vcpkg_list(document, "runtime", overrides, None)
    for feature, table in document.items("features"):
        yield from _vcpkg_list(table, "optional", overrides, f"extra:{feature}")


def _vcpkg_list(
    table: Located, scope: Scope, overrides: dict[str | None, str | None], group: str | None
) -> Iterator[Declared]:
    seen: set[tuple[str, str | None, Scope]] = set()
    for entry in table.elements("dependencies"):
        name = entry.value if isinstance(entry.value, str) else entry.text("name")
        if name:
            host = entry.at("host")
            minimum = entry.text("version>=")
            version = overrides.get(name) or (f">={minimum}" if minimum else None)
            found: Scope = "build" if host and host.value is True else scope
            if (name, version, found) not in seen:
                seen.add((name, version, found))
                yield Declared(name, version, found, entry.line, group=group)


def read_vcpkg_list(source: Source) -> Iterator[Declared | Locked]:
    """What `vcpkg list` has installed; a port's own revision is after `#`."""
    for key, entry in source.document.items():
        revision = entry.at("port_version")
        version = entry.text("version")
        if revision and revision.value and version:
            version = f"{version}#{revision.value}"
        yield Locked(entry.text("package_name") or key.partition(":")[0], version, key.line)


def identify_vcpkg(source: Source) -> Identity | None:
    document = source.document
    name = document.at("name")
    if name is None:
        return None
    version = document.text("version") or document.text("version-string") or document.text("version-semver")
    described = document.at("description")
    text = described.value if described and isinstance(described.value, str) else None
    return Identity(document.text("name"), name.line, version, text, described.line if described else None)
