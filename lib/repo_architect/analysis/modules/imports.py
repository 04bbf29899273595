"""The detector of import statements."""

from __future__ import annotations

from dataclasses import dataclass, field

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.modules.extract import single_file
from repo_architect.analysis.modules.facts import FileFacts, Import
from repo_architect.analysis.modules.languages import EXTRACTORS
from repo_architect.analysis.syntax import ParsedFile


@dataclass
class Imports:
    """Collects the imports of each file it is shown: `files` by path."""

    languages: frozenset[str] = frozenset(EXTRACTORS)
    files: dict[str, FileFacts] = field(default_factory=dict)

    def see(self, file: ParsedFile) -> None:
        """Keep the file's import facts, in order of line."""
        found = sorted(set(EXTRACTORS[file.language](file)))
        self.files[file.path] = FileFacts(file.language, line_count(file.source), tuple(found))

    def read_components(self, tree: FileTree) -> None:
        """Keep the facts of single-file components, which no grammar of ours parses whole."""
        for file in tree.own(tree.files):
            language = tree.verdict(file.path).language
            if language in single_file.LANGUAGES and language is not None and file.path not in self.files:
                found = sorted(set(single_file.imports(tree, file.path, language)))
                lines = line_count(tree.bytes(file.path) or b"")
                self.files[file.path] = FileFacts(language, lines, tuple(found))

    def of(self, path: str) -> tuple[Import, ...]:
        """The imports of a file, none for a file that was not seen."""
        facts = self.files.get(path)
        return facts.imports if facts else ()


def line_count(source: bytes) -> int:
    """Lines of a source, the last one counted whether or not it ends."""
    return source.count(b"\n") + (not source.endswith(b"\n") and bool(source))
