"""What the detectors of the stack look at: manifests, and files by name, each parsed at most once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import cached_property
from itertools import chain
from typing import Protocol

from repo_architect.analysis import located
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.files.vendored import VENDORED
from repo_architect.analysis.located import Located, Malformed
from repo_architect.analysis.manifests import folders
from repo_architect.contracts.repo_shape import Component, Dependency, LockFile

NOT_OWN = VENDORED | folders.FIXTURES | {"cassettes", "scaffold", "boilerplate"}
"""Folders whose files tell of something other than the project."""


LOCKS = frozenset(
    {"pnpm-lock.yaml", "package-lock.json", "composer.lock", "conda-lock.yml", "pubspec.lock", "Podfile.lock"}
)
"""Large files that no pattern with a star is about."""


class Manifests(Protocol):
    """What is needed of the manifests' report."""

    @property
    def components(self) -> tuple[Component, ...]: ...
    @property
    def dependencies(self) -> tuple[Dependency, ...]: ...
    @property
    def lock_files(self) -> tuple[LockFile, ...]: ...
    def component_of(self, path: str) -> str | None: ...
    def document(self, path: str) -> Located | None: ...


class Sources:
    """Files by pattern, documents and texts by path; malformed ones are noted and are None."""

    def __init__(self, tree: FileTree, manifests: Manifests) -> None:
        self.tree = tree
        self.manifests = manifests
        self._documents: dict[str, Located | None] = {}
        self._matched: dict[str, tuple[str, ...]] = {}
        self._kinds = {component.id: component.kind for component in manifests.components}
        self._paths = {component.id: component.path for component in manifests.components}
        self._at = {component.path: component.id for component in manifests.components}
        self._owners: dict[str | None, tuple[str | None, ...]] = {}

    def component(self, path: str) -> str | None:
        """The id of the component that owns a path, None for the repository as a whole."""
        return self.manifests.component_of(path)

    def kind_of(self, component: str | None) -> str:
        """The kind of a component, `unknown` for the repository as a whole."""
        return self._kinds.get(component or "", "unknown")

    def folder_of(self, component: str | None) -> str:
        """The folder of a component, `.` for the root."""
        return self._paths.get(component or "", ".")

    def owners(self, component: str | None) -> tuple[str | None, ...]:
        """A component, those whose folders hold it, the innermost first, and the whole repository."""
        if component not in self._owners:
            self._owners[component] = self._owning(component)
        return self._owners[component]

    def _owning(self, component: str | None) -> tuple[str | None, ...]:
        folder = self.folder_of(component)
        above = [folder]
        while folder != ".":
            folder = folder.rpartition("/")[0] or "."
            above.append(folder)
        return (
            component,
            *(self._at[path] for path in above if self._at.get(path, component) != component),
            None,
        )

    def files(self, pattern: str) -> tuple[str, ...]:
        """Own paths that match: a name, or a path's tail, with `*`, `**/` and `{a,b}`; `/x` is only at a component's root."""
        if pattern not in self._matched:
            found = chain.from_iterable(map(self._match, expand(pattern)))
            self._matched[pattern] = tuple(sorted(set(found)))
        return self._matched[pattern]

    def document(self, path: str) -> Located | None:
        """A parsed manifest or configuration file, None when there is none or it is malformed."""
        if path not in self._documents:
            known = self.manifests.document(path)
            self._documents[path] = known if known is not None else self._parsed(path)
        return self._documents[path]

    def text(self, path: str) -> str | None:
        return self.tree.text(path)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, the root in any case."""
        return frozenset({".", *(file.folder for file in self.tree.files)})

    def has_ending(self, endings: tuple[str, ...]) -> bool:
        """Whether an own file's name ends so."""
        return any(name.endswith(endings) for name in self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for file in self.tree.files:
            said = self.tree.said_vendored.get(file.path)
            if (is_own(file.path) and not said) or (said is False and not _is_fixture(file.path)):
                found[file.name].append(file.path)
        return found

    @cached_property
    def _names(self) -> str:
        return "\n".join(sorted(self._by_name))

    def _match(self, pattern: str) -> Iterator[str]:
        rooted = pattern.startswith("/")
        folder, _, name = pattern.lstrip("/").rpartition("/")
        tail = re.compile(rf"(?:^|/){_folder_expression(folder)}$") if folder else None
        for path in self._named(name):
            parent = path.rpartition("/")[0]
            if rooted and not self._is_root(parent, folder):
                continue
            if tail is None or tail.search(parent):
                yield path

    def _named(self, name: str) -> Iterator[str]:
        if not _is_glob(name):
            return iter(self._by_name.get(name, ()))
        expression = translate(name).removesuffix(r"\Z").removesuffix(r"\z")
        expression = expression.removeprefix("(?s:").removesuffix(")").replace(".*", r"[^\n]*")
        names = re.findall(rf"^{expression}$", self._names, re.MULTILINE)
        return chain.from_iterable(self._by_name[found] for found in names if found not in LOCKS)

    def _is_root(self, parent: str, folder: str) -> bool:
        above = parent.removesuffix(folder).rstrip("/") or "."
        return above == "." or above in self._paths.values()

    def _parsed(self, path: str) -> Located | None:
        reader = _reader(path)
        text = self.tree.text(path) if reader else None
        if reader is None or text is None:
            return None
        try:
            return reader(text)
        except Malformed as error:
            self.tree.notes.skip("malformed", str(error), path)
            return None


def is_own(path: str) -> bool:
    """Whether a path is the project's own and not a fixture, a template or a copy of another's."""
    return NOT_OWN.isdisjoint(path.split("/")[:-1])


def _is_fixture(path: str) -> bool:
    return not (NOT_OWN - VENDORED).isdisjoint(path.split("/")[:-1])


def expand(pattern: str) -> list[str]:
    """`a.{b,c}` as `a.b`, `a.c`."""
    match = re.search(r"\{([^{}]*)\}", pattern)
    if match is None:
        return [pattern]
    return [
        whole
        for option in match[1].split(",")
        for whole in expand(pattern[: match.start()] + option + pattern[match.end() :])
    ]


def _is_glob(name: str) -> bool:
    return any(sign in name for sign in "*?[")


def _folder_expression(folder: str) -> str:
    return re.escape(folder).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")


def _reader(path: str) -> Callable[[str], Located] | None:
    name = path.rpartition("/")[2]
    suffix = name.rpartition(".")[2].lower()
    if suffix in ("toml", "lock"):
        return located.toml
    if suffix in ("json", "jsonc", "json5"):
        return located.jsonc
    if suffix in ("yaml", "yml"):
        return located.yaml
    return located.toml if name == "Pipfile" else None
