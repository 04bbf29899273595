"""The detector of import statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.modules.languages import ROWS
from repo_architect.analysis.syntax import ParsedFile


@dataclass
class Imports:
    """Collects the import facts of each file it is shown: `files` by path."""

    embedded: ClassVar[bool] = True
    queries: ClassVar[dict[str, tuple[str, ...]]] = {language: row.queries for language, row in ROWS.items()}
    languages: frozenset[str] = frozenset(ROWS)
    files: dict[str, FileFacts] = field(default_factory=dict)

    def see(self, file: ParsedFile) -> None:
        """Keep the file's facts, in order of line."""
        facts = ROWS[file.language].facts(file)
        self.files[file.path] = facts._replace(language=file.host or file.language)

    def of(self, path: str) -> tuple[Import, ...]:
        """The imports of a file, none for a file that was not seen."""
        facts = self.files.get(path)
        return facts.imports if facts else ()
