"""Entry points of Ruby and PHP: rackup files, executables of gems, Laravel's console, front controllers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.surface.entries.entry import Entry
from repo_architect.analysis.surface.entries.manifests_of import Documents

_RUN = re.compile(r"^[ \t]*run\s+(\S.*)$", re.MULTILINE)
_EXECUTABLES = re.compile(
    r"^[ \t]*\w+\.executables\s*(?:=|\+=|<<)\s*(?:%w[\[({]([^\])}]*)[\])}]|\[?((?:\s*[\"'][\w.-]+[\"'],?)+)\]?)",
    re.MULTILINE,
)
_BOOTS = re.compile(
    r"require(?:_once)?[ (]\s*(?:__DIR__\s*\.\s*)?[\"'][^\"']*(?:autoload(?:_runtime)?|bootstrap(?:/app)?)\.php"
)


def reader_of(name: str) -> Callable[[FileTree, SourceFile, Documents], Iterable[Entry]] | None:
    """The reader of a file by its ending."""
    return gemspec if name.endswith(".gemspec") else None


def rack(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    """What `config.ru` runs."""
    text = tree.text(file.path) or ""
    for found in _RUN.finditer(text):
        yield Entry(
            "rack", "config.ru", file.path, text.count("\n", 0, found.start(1)) + 1, found[1].strip()[:200]
        )


def gemspec(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    text = tree.text(file.path) or ""
    for found in _EXECUTABLES.finditer(text):
        line = text.count("\n", 0, found.start()) + 1 + (len(found[0]) - len(found[0].lstrip("\n")))
        for name in re.findall(r"[\w.-]+", found[1] or found[2] or ""):
            yield Entry("bin", name, file.path, line, name)


def artisan(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    """Laravel's console."""
    text = tree.text(file.path) or ""
    if text.startswith("#!") and "php" in text[:40]:
        yield Entry("console", "artisan", file.path, 1, f"php {file.path}")


def front_controller(tree: FileTree, file: SourceFile, _: Documents) -> Iterator[Entry]:
    """The `index.php` that a web server hands every request to: one that loads the application."""
    text = tree.text(file.path) or ""
    found = _BOOTS.search(text)
    if found:
        yield Entry(
            "front_controller", file.path, file.path, text.count("\n", 0, found.start()) + 1, file.path
        )
