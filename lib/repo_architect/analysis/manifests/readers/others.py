"""Smaller ecosystems: Bazel, Clojure, Crystal, CPAN, D, Elm, Haxe, Lua, Nim and Nix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_BAZEL = re.compile(r"\bbazel_dep\s*\(([^)]*)\)")
_VECTOR = re.compile(r'\[\s*([\w.*+!?<>=/-]+)\s+"([^"]+)"')
_CPANFILE = re.compile(
    r"""^[ \t]*(?:(\w+)_)?(requires|recommends|suggests)\s+["']([\w:]+)["'](?:\s*(?:,|=>)\s*["']?([^"';]+)["']?)?"""
)
_PHASES: dict[str, Scope] = {
    "test": "test",
    "build": "build",
    "configure": "build",
    "develop": "development",
    "author": "development",
}
_PHASE = re.compile(r"""^[ \t]*on\s+["']?(\w+)["']?\s*(?:=>|,)\s*sub\b""")


def read_bazel(source: Source) -> Iterator[Declared | Locked]:
    text = re.sub(r"(?m)#.*$", "", source.text)
    for found in _BAZEL.finditer(text):
        fields = dict(re.findall(r'(\w+)\s*=\s*"?([\w.+-]+)"?', found[1]))
        if "name" in fields:
            scope: Scope = "development" if fields.get("dev_dependency") == "True" else "runtime"
            yield Declared(
                fields["name"], fields.get("version"), scope, text.count("\n", 0, found.start()) + 1
            )


def read_leiningen(source: Source) -> Iterator[Declared | Locked]:
    block = re.search(r":dependencies\s*\[((?:\s*(?:;[^\n]*\n|\[[^\]]*\]))*)", source.text)
    for found in _VECTOR.finditer(block[1]) if block else ():
        yield Declared(
            found[1],
            found[2],
            "runtime",
            source.text.count("\n", 0, block.start(1) + found.start()) + 1 if block else 1,
        )


def read_deps_edn(source: Source) -> Iterator[Declared | Locked]:
    for found in re.finditer(
        r'([\w.*+!?-]+/[\w.*+!?-]+|[\w.-]+)\s*\{:(mvn/version|git/tag|git/sha|sha|local/root)\s+"([^"]+)"',
        source.text,
    ):
        line = source.text.count("\n", 0, found.start()) + 1
        yield Declared(found[1], found[3], "runtime", line, local=found[2] == "local/root")


def read_shard(source: Source) -> Iterator[Declared | Locked]:
    tables: tuple[tuple[str, Scope], ...] = (
        ("dependencies", "runtime"),
        ("development_dependencies", "development"),
    )
    for table, scope in tables:
        for name, value in source.document.items(table):
            written = value.written("version") or value.text("branch") or value.text("tag")
            yield Declared(name, written, scope, name.line, local=value.at("path") is not None)


def read_shard_lock(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items("shards"):
        yield Locked(name, value.written("version") or value.written("commit"), name.line)


def read_cpanfile(source: Source) -> Iterator[Declared | Locked]:
    phase = ""
    for number, line in source.lines():
        opened, found = _PHASE.match(line), _CPANFILE.match(line)
        phase = opened[1] if opened else "" if re.match(r"\s*\}", line) else phase
        if found:
            scope: Scope = _PHASES.get(found[1] or phase, "runtime") if found[2] == "requires" else "optional"
            version = (found[4] or "").strip()
            yield Declared(found[3], version if version not in ("", "0") else None, scope, number)


def read_cpan_meta(source: Source) -> Iterator[Declared | Locked]:
    """META.json has phases below `prereqs`; META.yml has tables at the top."""
    document = source.document
    for phase, table in document.items("prereqs"):
        yield from _perl_modules(table.at("requires"), _PHASES.get(phase, "runtime"))
    yield from _perl_modules(document.at("requires"), "runtime")
    yield from _perl_modules(document.at("build_requires"), "build")
    yield from _perl_modules(document.at("configure_requires"), "build")


def _perl_modules(table: Located | None, scope: Scope) -> Iterator[Declared]:
    for name, value in table.items() if table else ():
        written = value.written()
        yield Declared(name, written if written not in (None, "0") else None, scope, name.line)


def read_dub(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items("dependencies"):
        optional = value.at("optional")
        scope: Scope = "optional" if optional and optional.value is True else "runtime"
        yield Declared(
            name, value.value if isinstance(value.value, str) else value.text("version"), scope, name.line
        )


def read_dub_sdl(source: Source) -> Iterator[Declared | Locked]:
    for number, line in source.lines():
        found = re.match(r'\s*dependency\s+"([^"]+)"(?:.*\bversion="([^"]+)")?', line)
        if found:
            yield Declared(found[1], found[2], "runtime", number)


def read_elm(source: Source) -> Iterator[Declared | Locked]:
    """elm.json of packages (flat tables) and of applications (direct and indirect)."""
    tables: tuple[tuple[str, Scope], ...] = (("dependencies", "runtime"), ("test-dependencies", "test"))
    for table, scope in tables:
        for name, value in source.document.items(table):
            if isinstance(value.value, str):
                yield Declared(name, value.value, scope, name.line)
            for inner, version in value.items():
                yield Declared(inner, version.written(), scope, inner.line, direct=name == "direct")


def read_elm_exact(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items():
        yield Locked(name, value.written(), name.line)


def read_haxelib(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items("dependencies"):
        yield Declared(name, value.written() or None, "runtime", name.line)


def read_rockspec(source: Source) -> Iterator[Declared | Locked]:
    for key, scope in (
        ("dependencies", "runtime"),
        ("build_dependencies", "build"),
        ("test_dependencies", "test"),
    ):
        block = re.search(rf"^[ \t]*{key}\s*=\s*\{{([^}}]*)\}}", source.text, re.MULTILINE)
        for found in re.finditer(r"""["']\s*([\w.-]+)\s*([^"']*)["']""", block[1]) if block else ():
            line = source.text.count("\n", 0, (block.start(1) if block else 0) + found.start()) + 1
            yield Declared(found[1], found[2].strip() or None, scope, line)  # type: ignore[arg-type]


def read_nimble(source: Source) -> Iterator[Declared | Locked]:
    for number, line in source.lines():
        if re.match(r"\s*(?:taskR|r)equires\b", line):
            for found in re.finditer(r'"([\w.:/-]+?)\s*([<>=~^#@].*?)?"', line):
                yield Declared(found[1], found[2] or None, "runtime", number)


_INPUT = re.compile(r'([\w-]+)\s*(?:\.url\s*=|=\s*\{[^{}]*?\burl\s*=)\s*"([^"]+)"')


def read_flake(source: Source) -> Iterator[Declared | Locked]:
    """Inputs of flake.nix; `github:owner/name/reference` asks for a reference."""
    block = re.search(r"\binputs\s*=\s*\{(.*?)\n\s*\};\s*\n\s*outputs", source.text, re.DOTALL)
    body, offset = (block[1], block.start(1)) if block else (source.text, 0)
    for found in _INPUT.finditer(body):
        parts = found[2].partition("?")[0].split("/")
        reference = "/".join(parts[2:]) if re.match(r"(?:github|gitlab|sourcehut):", found[2]) else found[2]
        name = found[1]
        yield Declared(
            name, reference or None, "runtime", source.text.count("\n", 0, offset + found.start()) + 1
        )


def read_flake_lock(source: Source) -> Iterator[Declared | Locked]:
    root = source.document.text("root") or "root"
    for name, node in source.document.items("nodes"):
        if name != root:
            yield Locked(name, node.text("locked", "rev") or node.text("locked", "narHash"), name.line)
