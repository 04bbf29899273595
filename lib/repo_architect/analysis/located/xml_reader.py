"""XML with the line of every element. Entities are refused, nothing outside the text is ever read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from repo_architect.analysis.located.bounds import Budget, check_depth
from repo_architect.analysis.located.node import Malformed


@dataclass(slots=True)
class XmlElement:
    """An element. `tag` and the names of `attributes` are without namespace prefix; `text` is the stripped
    text directly inside; `line` is where the start tag begins.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[XmlElement] = field(default_factory=list)

    def find(self, path: str) -> XmlElement | None:
        """The first element at a path of tags such as `parent/version`, None where there is none."""
        return next(iter(self.findall(path)), None)

    def findall(self, path: str) -> list[XmlElement]:
        """All elements at a path of tags such as `dependencies/dependency`, in the order of the text."""
        found = [self]
        for tag in path.split("/"):
            found = [child for element in found for child in element.children if child.tag == tag]
        return found

    def text_of(self, path: str) -> str | None:
        """The text of the first element at the path, None where there is none or it is empty."""
        found = self.find(path)
        return found.text or None if found else None

    def get(self, attribute: str) -> str | None:
        """The value of an attribute, None where there is none."""
        return self.attributes.get(attribute)

    def iter(self, tag: str | None = None) -> Iterator[XmlElement]:
        """This element and all below it, those with the tag if one is given, in the order of the text."""
        pending = [self]
        while pending:
            element = pending.pop()
            if tag is None or element.tag == tag:
                yield element
            pending.extend(reversed(element.children))


def xml(text: str) -> XmlElement:
    """Read XML; its root element. Raises Malformed."""
    builder = _Builder(text)
    try:
        # the text is decoded already, whatever its declaration says
        builder.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise Malformed(expat.ErrorString(error.code), error.lineno) from None
    if builder.root is None:
        raise Malformed("no element")
    return builder.root


class _Builder:
    def __init__(self, text: str) -> None:
        self.budget = Budget(text)
        self.root: XmlElement | None = None
        self.open: list[tuple[XmlElement, list[str]]] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.refuse

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.budget.spend(line, 1 + len(attributes))
        check_depth(len(self.open) + 1, line)
        element = XmlElement(_local(tag), {_local(name): value for name, value in attributes.items()}, line)
        if self.open:
            self.open[-1][0].children.append(element)
        else:
            self.root = element
        self.open.append((element, []))

    def end(self, _tag: str) -> None:
        element, pieces = self.open.pop()
        element.text = "".join(pieces).strip()

    def characters(self, text: str) -> None:
        self.open[-1][1].append(text)

    def refuse(self, *_declaration: object) -> None:
        raise Malformed("declares an entity", self.parser.CurrentLineNumber)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
