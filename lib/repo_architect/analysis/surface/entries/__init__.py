"""Where execution can begin.

Each reader gives `Entry` facts of one kind of file; `entry_points` joins them. Adding a kind is adding a reader to
`READERS` (by file name) or a row to `detector.MAINS` (by language).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.located import Located
from repo_architect.analysis.surface.detector import Surface
from repo_architect.analysis.surface.entries import containers, manifests_of, platforms, python
from repo_architect.analysis.surface.entries.entry import Entry
from repo_architect.contracts.model import Evidence
from repo_architect.contracts.repo_shape import EntryPoint


class Manifests(Protocol):
    """Components and parsed manifests."""

    def component_of(self, path: str) -> str | None:
        """The component's id."""

    def document(self, path: str) -> Located | None:
        """The parsed manifest."""


Reader = Callable[[FileTree, SourceFile, Manifests], Iterable[Entry]]
READERS: dict[str, Reader] = {
    "__main__.py": python.package_main,
    "app.yaml": platforms.app_engine,
    "app.yml": platforms.app_engine,
    "asgi.py": python.server_module,
    "Cargo.toml": manifests_of.cargo,
    "composer.json": manifests_of.composer,
    "fly.toml": platforms.fly,
    "manage.py": python.manage,
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
MAIN_KINDS = {"Python": "guard"}
"""The kind of entry that a language's main is, `main` where none is named."""


def entry_points(tree: FileTree, manifests: Manifests, surface: Surface) -> tuple[EntryPoint, ...]:
    """Every entry point with where it stands, sorted. Those of tests, vendored and generated files are left out."""
    found = [*_read(tree, manifests), *_mains(surface)]
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
        if is_test(file.path) or verdict.vendored or verdict.generated:
            continue
        reader = READERS.get(file.name) or containers.reader_of(file.name)
        if reader is not None:
            yield from reader(tree, file, manifests)


def _mains(surface: Surface) -> Iterator[Entry]:
    for path, (language, line) in surface.mains.items():
        yield Entry(
            MAIN_KINDS.get(language, "main"),
            _name(path),
            path,
            line,
            f"{language} main" if language != "Python" else None,
        )


def _name(path: str) -> str:
    """What a program is called after: its file, or its folder when the file is called `main` or the like."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    return (
        folder.rpartition("/")[2]
        if stem in ("main", "__main__", "mod", "lib", "Main", "Program") and folder not in ("", "src")
        else stem
    )
