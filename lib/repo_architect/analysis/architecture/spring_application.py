"""A Spring application: its part, folder, settings, annotations and libraries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from repo_architect.analysis.architecture.facts import Annotation, Setting
from repo_architect.analysis.architecture.graph import Part
from repo_architect.analysis.architecture.jvm_builds import Artifacts
from repo_architect.contracts import Evidence

PLACEHOLDER = re.compile(r"[$#]\{([\w.\-\[\]]+)(?::((?:[^{}]|\$\{[^{}]*\})*))?\}")


@dataclass
class Application:
    """A Spring application. `settings` are those of its environment first, then its own, then what the configuration server has for it."""

    part: Part
    folder: str
    settings: list[Setting] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    artifacts: Artifacts = field(default_factory=dict)
    pieces: tuple[str, ...] = ()
    """Folders of the repository's libraries that it is built with."""

    def local(self, *keys: str) -> list[Setting]:
        return [setting for setting in self.settings if setting.key in keys]

    def has(self, name: str) -> bool:
        return any(note.name == name for note in self.annotations)

    def named(self, pattern: re.Pattern[str]) -> list[Evidence]:
        """The lines of its own build that name a library."""
        inside = "" if self.folder == "." else f"{self.folder}/"
        return [
            line
            for name, line in self.artifacts.items()
            if pattern.search(name) and line.path.startswith(inside)
        ]

    def resolve(self, value: str) -> str:
        """The value with placeholders replaced by this application's settings, else by their defaults."""
        for _ in range(4):
            value = PLACEHOLDER.sub(self._replace, value)[:2000]
        return value

    def _replace(self, match: re.Match[str]) -> str:
        own = self.local(match[1])
        return own[0].value if own else (match[2] if match[2] is not None else "")

    def lines(self, setting: Setting) -> list[Evidence]:
        """The line of a setting, and those that give its placeholders their values."""
        named = [self.local(match[1])[:1] for match in PLACEHOLDER.finditer(setting.value)]
        return [*setting.lines, *(other.evidence for found in named for other in found)]
