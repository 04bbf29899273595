"""Programs by where their code begins: functions called main, Python's guards, Elixir's application module.

A guard in a module of a package is a convenience of that module where the component is a library or has another way
in. What stands in a folder of helpers, or is of a language that is hardly the repository's, is a `script`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.manifests.folders import standing
from repo_architect.analysis.surface.detector import Surface
from repo_architect.analysis.surface.entries.entry import Entry
from repo_architect.contracts.repo_shape import Component

ASIDE = frozenset(
    {
        "bench",
        "benches",
        "benchmark",
        "benchmarks",
        "jmh",
        "fuzz",
        "fuzzing",
        "fuzzers",
        ".devcontainer",
        "testdata",
    }
)
"""Folders whose programs measure or try the product."""
HELPERS = frozenset(
    {"scripts", "script", "hack", "ci", ".github", "dev", "docs", "doc", "misc", "contrib", "maintainers"}
)
"""Folders whose programs are for those who work on the repository."""
SMALL_SHARE = 0.1
TEXT_MAINS: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "Swift": (re.compile(r"^@main\b", re.MULTILINE), re.compile(r"")),
    "Dart": (
        re.compile(r"^(?:Future<void>\s+|void\s+)?main\s*\(", re.MULTILINE),
        re.compile(r"(?:^|/)(?:bin/[^/]+|lib/main\w*)\.dart$"),
    ),
    "Scala": (
        re.compile(
            r"^object\s+\w+\s+extends\s+(?:App|IOApp|ZIOAppDefault)\b|^@main\b|^\s+def\s+main\(\w+:\s*Array",
            re.MULTILINE,
        ),
        re.compile(r""),
    ),
    "Zig": (re.compile(r"^pub fn main\(", re.MULTILINE), re.compile(r"")),
    "Haskell": (re.compile(r"^main\s*::\s*IO\b", re.MULTILINE), re.compile(r"")),
}
"""Where a program begins in a language that is not parsed, and in which files."""
_COMMON = frozenset({"main", "__main__", "__init__", "mod", "lib", "Main", "Program", "index"})
_MIX = re.compile(r"\bmod:\s*\{\s*([A-Z][\w.]*)")


class Components(Protocol):
    """Knows the components and which one owns a file."""

    @property
    def components(self) -> tuple[Component, ...]:
        """Every component."""

    def component_of(self, path: str) -> str | None:
        """The component's id."""


@lru_cache(maxsize=50_000)
def is_aside(path: str) -> bool:
    """Whether a file's programs are not the product's: benchmarks, fuzzers, the editor's container."""
    return not ASIDE.isdisjoint(path.lower().split("/")[:-1])


def mains(
    tree: FileTree, manifests: Components, surface: Surface, declared: Sequence[Entry]
) -> Iterator[Entry]:
    """The programs that code alone tells; `declared` are the entries that manifests and the like tell."""
    parts = {part.id: part for part in manifests.components}
    known = {entry.path for entry in declared}
    minor = (
        any(language == "Python" for language, _ in surface.mains.values())
        and _share(tree, "Python") < SMALL_SHARE
    )
    opened = {manifests.component_of(entry.path) for entry in declared}
    for path, (language, line) in {**surface.mains, **dict(_text_mains(tree))}.items():
        component = manifests.component_of(path)
        part = parts.get(component or "")
        example = standing(path.rpartition("/")[0] or ".") == "example"
        if is_aside(path) or example or (language == "Python" and path in known):
            continue
        helper = not HELPERS.isdisjoint(path.split("/")[:-1]) or (language == "Python" and minor)
        inner = component in opened or (part is not None and part.kind == "library")
        if language == "Python" and inner and not helper and _in_package(tree, path):
            continue
        kind = "script" if helper else "guard" if language == "Python" else "main"
        target = None if language == "Python" else f"{language} main"
        yield Entry(kind, _name(path, part), path, line, target)


def _text_mains(tree: FileTree) -> Iterator[tuple[str, tuple[str, int]]]:
    for file in tree.own(tree.files):
        language = tree.verdict(file.path).language or ""
        if language in TEXT_MAINS and not is_test(file.path):
            pattern, place = TEXT_MAINS[language]
            text = (tree.text(file.path) or "") if place.search(file.path) else ""
            found = pattern.search(text)
            if found:
                yield file.path, (language, text.count("\n", 0, found.start()) + 1)


def _in_package(tree: FileTree, path: str) -> bool:
    folder = path.rpartition("/")[0]
    return f"{folder}/__init__.py".lstrip("/") in tree


def _share(tree: FileTree, language: str) -> float:
    """Which part of the code's bytes is of a language."""
    code = [(file.size, tree.verdict(file.path).language) for file in tree.own(tree.files)]
    whole = sum(size for size, known in code if known)
    return sum(size for size, known in code if known == language) / whole if whole else 0.0


def _name(path: str, part: Component | None) -> str:
    """What a program is called after: its file, its folder where the file is called `main` or the like, else its component."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    if stem not in _COMMON:
        return stem
    place = folder.rpartition("/")[2]
    if place not in ("", "src", "app", "bin"):
        return place
    return _plain(part.name) if part else stem


def _plain(name: str) -> str:
    """The last part of a module's path, without its major version."""
    return re.sub(r"/v\d+$", "", name).rpartition("/")[2]


def mix(tree: FileTree, file: SourceFile, _: object) -> Iterator[Entry]:
    """The module that starts an Elixir application."""
    text = tree.text(file.path) or ""
    found = _MIX.search(text)
    if found:
        yield Entry("application", found[1], file.path, text.count("\n", 0, found.start()) + 1, found[1])
