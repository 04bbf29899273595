"""Aliases that frameworks give, and those that configurations of bundlers write as literals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.resolve import paths

CONVENTIONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "nuxt.config": (("~~", (".",)), ("@@", (".",)), ("~", ("app", ".", "src")), ("@", ("app", ".", "src"))),
    "svelte.config": (("$lib", ("src/lib",)),),
    "vue.config": (("@", ("src",)),),
    "quasar.config": (("src", ("src",)), ("components", ("src/components",)), ("boot", ("src/boot",))),
    "docusaurus.config": (("@site", (".",)),),
}
"""What each framework's configuration file gives: alias, folders that it may mean."""
WRITERS = ("vite.config", "vitest.config", "webpack.config", "webpack.common", "rollup.config", "electron.vite.config",
           "vue.config", "craco.config", "rspack.config", "rsbuild.config", "nuxt.config", "svelte.config", "astro.config",
           "babel.config", "jest.config", ".babelrc")  # fmt: skip
"""Configuration files that can write aliases of their own."""
MAX_TEXT = 50_000
ENDINGS = (".ts", ".js", ".mjs", ".cjs", ".mts", ".cts", "")
_NAME = r"""['"]?(?P<alias>[@~#$\w][\w@~#$/.-]{0,80}|[@~#$])['"]?"""
_FOLDER = r"""(?:(?:path\.)?(?:resolve|join)\(\s*(?:__dirname|import\.meta\.dirname|process\.cwd\(\)|dirname)\s*,\s*|fileURLToPath\(\s*new URL\(\s*)?['"](?P<folder>\.{0,2}/?[\w@./-]*)['"]"""
PAIR = re.compile(rf"{_NAME}\s*:\s*{_FOLDER}")
FOUND = re.compile(rf"find\s*:\s*['\"](?P<alias>[^'\"]+)['\"]\s*,\s*replacement\s*:\s*{_FOLDER}")
BLOCK = re.compile(r"\balias\s*[:=]\s*(?P<block>[{\[].{0,5000}?[}\]](?=\s*(?:[,}\n]|$)))", re.DOTALL)


class BundlerAliases:
    """The aliases that hold in a folder, by the nearest configurations above it."""

    def __init__(self, tree: FileTree) -> None:
        self._tree = tree
        self._rows: dict[str, tuple[tuple[str, str], ...]] = {}

    def candidates(self, folder: str, specifier: str) -> Iterator[str]:
        """Paths that an alias gives for a specifier, the nearest configuration's first."""
        for above in paths.ancestors(folder):
            for alias, target in self._of(above):
                if specifier == alias or specifier.startswith(alias + "/"):
                    yield paths.join(target, specifier[len(alias) + 1 :]) or target

    def _of(self, folder: str) -> tuple[tuple[str, str], ...]:
        """Alias and folder it means, the longest alias first."""
        if folder not in self._rows:
            rows = [*self._written(folder), *self._conventional(folder)]
            self._rows[folder] = tuple(sorted(rows, key=lambda row: -len(row[0])))
        return self._rows[folder]

    def _conventional(self, folder: str) -> Iterator[tuple[str, str]]:
        for name, rows in CONVENTIONS.items():
            if any(True for _ in self._files(folder, name)):
                for alias, targets in rows:
                    yield from ((alias, path) for target in targets if (path := paths.join(folder, target)))

    def _written(self, folder: str) -> Iterator[tuple[str, str]]:
        for name in WRITERS:
            for path in self._files(folder, name):
                text = (self._tree.text(path) or "")[:MAX_TEXT]
                for block in BLOCK.finditer(text):
                    for pattern in (PAIR, FOUND):
                        for row in pattern.finditer(block["block"]):
                            target = paths.join(folder, row["folder"].lstrip("/"))
                            if target is not None:
                                yield row["alias"].removesuffix("/"), target

    def _files(self, folder: str, name: str) -> Iterator[str]:
        paths_ = (f"{name}{ending}" if folder == "." else f"{folder}/{name}{ending}" for ending in ENDINGS)
        return (path for path in paths_ if path in self._tree)
