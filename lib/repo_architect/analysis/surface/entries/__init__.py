"""Where execution can begin.

Each reader gives `Entry` facts of one kind of file; `entry_points` joins them. Adding a kind is adding a reader to
`READERS` (by file name) or a row to `detector.MAINS` or `programs.TEXT_MAINS` (by language).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.located import Located
from repo_architect.analysis.surface.detector import Surface
from repo_architect.analysis.surface.entries import (
    containers,
    manifests_of,
    platforms,
    programs,
    python,
    ruby_php,
)
from repo_architect.analysis.surface.entries.entry import Entry
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import Component, EntryPoint


class Manifests(Protocol):
    """Components and parsed manifests."""

    @property
    def components(self) -> tuple[Component, ...]:
        """Every component."""

    def component_of(self, path: str) -> str | None:
        """The component's id."""

    def document(self, path: str) -> Located | None:
        """The parsed manifest."""


Reader = Callable[[FileTree, SourceFile, Manifests], Iterable[Entry]]
READERS: dict[str, Reader] = {
    "__main__.py": python.package_main,
    "app.yaml": platforms.app_engine,
    "app.yml": platforms.app_engine,
    "artisan": ruby_php.artisan,
    "asgi.py": python.server_module,
    "Cargo.toml": manifests_of.cargo,
    "composer.json": manifests_of.composer,
    "config.ru": ruby_php.rack,
    "fly.toml": platforms.fly,
    "index.php": ruby_php.front_controller,
    "manage.py": python.manage,
    "mix.exs": programs.mix,
    "package.json": manifests_of.package_json,
    "Procfile": platforms.procfile,
    "pyproject.toml": manifests_of.pyproject,
    "serverless.yaml": platforms.serverless,
    "serverless.yml": platforms.serverless,
    "setup.cfg": python.setup_cfg,
    "setup.py": python.setup_py,
    "template.yaml": platforms.sam,
    "template.yml": platforms.sam,
    "wrangler.json": platforms.wrangler,
    "wrangler.jsonc": platforms.wrangler,
    "wrangler.toml": platforms.wrangler,
    "wsgi.py": python.server_module,
}


def entry_points(tree: FileTree, manifests: Manifests, surface: Surface) -> tuple[EntryPoint, ...]:
    """Every entry point with where it stands, sorted. Those of tests, vendored and generated files are left out."""
    declared = [*_read(tree, manifests)]
    found = [*declared, *programs.mains(tree, manifests, surface, declared)]
    return tuple(
        EntryPoint(
            kind=entry.kind,
            name=entry.name,
            target=entry.target,
            component=manifests.component_of(entry.path),
            evidence=(Evidence(path=entry.path, line=entry.line),),
        )
        for entry in sorted(set(found), key=_order)
    )


def _order(entry: Entry) -> tuple[str, str, str, int, str]:
    return entry.kind, entry.name, entry.path, entry.line, entry.target or ""


def _read(tree: FileTree, manifests: Manifests) -> Iterator[Entry]:
    for file in tree:
        verdict = tree.verdict(file.path)
        if is_test(file.path) or programs.is_aside(file.path) or verdict.vendored or verdict.generated:
            continue
        cabal = manifests_of.cabal if file.name.endswith(".cabal") else None
        reader = (
            READERS.get(file.name)
            or cabal
            or containers.reader_of(file.name)
            or ruby_php.reader_of(file.name)
        )
        if reader is not None:
            yield from reader(tree, file, manifests)
