"""package.json: names of sibling packages, `exports`, `imports` and entry points, told as paths of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located
from repo_architect.analysis.modules.resolve import paths
from repo_architect.analysis.modules.resolve.documents import EMPTY, Documents

BUILT = re.compile(
    r"^(\./)?(dist|lib|build|out|es|esm|cjs|_esm|\.output)(/(esm|cjs|es|mjs|types|src|node|browser))?/"
)
BUILT_EXTENSION = re.compile(r"(\.global|\.prod|\.min|\.esm|\.cjs)?(\.d)?\.[cm]?[jt]sx?$")
SOURCES = ("src/", "", "lib/", "source/")
MAIN_FIELDS = ("source", "module", "main", "types", "typings", "browser")
LOCAL = ("workspace:", "file:", "link:", "portal:")
TABLES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
MAX_DEPTH = 10


class NodePackages:
    """The repository's own npm packages, by name and by folder."""

    def __init__(self, tree: FileTree, documents: Documents) -> None:
        self._documents = documents
        self._folders = [
            f.folder for f in tree.named("package.json") if "node_modules" not in f.path.split("/")
        ]
        self._workspaces = self._read_workspaces(tree)

    def candidates(self, folder: str, specifier: str) -> Iterator[str]:
        """Paths that a bare specifier can mean, best first."""
        owner = self._owner(folder)
        if specifier.startswith("#"):
            yield from self._mapped(owner, self._package(owner).at("imports"), specifier)
            return
        scope = 2 if specifier.startswith("@") else 1
        name, rest = "/".join(specifier.split("/")[:scope]), "/".join(specifier.split("/")[scope:])
        for target in self._named(owner, name):
            yield from self._inside(target, rest)

    def mains(self, folder: str) -> Iterator[str]:
        """Paths of a package's main module, told by its package.json; nothing for a plain folder."""
        if folder in self._known:
            package = self._package(folder)
            for field in MAIN_FIELDS:
                written = package.text(field)
                if written is not None:
                    yield from self._sources(folder, written)

    def folder_of(self, specifier: str) -> Iterator[str]:
        """Paths below a package named by a specifier that leads to no module, such as a shared configuration."""
        scope = 2 if specifier.startswith("@") else 1
        name, rest = "/".join(specifier.split("/")[:scope]), "/".join(specifier.split("/")[scope:])
        for folder in self._by_name.get(name, ()):
            yield paths.join(folder, rest) or folder

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._folders)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for folder in self._folders:
            name = self._package(folder).text("name")
            if name:
                named.setdefault(name, []).append(folder)
        return named

    def _package(self, folder: str) -> Located:
        return self._documents.get(paths.join(folder, "package.json") or "package.json") or EMPTY

    def _owner(self, folder: str) -> str:
        return next((above for above in paths.ancestors(folder) if above in self._known), ".")

    def _named(self, owner: str, name: str) -> list[str]:
        """Folders of the package that `owner` gets by this name: itself, what it links, or its workspace's member."""
        found = self._by_name.get(name, [])
        if owner in found:
            return [owner]
        requirement = next(
            (text for table in TABLES if (text := self._package(owner).text(table, name))), None
        )
        local = requirement is not None and requirement.startswith(LOCAL)
        linked = paths.join(owner, requirement.partition(":")[2]) if local and requirement else None
        if linked in self._known and linked is not None:
            return [linked]
        member = owner in self._members or owner in self._workspaces
        if not (local or member or requirement is None):
            return []
        own = [folder for folder in found if folder in self._members or local]
        own = [folder for folder in own if self._same_workspace(owner, folder)] or (own if local else [])
        return sorted(own, key=lambda folder: (-paths.shared(folder, owner), folder))

    def _same_workspace(self, owner: str, folder: str) -> bool:
        head = self._members.get(folder)
        return head is not None and paths.below(owner, head)

    def _inside(self, folder: str, rest: str) -> Iterator[str]:
        package = self._package(folder)
        exports = package.at("exports")
        if exports is not None:
            keyed = isinstance(exports.value, dict) and any(key.startswith(".") for key in exports.value)
            if keyed:
                yield from self._mapped(folder, exports, f"./{rest}" if rest else ".")
            elif not rest:
                yield from (path for text in _leaves(exports.plain()) for path in self._sources(folder, text))
        if rest:
            yield from self._sources(folder, rest)
        else:
            yield from self.mains(folder)
            yield from (paths.join(folder, f"{source}index") or folder for source in SOURCES)

    def _mapped(self, folder: str, table: Located | None, wanted: str) -> Iterator[str]:
        """What a table of `exports` or `imports` gives for a key; longest pattern first."""
        rows = sorted(
            table.items() if table is not None else (), key=lambda row: -len(row[0].partition("*")[0])
        )
        for key, value in rows:
            prefix, star, suffix = key.partition("*")
            matched = wanted.startswith(prefix) and wanted.endswith(suffix) if star else wanted == key
            if matched and len(wanted) >= len(prefix) + len(suffix):
                filled = wanted[len(prefix) : len(wanted) - len(suffix)] if star else ""
                for text in _leaves(value.plain()):
                    yield from self._sources(folder, text.replace("*", filled))
                return

    @staticmethod
    def _sources(folder: str, written: str) -> Iterator[str]:
        """The path as written, then where the source of a built file usually stands."""
        plain = paths.join(folder, written)
        if plain is not None:
            yield plain
        built = BUILT.match(written)
        if built:
            bare = BUILT_EXTENSION.sub("", written[built.end() :])
            for source in SOURCES:
                path = paths.join(folder, f"{source}{bare}")
                if path is not None:
                    yield path

    def _read_workspaces(self, tree: FileTree) -> dict[str, tuple[str, ...]]:
        """Globs of members by the folder that heads the workspace."""
        found: dict[str, tuple[str, ...]] = {}
        for folder in self._folders:
            package = self._package(folder)
            field = package.at("workspaces", "packages") or package.at("workspaces")
            globs = [item.value for item in field.elements() if isinstance(item.value, str)] if field else []
            if globs:
                found[folder] = tuple(globs)
        for file in tree.named("pnpm-workspace.yaml", "lerna.json"):
            document = self._documents.get(file.path) or EMPTY
            globs = [item.value for item in document.elements("packages") if isinstance(item.value, str)]
            if globs and file.folder not in found:
                found[file.folder] = tuple(globs)
        return found

    @cached_property
    def _members(self) -> dict[str, str]:
        """Members of workspaces: folder to the head's folder."""
        members: dict[str, str] = {}
        for head, globs in sorted(self._workspaces.items()):
            members[head] = head
            for folder in self._folders:
                relative = folder if head == "." else folder.removeprefix(head + "/")
                if paths.below(folder, head) and _matched(relative, globs):
                    members[folder] = head
        return members


def _matched(path: str, globs: tuple[str, ...]) -> bool:
    """Whether globs name the path; `!` takes away, `*` stays within a folder, `**` does not."""
    wanted = False
    for glob in globs:
        pattern = glob.removeprefix("!").removeprefix("./").rstrip("/")
        if _glob(path.split("/"), pattern.split("/")):
            wanted = not glob.startswith("!")
    return wanted


def _glob(parts: list[str], pattern: list[str]) -> bool:
    states = {0}
    for part in parts:
        following: set[int] = set()
        for state in states | {s + 1 for s in states if s < len(pattern) and pattern[s] == "**"}:
            if state < len(pattern) and pattern[state] == "**":
                following.add(state)
            elif state < len(pattern) and fnmatchcase(part, pattern[state]):
                following.add(state + 1)
        states = following
    return any(all(piece == "**" for piece in pattern[state:]) for state in states)


def _leaves(value: Any, depth: int = 0) -> Iterator[str]:
    """Paths of a value of `exports`, in the order written."""
    if isinstance(value, str):
        yield value
    elif depth < MAX_DEPTH:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for item in inner:
            yield from _leaves(item, depth + 1)
