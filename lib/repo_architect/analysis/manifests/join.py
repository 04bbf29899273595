"""Declared and locked, joined: each dependency with its component, its locked version and its package URL."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.analysis.limits import Notes
from repo_architect.analysis.manifests import naming, versions
from repo_architect.analysis.manifests.components import Layout
from repo_architect.analysis.manifests.model import Declared, Locked
from repo_architect.analysis.manifests.report import Reading
from repo_architect.contracts.repo_shape import Dependency

MAX_INDIRECT = 10_000
"""Packages that only locks name, at most: more would crowd out the rest of the artifact."""


class Lock:
    """A lock file's packages by normalised name; it keeps which of them a declaration claimed."""

    def __init__(self, reading: Reading) -> None:
        self.path = reading.path
        self.folder = reading.folder
        self.standing = reading.standing
        self.ecosystem = reading.format.ecosystem
        self.ecosystems = {
            self.ecosystem,
            *(package.ecosystem or self.ecosystem for package in reading.locked),
        }
        self.packages = reading.locked
        self.claimed: set[tuple[str, str | None]] = set()
        self._by_name: dict[str, list[Locked]] = defaultdict(list)
        for package in reading.locked:
            self._by_name[naming.normalise(package.ecosystem or self.ecosystem, package.name)].append(package)

    def covers(self, reading: Reading, ecosystem: str) -> bool:
        """Whether it can hold what the manifest asks for: a hook's or a workflow's packages are locked by none."""
        return self.ecosystem == reading.format.ecosystem and ecosystem in self.ecosystems

    def answer(self, declared: Declared, ecosystem: str, folder: str) -> Locked | None:
        """The package that answers a requirement made in `folder`; None where it is not told which does."""
        candidates = self._by_name.get(naming.normalise(ecosystem, declared.name), [])
        owner = posixpath.relpath(folder, self.folder)
        chosen = versions.choose(candidates, declared.requirement, owner, ecosystem)
        if chosen:
            self.claimed.add((naming.normalise(ecosystem, chosen.name), chosen.version))
        return chosen


def dependencies(readings: list[Reading], layout: Layout, notes: Notes) -> tuple[Dependency, ...]:
    """Every declared dependency, then what only lock files name, sorted."""
    locks: dict[str, list[Lock]] = defaultdict(list)
    for reading in readings:
        if reading.locked:
            locks[reading.folder].append(Lock(reading))
    join = _Join(layout, locks, _own_names(readings))
    direct = [join.direct(reading, declared) for reading in readings for declared in reading.declared]
    indirect = list(join.indirect())
    if len(indirect) > MAX_INDIRECT:
        extra = len(indirect) - MAX_INDIRECT
        notes.skip("too_many", f"more than {MAX_INDIRECT} packages that only locks name", count=extra)
        del indirect[MAX_INDIRECT:]
    return tuple(sorted([*direct, *indirect], key=_order))


def _order(found: Dependency) -> tuple[bool, str, int, str, str]:
    return (
        found.manifest is None,
        found.manifest or found.lock or "",
        found.line or found.lock_line or 0,
        found.name,
        found.scope,
    )


def _own_names(readings: list[Reading]) -> set[tuple[str, str]]:
    return {
        (reading.format.ecosystem, naming.normalise(reading.format.ecosystem, reading.identity.name))
        for reading in readings
        if reading.identity and reading.identity.name and reading.standing in ("own", "test", "documentation")
    }


@dataclass(frozen=True)
class _Join:
    layout: Layout
    locks: dict[str, list[Lock]]
    internal: set[tuple[str, str]]

    def direct(self, reading: Reading, declared: Declared) -> Dependency:
        ecosystem = declared.ecosystem or reading.format.ecosystem
        place = posixpath.normpath(f"{reading.folder}/{declared.folder}") if declared.folder else reading.path
        component = self.layout.component_of(place)
        lock, locked = self._locked(reading, declared, ecosystem, component)
        resolved = locked.version if locked else versions.pinned(declared.requirement, ecosystem)
        return Dependency(
            name=declared.name,
            ecosystem=ecosystem,
            purl=naming.purl(ecosystem, declared.name, resolved),
            requirement=declared.requirement,
            resolved=resolved,
            scope=declared.scope,
            direct=declared.direct,
            component=component,
            manifest=reading.path,
            line=declared.line,
            lock=lock.path if lock and locked else None,
            lock_line=locked.line if locked else None,
            group=declared.group,
            internal=declared.local
            or (ecosystem, naming.normalise(ecosystem, declared.name)) in self.internal,
        )

    def _locked(
        self, reading: Reading, declared: Declared, ecosystem: str, component: str | None
    ) -> tuple[Lock | None, Locked | None]:
        """The nearest lock that covers the manifest: beside it, in its component's folder, at its workspace's head."""
        places = (reading.folder, component, self.layout.workspaces.get(component or ""))
        for place in dict.fromkeys(places):
            for lock in self.locks.get(place or "", ()):
                locked = (
                    lock.answer(declared, ecosystem, reading.folder)
                    if lock.covers(reading, ecosystem)
                    else None
                )
                if locked:
                    return lock, locked
        return None, None

    def indirect(self) -> Iterator[Dependency]:
        for lock in (lock for locks in self.locks.values() for lock in locks if lock.standing != "example"):
            seen = set(lock.claimed)
            for package in lock.packages:
                ecosystem = package.ecosystem or lock.ecosystem
                key = (naming.normalise(ecosystem, package.name), package.version)
                if key not in seen and not package.local and (ecosystem, key[0]) not in self.internal:
                    seen.add(key)
                    yield self._from_lock(lock, package, ecosystem)

    def _from_lock(self, lock: Lock, package: Locked, ecosystem: str) -> Dependency:
        return Dependency(
            name=package.name,
            ecosystem=ecosystem,
            purl=naming.purl(ecosystem, package.name, package.version),
            requirement=None,
            resolved=package.version,
            scope=package.scope,
            direct=False,
            component=self.layout.component_of(lock.path),
            manifest=None,
            line=None,
            lock=lock.path,
            lock_line=package.line,
        )
