"""`paths` and `baseUrl` of tsconfig.json and jsconfig.json, with `extends` and `references`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from repo_architect.analysis.located import Key, Located
from repo_architect.analysis.modules.resolve import paths
from repo_architect.analysis.modules.resolve.documents import Documents
from repo_architect.analysis.modules.resolve.node_packages import NodePackages

NAMES = ("tsconfig.json", "jsconfig.json")
MAX_CHAIN = 20


class Pattern(NamedTuple):
    """A key of `paths`: what stands before and after its `*`; None after for one without."""

    prefix: str
    suffix: str | None

    def fill(self, specifier: str) -> str | None:
        """What the star stands for in a specifier, None where the pattern is another's."""
        if self.suffix is None:
            return "" if specifier == self.prefix else None
        long_enough = len(specifier) >= len(self.prefix) + len(self.suffix)
        if long_enough and specifier.startswith(self.prefix) and specifier.endswith(self.suffix):
            return specifier[len(self.prefix) : len(specifier) - len(self.suffix)]
        return None


Patterns = tuple[tuple[Pattern, tuple[str, ...]], ...]


class Aliases(NamedTuple):
    """Patterns with their targets, the best first, and the base folder for bare names (None: none)."""

    patterns: Patterns = ()
    base: str | None = None


class TsConfigs:
    """The aliases that hold in a folder: those of the nearest configuration above it."""

    def __init__(self, documents: Documents, packages: NodePackages) -> None:
        self._documents = documents
        self._packages = packages
        self._of: dict[str, Aliases] = {}

    def candidates(self, folder: str, specifier: str) -> Iterator[str]:
        """Paths that the aliases give for a specifier, best first."""
        aliases = self._aliases(folder)
        for pattern, targets in aliases.patterns:
            star = pattern.fill(specifier)
            if star is not None:
                yield from (target.replace("*", star, 1) for target in targets)
                break
        if aliases.base is not None:
            yield paths.join(aliases.base, specifier) or "."

    def _aliases(self, folder: str) -> Aliases:
        if folder not in self._of:
            config = next((path for name in NAMES if (path := _in(folder, name)) in self._documents), None)
            if config is not None:
                self._of[folder] = self._read(config)
            else:
                self._of[folder] = Aliases() if folder == "." else self._aliases(paths.parent(folder))
        return self._of[folder]

    def _read(self, config: str) -> Aliases:
        """Own and inherited aliases; of a configuration that only refers to others, theirs."""
        own = self._chain(config)
        if own.patterns or own.base is not None:
            return own
        document = self._documents.get(config)
        for reference in document.elements("references") if document is not None else ():
            path = paths.join(paths.parent(config), reference.text("path") or "")
            if path is not None and path.endswith(".json") and path in self._documents:
                referred = self._chain(path)
                if referred.patterns or referred.base is not None:
                    return referred
        return own

    def _chain(self, config: str) -> Aliases:
        """`paths` and `baseUrl` from the first in the chain of `extends` that has each."""
        patterns: Patterns = ()
        base: str | None = None
        pending, seen = [config], set[str]()
        while pending and len(seen) < MAX_CHAIN:
            path = pending.pop(0)
            document = self._documents.get(path)
            if path in seen or document is None:
                continue
            seen.add(path)
            folder = paths.parent(path)
            base_url = document.text("compilerOptions", "baseUrl")
            if base_url is not None and base is None:
                base = paths.join(folder, base_url)
            if not patterns:
                origin = (paths.join(folder, base_url) if base_url is not None else None) or base or folder
                patterns = _patterns(document.items("compilerOptions", "paths"), origin)
            pending.extend(self._extended(folder, document))
        return Aliases(patterns, base)

    def _extended(self, folder: str, document: Located) -> Iterator[str]:
        """Files that a configuration extends; a later one of a list counts more."""
        written = document.at("extends")
        values = (
            [written]
            if written is not None and isinstance(written.value, str)
            else document.elements("extends")
        )
        for value in reversed([value.value for value in values if isinstance(value.value, str)]):
            bases = (
                [paths.join(folder, value) or value]
                if value.startswith(".")
                else self._packages.folder_of(value)
            )
            options = [path for base in bases for path in (base, f"{base}.json", f"{base}/tsconfig.json")]
            yield from [path for path in options if path in self._documents][:1]


def _in(folder: str, name: str) -> str:
    return paths.join(folder, name) or name


def _patterns(items: Iterator[tuple[Key, Located]], origin: str) -> Patterns:
    """Exact keys first, then the longest before the star, as tsc chooses."""
    found: list[tuple[Pattern, tuple[str, ...]]] = []
    for key, targets in items:
        prefix, star, suffix = key.partition("*")
        written = [target.value for target in targets.elements() if isinstance(target.value, str)]
        joined = tuple(path for text in written if (path := paths.join(origin, text)) is not None)
        found.append((Pattern(prefix, suffix if star else None), joined))
    return tuple(
        sorted(found, key=lambda row: (row[0].suffix is not None, -len(row[0].prefix), row[0].prefix))
    )
