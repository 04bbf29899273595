"""Which classes of the repository's libraries the code of a JVM application reaches, by its imports; and which settings it reads by name."""

from __future__ import annotations

import re
from collections import defaultdict

from repo_architect.analysis.syntax import ParsedFile
from repo_architect.contracts import Evidence

_IMPORT = re.compile(rb"^[ \t]*import\s+([\w.]+)", re.MULTILINE)
_OUTSIDE = (b"java.", b"javax.", b"jakarta.", b"kotlin", b"lombok", b"org.springframework.", b"org.slf4j", b"org.apache.", b"com.fasterxml.", b"com.google.",
            b"io.swagger", b"org.junit")  # fmt: skip
_MAIN = re.compile(r"(?:^|/)src/main/(?:java|kotlin)/(.+)\.(?:java|kt)$")
_PLACEHOLDER = re.compile(rb"[$#]\{([\w.\-]+)[^\"\n]*\"")


class Reach:
    """Seen by the one scan of the sources."""

    def __init__(self) -> None:
        self._imports: dict[str, list[tuple[str, int]]] = {}
        self._by_class: dict[str, str] = {}
        self._placeholders: dict[str, list[Evidence]] = defaultdict(list)

    def see(self, file: ParsedFile) -> None:
        own = _MAIN.search(file.path)
        if own is None:
            return
        self._by_class.setdefault(own[1].replace("/", "."), file.path)
        self._imports[file.path] = [
            (match[1].decode(), file.source.count(b"\n", 0, match.start(1)) + 1)
            for match in _IMPORT.finditer(file.source)
            if not match[1].startswith(_OUTSIDE)
        ]
        for match in _PLACEHOLDER.finditer(file.source):
            line = file.source.count(b"\n", 0, match.start()) + 1
            self._placeholders[match[1].decode()].append(Evidence(path=file.path, line=line))

    def reached(self, running: set[str]) -> dict[str, dict[str, Evidence]]:
        """For each of the running folders, the files outside all of them that its code reaches, with its own line that begins the way."""
        holders = {path: _holder(path, running) for path in self._imports}
        own: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._imports):
            own[holders[path] or ""].append(path)
        return {folder: self._followed(own[folder], holders) for folder in running}

    def _followed(self, paths: list[str], holders: dict[str, str | None]) -> dict[str, Evidence]:
        found: dict[str, Evidence] = {}
        waiting: list[tuple[str, Evidence | None]] = [(path, None) for path in paths]
        while waiting:
            path, way = waiting.pop()
            for name, line in self._imports[path]:
                target = self._by_class.get(name)
                if target and target not in found and holders[target] is None:
                    found[target] = way or Evidence(path=path, line=line)
                    waiting.append((target, found[target]))
        return found

    def reads(self, key: str, folder: str) -> list[Evidence]:
        """The lines of a folder's code that name a setting."""
        start = "" if folder == "." else f"{folder}/"
        return [line for line in self._placeholders.get(key, ()) if line.path.startswith(start)][:1]


def _holder(path: str, folders: set[str]) -> str | None:
    """The innermost of some folders that holds a file."""
    holding = [folder for folder in folders if folder == "." or path.startswith(f"{folder}/")]
    return max(holding, key=len, default=None)
