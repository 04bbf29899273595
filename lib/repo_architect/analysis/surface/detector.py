"""The detector of a program's surface: what it reads from its environment, where it starts, what it offers."""

from __future__ import annotations

import re

from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.surface.exports import PUBLIC, Exported, exported
from repo_architect.analysis.surface.far_helpers import FarHelpers
from repo_architect.analysis.surface.reads import STYLES, Read, reads, set_by_build
from repo_architect.analysis.surface.settings import SettingsClass, settings_classes
from repo_architect.analysis.syntax import ParsedFile

MAINS: dict[str, re.Pattern[bytes]] = {
    "C": re.compile(rb"^(?:int|void)\s+main\s*\(", re.MULTILINE),
    "C++": re.compile(rb"^(?:int|void)\s+main\s*\(", re.MULTILINE),
    "C#": re.compile(
        rb"^[ \t]*(?:(?:public|private|internal)\s+)?static\s+(?:async\s+)?(?:void|int|Task(?:<int>)?)\s+Main\s*\(",
        re.MULTILINE,
    ),
    "Go": re.compile(rb"^func\s+main\s*\(\s*\)", re.MULTILINE),
    "Java": re.compile(rb"^[ \t]*public\s+static\s+void\s+main\s*\(", re.MULTILINE),
    "Kotlin": re.compile(rb"^(?:suspend\s+)?fun\s+main\s*\(", re.MULTILINE),
    "Python": re.compile(rb"^if\s+__name__\s*==\s*[\"']__main__[\"']", re.MULTILINE),
}
"""Where a program of each language begins; Rust's programs are those that its manifests name."""
_STATEMENTS = re.compile(
    rb"^(?:var |await |return |using var |Console\.|WebApplication\.|Host\.|new |[A-Z]\w*\.[A-Z])",
    re.MULTILINE,
)
"""A statement outside of any class, as a C# program may begin with."""
_GO_MAIN = re.compile(rb"^package\s+main\b", re.MULTILINE)


class Surface:
    """Facts by path: reads of the environment, settings classes, lines of main, exported names."""

    languages = frozenset(STYLES) | frozenset(PUBLIC) | frozenset(MAINS)

    def __init__(self) -> None:
        self.reads: dict[str, tuple[Read, ...]] = {}
        self.helpers = FarHelpers()
        self.settings: list[SettingsClass] = []
        self.mains: dict[str, tuple[str, int]] = {}
        self.exported: dict[str, Exported] = {}
        self.made: set[str] = set()
        """Names that the build puts in the program: no environment has to hold them."""

    def see(self, file: ParsedFile) -> None:
        if is_test(file.path):
            return
        found = tuple(reads(file))
        if found:
            self.reads[file.path] = found
        self.helpers.see(file.path, file.language, file.source)
        self.made.update(set_by_build(file.path, file.language, file.source))
        if file.language == "Python":
            self.settings.extend(settings_classes(file))
        self._main(file)
        offered = exported(file)
        if offered is not None:
            self.exported[file.path] = offered

    def _main(self, file: ParsedFile) -> None:
        pattern = MAINS.get(file.language)
        hit = pattern.search(file.source) if pattern is not None else None
        if hit is None and file.path.rpartition("/")[2] == "Program.cs":
            hit = _STATEMENTS.search(file.source)
        if hit is None or (file.language == "Go" and _GO_MAIN.search(file.source) is None):
            return
        start = hit.start() + len(hit.group()) - len(hit.group().lstrip())
        self.mains[file.path] = (file.language, file.source.count(b"\n", 0, start) + 1)
