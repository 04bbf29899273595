"""What a reader gives: packages declared, packages locked, and who the manifest says it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from repo_architect.analysis import located
from repo_architect.analysis.located import Located, XmlElement
from repo_architect.contracts.repo_shape import Scope


@dataclass(frozen=True, slots=True)
class Declared:
    """A dependency as a manifest declares it.

    `requirement` is as written, None where any version will do. `ecosystem` is given where it is not that of
    the manifest. `local` says that the requirement names a folder or workspace of the same repository. `group` is
    the set it belongs to, `extra:test` or `group:dev`; `folder`, below the manifest's, is for whom it declares
    where that is not its own folder.
    """

    name: str
    requirement: str | None
    scope: Scope
    line: int
    ecosystem: str | None = None
    local: bool = False
    direct: bool = True
    group: str | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Locked:
    """A package as a lock file holds it.

    `asked` are the requirements it answers, where the lock says so; `owner` is the folder, relative to the
    lock, whose requirement it answers. `local` marks the repository's own packages.
    """

    name: str
    version: str | None
    line: int
    scope: Scope = "runtime"
    ecosystem: str | None = None
    local: bool = False
    asked: tuple[str, ...] = ()
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a manifest says it is. `members` are globs of the workspace it heads, relative to its folder."""

    name: str | None
    line: int = 1
    version: str | None = None
    description: str | None = None
    description_line: int | None = None
    members: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()


class Source:
    """A manifest's text and, when asked, its parsed document."""

    def __init__(self, path: str, text: str, parser: str | None = None) -> None:
        self.path = path
        self.text = text
        self.parser = parser
        self._document: Located | None = None
        self._xml: XmlElement | None = None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0] or "."

    @property
    def document(self) -> Located:
        """The parsed document. Raises Malformed."""
        if self._document is None:
            if self.parser is None:
                raise located.Malformed(f"{self.name} has no parser")
            self._document = PARSERS[self.parser](self.text)
        return self._document

    @property
    def xml(self) -> XmlElement:
        """The root of an XML document. Raises Malformed."""
        if self._xml is None:
            self._xml = located.xml(self.text)
        return self._xml

    def forget(self) -> None:
        """Let go of the text and what was parsed of it: lock files run to megabytes."""
        self.text, self.parser, self._document, self._xml = "", None, None, None

    def lines(self) -> Iterable[tuple[int, str]]:
        """Lines with their numbers, from 1."""
        return enumerate(self.text.splitlines(), 1)


PARSERS: dict[str, Callable[[str], Located]] = {
    "toml": located.toml,
    "json": located.json,
    "jsonc": located.jsonc,
    "yaml": located.yaml,
}

Reader = Callable[[Source], Iterable[Declared | Locked]]
Identifier = Callable[[Source], Identity | None]
