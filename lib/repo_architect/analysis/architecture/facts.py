"""What the sources and settings say of the outside, in small pieces."""

from __future__ import annotations

from typing import NamedTuple

from repo_architect.contracts import Evidence


class Address(NamedTuple):
    """A string in the code that leads somewhere: an address with a scheme, a connection string, or a bare host.

    `context` is what stands before it on its line; a bare host counts only where that speaks of a connection.
    """

    value: str
    path: str
    line: int
    context: str
    also: tuple[Evidence, ...] = ()
    """Where the constant that holds it is defined."""

    @property
    def evidence(self) -> Evidence:
        return Evidence(path=self.path, line=self.line)

    @property
    def lines(self) -> list[Evidence]:
        return [self.evidence, *self.also]


class LibraryUse(NamedTuple):
    """An import of a library of the table of technologies."""

    technology: str
    path: str
    line: int


class Spoken(NamedTuple):
    """What a line says of talking: `asks` or `offers` a service of gRPC, `hears` or `sends` messages, `reads` or `writes` rows."""

    how: str
    name: str
    path: str
    line: int

    @property
    def evidence(self) -> Evidence:
        return Evidence(path=self.path, line=self.line)


class Annotation(NamedTuple):
    """A Java or Kotlin annotation, or a type of a framework that is used; `arguments` as written, without parentheses."""

    name: str
    arguments: str
    path: str
    line: int

    @property
    def evidence(self) -> Evidence:
        return Evidence(path=self.path, line=self.line)


class Setting(NamedTuple):
    """A value by a dotted key: an environment variable, or a line of application.yml."""

    key: str
    value: str
    path: str
    line: int
    also: tuple[Evidence, ...] = ()
    """Lines that gave the value's variables their values."""

    @property
    def evidence(self) -> Evidence:
        return Evidence(path=self.path, line=self.line)

    @property
    def lines(self) -> list[Evidence]:
        return [self.evidence, *self.also]
