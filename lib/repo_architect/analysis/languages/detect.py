"""Tell the language of every file, and what is not the project's own; then count."""

from __future__ import annotations

from dataclasses import dataclass, field

from repo_architect.analysis.files import FileTree, SourceFile, Verdict
from repo_architect.analysis.files.tree import decode
from repo_architect.analysis.languages import attributes, generated, lines, notebooks, paths
from repo_architect.analysis.languages.attributes import Attributes, Value
from repo_architect.analysis.languages.strategies import by_name, language_of
from repo_architect.analysis.languages.table import table
from repo_architect.contracts.repo_shape import Language

CONSIDERED = 128 * 1024
"""How many bytes of a file tell its language."""
NOTEBOOK = "Jupyter Notebook"
NOT_TEXT = (
    ".7z", ".avif", ".bmp", ".br", ".bz2", ".class", ".dll", ".dylib", ".eot", ".exe", ".flac", ".gif", ".gz", ".icns", ".ico", ".jar",
    ".jpeg", ".jpg", ".mkv", ".mov", ".mp3", ".mp4", ".o", ".ogg", ".otf", ".pdf", ".png", ".pyc", ".so", ".tar", ".tgz", ".tif",
    ".tiff", ".ttf", ".wasm", ".wav", ".webm", ".webp", ".woff", ".woff2", ".xlsx", ".xz", ".zip", ".zst",
)  # fmt: skip
"""Endings of files that are never text, and are not opened to find that out."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_POINTER = b"version https://git-lfs.github.com/spec/v1\n"


@dataclass
class _Share:
    bytes: int = 0
    files: int = 0
    lines: int = 0
    code: int = 0
    comments: int = 0


@dataclass(frozen=True)
class LanguageReport:
    """Languages as GitHub shows them, the largest first. `by_file` maps what counted to the language it counted for."""

    languages: tuple[Language, ...]
    by_file: dict[str, str] = field(default_factory=dict)


def detect(tree: FileTree) -> LanguageReport:
    """Give every file of the tree a verdict, and count the languages of those that count."""
    given = _attributes(tree)
    shares: dict[str, _Share] = {}
    by_file: dict[str, str] = {}
    for file in tree:
        looked = _Look(tree, file, given.of(file.path))
        tree.verdicts[file.path] = looked.verdict()
        if "linguist-vendored" in looked.given:
            tree.said_vendored[file.path] = looked.vendored
        counted = looked.counted_for()
        if counted:
            by_file[file.path] = counted
            tree.line_counts[file.path] = looked.add_to(shares.setdefault(counted, _Share()))
    return LanguageReport(_ranked(shares), by_file)


class _Look:
    """One look at a file; its content is read when something asks for it, and once."""

    def __init__(self, tree: FileTree, file: SourceFile, given: dict[str, Value]) -> None:
        self.tree = tree
        self.file = file
        self.given = given
        self.size = file.size
        self.data: bytes | None = None
        self.binary = file.name.lower().endswith(NOT_TEXT)
        self.vendored = self._flag("linguist-vendored", paths.is_vendored(file.path))
        self.documentation = self._flag("linguist-documentation", paths.is_documentation(file.path))
        self.generated = self._flag("linguist-generated", paths.is_generated(file.path))
        self.language = self._language()
        if self._asks_for_content():
            self.generated = generated.is_generated(file.name, self._start())

    def verdict(self) -> Verdict:
        return _verdict(self.language, self.binary, self.vendored, self.generated, self.documentation)

    def counted_for(self) -> str | None:
        """The language that the file counts for, None where it does not count."""
        if self.language is None or self.binary or self.vendored or self.documentation or self.generated:
            return None
        if not self._flag("linguist-detectable", table().counts(self.language)):
            return None
        if self.given.get("filter") == "lfs" and self._head().startswith(_POINTER):
            return None
        if self.language == NOTEBOOK:
            self._open_notebook()
        return table().group(self.language) if self.size else None

    def add_to(self, share: _Share) -> int:
        """Add the file to a language's share; how many lines it has."""
        if len(self._head()) < self.size:
            detail = f"larger than {self.tree.limits.max_file_bytes} bytes, lines counted in the first {CONSIDERED}"
            self.tree.notes.skip("too_large", detail, self.file.path)
        counted = lines.count(self.language or "", self._head())
        share.bytes += self.size
        share.files += 1
        share.lines += counted.total
        share.code += counted.code
        share.comments += counted.comments
        return counted.total

    def _language(self) -> str | None:
        name = self.given.get("linguist-language")
        if isinstance(name, str):
            return table().named(name)
        if self.binary or not self.file.size:
            return None
        if self.vendored or self.documentation or self.generated or self._is_data():
            return by_name(self.file.name)
        language = language_of(self.file.name, self._start, self.file.size)
        return None if self.binary else language

    def _open_notebook(self) -> None:
        """From here on the notebook counts as the code of its cells."""
        data = self.tree.bytes(self.file.path, self.tree.limits.max_manifest_bytes)
        found = notebooks.code_of(data) if data is not None else None
        if found:
            self.language, self.data = found
            self.size = len(self.data)

    def _is_data(self) -> bool:
        """Whether the name leaves no doubt that the file holds data or prose, which count only on request."""
        if "linguist-detectable" in self.given:
            return False
        candidates = table().by_filename.get(self.file.name) or table().of_extension(self.file.name.lower())
        return bool(candidates) and not any(map(table().counts, candidates))

    def _asks_for_content(self) -> bool:
        counts = self.language is not None and not self.generated and "linguist-generated" not in self.given
        return counts and self.data is not None and not self.binary

    def _head(self) -> bytes:
        if self.data is None:
            self.data = self.tree.head(self.file.path, self._wanted()) or b""
            head = self.data[:CONSIDERED]
            self.binary = not head or (b"\0" in head and not head.startswith(_MARKS))
        return self.data

    def _start(self) -> bytes:
        return self._head()[:CONSIDERED]

    def _wanted(self) -> int:
        whole = self.file.size <= self.tree.limits.max_file_bytes
        return self.tree.limits.max_file_bytes if whole else CONSIDERED

    def _flag(self, attribute: str, otherwise: bool) -> bool:
        value = self.given.get(attribute)
        return otherwise if value is None else value not in (False, "false")


_VERDICTS: dict[tuple[str | None, bool, bool, bool, bool], Verdict] = {}


def _verdict(*facts: str | bool | None) -> Verdict:
    """One object for all files that have the same verdict."""
    return _VERDICTS.setdefault(facts, Verdict(*facts))  # type: ignore[arg-type]


def _attributes(tree: FileTree) -> Attributes:
    texts = []
    for file in tree.named(".gitattributes"):
        data = tree.bytes(file.path, attributes.MAX_BYTES)
        if data is not None:
            texts.append((file.path.rpartition("/")[0], decode(data)))
    return Attributes(texts)


def _ranked(shares: dict[str, _Share]) -> tuple[Language, ...]:
    total = sum(share.bytes for share in shares.values())
    found = (
        Language(
            name=name,
            bytes=share.bytes,
            files=share.files,
            lines=share.lines,
            percent=round(100 * share.bytes / total, 2),
            code_lines=share.code,
            comment_lines=share.comments,
        )
        for name, share in shares.items()
    )
    return tuple(sorted(found, key=lambda language: (-language.bytes, language.name)))
