"""What a file of annotated classes says, and an index over all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from repo_architect.analysis import located
from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Malformed


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation or attribute: its simple name and its arguments as written."""

    name: str
    arguments: str
    line: int


@dataclass(frozen=True, slots=True)
class MethodFact:
    name: str
    line: int
    notes: tuple[Note, ...]
    public: bool = True
    parameters: str = ""
    returns: str = ""


@dataclass(slots=True, eq=False)
class ClassFact:
    """`bases` are simple names; `kind` is class, interface or annotation."""

    name: str
    kind: str
    path: str
    line: int
    notes: tuple[Note, ...]
    bases: tuple[str, ...]
    methods: list[MethodFact]

    def note(self, *names: str) -> Note | None:
        return next((note for note in self.notes if note.name in names), None)


@dataclass(slots=True, eq=False)
class Unit:
    """A file: its classes, its constants as written, the frameworks its imports name, and calls that add routes."""

    path: str
    language: str
    classes: list[ClassFact]
    constants: dict[str, str]
    frameworks: frozenset[str]
    calls: tuple[tuple[str, str, str | None, int], ...] = ()
    """(method, path, handler, line) of routes added by calls."""
    conventions: tuple[str, ...] = ()
    """Templates that name `{controller}` and `{action}`."""
    mapped: str = ""
    """The path that the file maps Jersey's servlet to."""


_SPLIT = re.compile(r'"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|[(\[{]|[)\]}]|[,+=:]|[^"(\[{)\]},+=:]+')
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_KEY = re.compile(r"^[ \t]*(?:@?\w+)\s*$")
_STRING = re.compile(r'^@?\$?(?:"""([\s\S]*)"""|"((?:\\.|[^"\\])*)")$')
_WRAPPERS = re.compile(r"^(?:arrayOf|listOf|new\s*\[\]|new\s+\w+\s*\[\])\s*")


def split(text: str, separator: str) -> list[str]:
    """The text's parts between separators that stand in no bracket and no string."""
    parts, depth = [""], 0
    for piece in _SPLIT.findall(text):
        depth += (piece in _OPENING) - (piece in _CLOSING)
        if piece == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def _shared(one: str, other: str) -> int:
    """How many folders two paths share from the root."""
    return next(
        (at for at, (a, b) in enumerate(zip(one.split("/"), other.split("/"), strict=False)) if a != b), 99
    )


class Index:
    """Classes by name, constants by name, and the prefixes that configuration files set."""

    def __init__(self, tree: FileTree, units: list[Unit]) -> None:
        self.tree = tree
        self.units = units
        self._classes: dict[str, list[ClassFact]] = {}
        for one in (one for unit in units for one in unit.classes):
            self._classes.setdefault(one.name, []).append(one)
        self._modules: set[str] | None = None
        self._mapped: list[tuple[str, str]] | None = None
        self._local = {unit.path: unit.constants for unit in units}
        self._constants = {
            f"{one.name}.{name}": (value, unit.path)
            for unit in units
            for one in unit.classes
            for name, value in unit.constants.items()
        }

    def named(self, name: str, path: str) -> ClassFact | None:
        """The class of a name; of several, the one whose file is nearest to `path`."""
        found = self._classes.get(name, [])
        return max(found, key=lambda one: _shared(one.path, path), default=None)

    def nearest(self, path: str, name: str) -> tuple[ClassFact, Note] | None:
        """The annotation of a name, and its class, that stands nearest to a path."""
        found = [
            (one, note)
            for unit in self.units
            for one in unit.classes
            if (note := one.note(name)) and self._related(one.path, path)
        ]
        return max(found, key=lambda pair: _shared(pair[0].path, path), default=None)

    def arguments(self, note: Note, path: str) -> dict[str, list[str]]:
        """The arguments of an annotation by name (`""` for the first without one), each a list of texts."""
        found: dict[str, list[str]] = {}
        for part in split(note.arguments, ","):
            key, value = "", part
            for sign in ("=", ":"):
                pieces = split(part, sign)
                if len(pieces) == 2 and _KEY.match(pieces[0]) and not _STRING.match(pieces[0]):
                    key, value = pieces
                    break
            found.setdefault(key, []).extend(self.texts(value, path))
        return found

    def texts(self, value: str, path: str) -> list[str]:
        """A text, a constant, a sum of them, or a list of these."""
        value = _WRAPPERS.sub("", value.strip())
        if value[:1] in "{[(" and value[-1:] in "}])" and value:
            return [text for part in split(value[1:-1], ",") for text in self.texts(part, path)]
        return ["".join(self._text(piece, path, 0) for piece in split(value, "+"))] if value else []

    def _text(self, piece: str, path: str, depth: int) -> str:
        literal = _STRING.match(piece)
        if literal is not None:
            return (literal.group(1) or literal.group(2) or "").replace("\\$", "$")
        local = self._local.get(path, {}).get(piece)
        tail = ".".join(piece.split(".")[-2:])
        found, place = (local, path) if local is not None else self._constants.get(tail, (None, path))
        if found is None or depth > 5:
            return (
                paths.hole(piece.rpartition(".")[2])
                if not re.fullmatch(r"[A-Z][\w.]*\.[A-Z_]+|true|false|\d+", piece)
                else piece
            )
        return "".join(self._text(part, place, depth + 1) for part in split(found, "+"))

    def inherited(self, one: ClassFact) -> Iterator[ClassFact]:
        """The class, then its bases in the repository, nearest first."""
        pending, seen = [one], set[str]()
        while pending:
            here = pending.pop(0)
            if here.name not in seen:
                seen.add(here.name)
                yield here
                pending.extend(
                    found for base in here.bases if (found := self.named(base, here.path)) is not None
                )

    def setting(self, path: str, *names: str) -> str:
        """A setting of `application.properties` or `.yml` beside the sources that hold `path`."""
        root, mark, _ = path.rpartition("/src/main/") if "/src/main/" in path else path.partition("src/main/")
        folder = f"{root}/" if root and mark.startswith("/") else ""
        for place in (
            f"{folder}src/main/resources/application",
            f"{folder}src/main/resources/config/application",
        ):
            for name in names:
                found = self._property(f"{place}.properties", name) or self._yaml(place, name)
                if found:
                    return "/" + found.strip("/")
        return ""

    def filled(self, text: str, path: str) -> str:
        """`${name:default}` with what the configuration sets, else its default."""
        for name, default in re.findall(r"\$\{([\w.-]+)(?::([^{}]*))?\}", text) if "${" in text else ():
            value = self.setting(path, name).strip("/") or default
            if value:
                text = text.replace(f"${{{name}}}", value).replace(f"${{{name}:{default}}}", value)
        return text

    def servlet(self, path: str) -> str:
        """The path that `web.xml`, Dropwizard's configuration or `setUrlPattern` maps resources of JAX-RS to."""
        near = [one for one in self._servlets() if self._related(one[0], path)]
        return max(near, key=lambda one: _shared(one[0], path), default=("", ""))[1]

    def _related(self, one: str, other: str) -> bool:
        """Whether two files may be of one application: of one module, or of one of a few."""
        if self._modules is None:
            self._modules = {_module(unit.path) for unit in self.units if "src/main/" in unit.path}
        return len(self._modules) <= MAX_MODULES or _module(one) == _module(other)

    def _servlets(self) -> list[tuple[str, str]]:
        """(file, path) of each mapping, found once."""
        if self._mapped is None:
            self._mapped = [(unit.path, unit.mapped) for unit in self.units if unit.mapped]
            for file in self.tree.named("web.xml"):
                self._mapped += [(file.path, one) for one in _web_xml(self.tree.text(file.path) or "")]
            if any("dropwizard" in unit.frameworks for unit in self.units):
                for file in self.tree:
                    if file.name.endswith((".yml", ".yaml")) and file.size < 50_000:
                        mapped = _dropwizard(self.tree.text(file.path) or "")
                        self._mapped += [(file.path, mapped)] if mapped else []
        return self._mapped

    def _property(self, path: str, name: str) -> str | None:
        if path not in self.tree:
            return None
        text = self.tree.text(path) or ""
        found = re.search(rf"^[ \t]*{re.escape(name)}\s*[=:]\s*(\S+)", text, re.MULTILINE)
        return found.group(1) if found else None

    def _yaml(self, place: str, name: str) -> str | None:
        for path in (f"{place}.yml", f"{place}.yaml"):
            if path in self.tree:
                try:
                    document = next(iter(located.yaml_documents(self.tree.text(path) or "")), None)
                except Malformed:
                    return None
                found = document.text(*name.split(".")) if document is not None else None
                if found and "${" not in found:
                    return found
        return None


MAX_MODULES = 3
"""A repository of more modules than these is taken to hold several applications."""


def _module(path: str) -> str:
    return path.rpartition("/src/main/")[0] if "/src/main/" in path else ""


_MAPPING = re.compile(
    r"<servlet-mapping>\s*<servlet-name>\s*([^<]*?)\s*</servlet-name>\s*<url-pattern>\s*(/[^<]*?)/?\*\s*</url-pattern>"
)
_REST = re.compile(r"ws\.rs|jersey|resteasy|cxf|rest|api|application|jax", re.IGNORECASE)
_CONFIGURED = re.compile(r"^[ \t]*(applicationContextPath|rootPath):\s*[\"']?(/[^\s\"'*]*)", re.MULTILINE)


def _web_xml(text: str) -> list[str]:
    return [
        path.rstrip("/")
        for name, path in _MAPPING.findall(text[:200_000])
        if _REST.search(name) and path.strip("/")
    ]


def _dropwizard(text: str) -> str:
    found = dict(_CONFIGURED.findall(text)) if "server:" in text else {}
    return paths.join(found.get("applicationContextPath", ""), found.get("rootPath", "")).rstrip("/")
