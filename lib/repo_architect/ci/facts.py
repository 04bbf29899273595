"""Questions that the planners ask of repo_shape.json, for one component."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repo_architect.ci.safe import is_plain
from repo_architect.contracts import Evidence, RepoShape
from repo_architect.contracts.repo_shape import Command, Component, Dependency, Found, Runtime


@dataclass(frozen=True)
class Facts:
    """What is known of a component: its own facts first, then those of the whole repository."""

    shape: RepoShape
    component: Component

    @property
    def folder(self) -> str:
        return self.component.path

    def at(self, name: str) -> str:
        """The path of a file in the component's folder."""
        return name if self.folder == "." else f"{self.folder}/{name}"

    def here(self, owner: str | None) -> bool:
        return owner in (self.component.id, None)

    def found(self, items: Iterable[Found], *names: str) -> Found | None:
        """The first tool with one of these names that belongs here."""
        wanted = {name.lower() for name in names}
        return next(
            (item for item in items if item.name.lower() in wanted and self.here(item.component)), None
        )

    def dependency(self, *names: str) -> Dependency | None:
        """The first dependency declared here with one of these names."""
        return next(
            (
                item
                for item in self.shape.dependencies
                if item.name.lower() in names and item.component == self.component.id and item.manifest
            ),
            None,
        )

    def declared_in(self, ecosystem: str) -> Iterator[str]:
        """The manifests of an ecosystem that belong here, sorted."""
        yield from sorted(
            {
                item.manifest
                for item in self.shape.dependencies
                if item.manifest and item.ecosystem == ecosystem and item.component == self.component.id
            }
        )

    def lock(self, *names: str) -> str | None:
        """The path of the nearest lock file with one of these names: in the component's folder, or above it."""
        paths = {lock.path for lock in self.shape.lock_files}
        folder = self.folder
        while True:
            for name in names:
                path = name if folder == "." else f"{folder}/{name}"
                if path in paths:
                    return path
            if folder == ".":
                return None
            folder = folder.rpartition("/")[0] or "."

    def commands(self, purpose: str) -> list[Command]:
        """The commands named for a purpose that belong here and may stand in a workflow."""
        return [
            command
            for command in self.shape.commands
            if command.purpose == purpose
            and command.component in (self.component.id, None)
            and command.directory == self.folder
            and is_plain(command.command)
        ]

    def runtime(self, name: str) -> Runtime | None:
        """What the component says of a runtime, else what the repository says."""
        same = [item for item in self.shape.runtimes if item.name.lower() == name]
        own = [item for item in same if item.component == self.component.id]
        return next(iter(own or [item for item in same if item.component is None]), None)

    def runtimes(self, name: str) -> list[Runtime]:
        """All that is said of a runtime here, the component's own first."""
        same = [
            item for item in self.shape.runtimes if item.name.lower() == name and self.here(item.component)
        ]
        return sorted(same, key=lambda item: item.component is None)

    def tested_versions(self, runtime: str) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
        """The versions on which the CI that exists runs, with where it says so; those of jobs that test count first."""
        found: dict[str, Evidence] = {}
        for workflow in self.shape.workflows:
            for job in workflow.jobs:
                if re.search(r"publish|release|deploy|docs|windows|nightly", job.name, re.IGNORECASE):
                    continue
                for version in job.versions.get(runtime, ()):
                    found.setdefault(version, Evidence(path=workflow.path, line=job.line))
        return tuple(found), tuple(dict.fromkeys(found.values()))
