"""Elixir's mix.exs and mix.lock, Erlang's rebar.lock, Gleam's gleam.toml and manifest.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from repo_architect.analysis.manifests import scopes
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_TUPLE = re.compile(
    r"""\{\s*:(\w+)\s*,\s*(?:"([^"]*)"|~s\("?([^)"]*)"?\))?([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}""", re.DOTALL
)
_ONLY = re.compile(r"only:\s*(\[[^\]]*\]|:\w+)")
_LOCAL = re.compile(r"\b(?:path:|in_umbrella:\s*true)")
_SOURCE = re.compile(r"""(?:git|github|path):\s*"([^"]+)\"""")


def read(source: Source) -> Iterator[Declared | Locked]:
    text = re.sub(r"(?m)(^|\s)#(?!\{).*$", r"\1", source.text)
    tuples = [*_tuples(text)]
    published = {found[1] for found in tuples if not _LOCAL.search(found[4])}
    for found in tuples:
        if found[1] in published and _LOCAL.search(found[4]):
            continue
        name, version, options = found[1], found[2] or found[3], found[4]
        line = text.count("\n", 0, found.start()) + 1
        place = _SOURCE.search(options)
        local = _LOCAL.search(options) is not None
        yield Declared(name, version or (place[1] if place else None), _scope(options), line, local=local)


def _tuples(text: str) -> Iterator[re.Match[str]]:
    """The tuples of `deps` and of functions that give it some (`phoenix_dep`), else those of a list in the project."""
    starts = [found.start() for found in re.finditer(r"\bdefp?\s+(?:deps|\w+_deps?)\b", text)]
    starts = starts or [found.start() for found in [re.search(r"\bdeps:\s*\[", text)] if found]
    for start, following in pairwise([*starts, len(text)]):
        end = text.find("\n  end", start, following)
        yield from _TUPLE.finditer(text, start, end if end >= 0 else following)


def _scope(options: str) -> Scope:
    only = _ONLY.search(options)
    names = re.findall(r":(\w+)", only[1]) if only else []
    if not names or "prod" in names:
        return "optional" if re.search(r"\boptional:\s*true", options) else "runtime"
    return (
        "test"
        if names == ["test"]
        else scopes.of_name(names[0], "development")
        if len(names) == 1
        else "development"
    )


def identify(source: Source) -> Identity | None:
    app = re.search(r"^[ \t]*app:\s*:(\w+)", source.text, re.MULTILINE)
    version = re.search(r"""^[ \t]*(?:version:|@version)\s*"([^"]+)\"""", source.text, re.MULTILINE)
    described = re.search(r"""^[ \t]*description:\s*"([^"]+)\"""", source.text, re.MULTILINE)
    members = re.search(r"""apps_path:\s*"([^"]+)\"""", source.text)
    if not app and not members:
        return None
    return Identity(
        app[1] if app else None, source.text.count("\n", 0, app.start(1)) + 1 if app else 1, version[1] if version else None,
        described[1] if described else None, source.text.count("\n", 0, described.start(1)) + 1 if described else None,
        members=(f"{members[1]}/*",) if members else (), traits=frozenset({"built"} if "package:" in source.text else {"started"}),
    )  # fmt: skip


_MIX_LOCK = re.compile(
    r"""^[ \t]*"?([\w]+)"?(?::|"?\s*=>)\s*\{:(hex|git|path),\s*(?::(\w+),\s*)?"([^"]+)"(?:,\s*"([^"]+)")?"""
)
_REBAR_LOCK = re.compile(r"""\{<<"([^"]+)">>,\s*\{pkg,\s*<<"([^"]+)">>,\s*<<"([^"]+)">>""")


def read_mix_lock(source: Source) -> Iterator[Declared | Locked]:
    for number, line in source.lines():
        found = _MIX_LOCK.match(line)
        if found:
            yield Locked(
                found[3] or found[1], found[4] if found[2] == "hex" else found[5] or found[4], number
            )


def read_rebar_lock(source: Source) -> Iterator[Declared | Locked]:
    for found in _REBAR_LOCK.finditer(source.text):
        yield Locked(found[2], found[3], source.text.count("\n", 0, found.start()) + 1)


def read_gleam(source: Source) -> Iterator[Declared | Locked]:
    tables: tuple[tuple[str, Scope], ...] = (
        ("dependencies", "runtime"),
        ("dev-dependencies", "development"),
        ("dev_dependencies", "development"),
    )
    for table, scope in tables:
        for name, value in source.document.items(table):
            local = value.text("path")
            yield Declared(
                name,
                value.value if isinstance(value.value, str) else local or value.text("git"),
                scope,
                name.line,
                local=local is not None,
            )


def identify_gleam(source: Source) -> Identity | None:
    name = source.document.at("name")
    return (
        Identity(
            source.document.text("name"),
            name.line,
            source.document.text("version"),
            traits=frozenset({"built"}),
        )
        if name
        else None
    )


def read_gleam_lock(source: Source) -> Iterator[Declared | Locked]:
    for package in source.document.elements("packages"):
        name = package.at("name")
        if name and isinstance(name.value, str) and package.text("build_tools", 0) is not None:
            yield Locked(name.value, package.text("version"), name.line)
