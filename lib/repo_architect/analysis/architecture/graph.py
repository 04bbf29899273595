"""Nodes and edges while they are found: the same thing met twice is one node, every edge keeps its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import Architecture, ArchitectureEdge, ArchitectureNode, NodeKind

EVIDENCE = 20
RUNNING = frozenset({"service", "web", "worker", "gateway", "config", "registry", "monitoring"})


@dataclass
class Part:
    """A node to be. `aliases` are the names it is reached by; `path` is its own code."""

    name: str
    kind: NodeKind = "service"
    technology: str | None = None
    path: str | None = None
    more: tuple[str, ...] = ()
    """Other folders of its code."""
    component: str | None = None
    protocol: str = ""
    own: bool = True
    """Whether its code or settings are in the repository."""
    runs: bool = False
    """Whether a file deploys it, or it answers requests."""
    aliases: set[str] = field(default_factory=set)
    published: list[Evidence] = field(default_factory=list)
    """Lines that open it to the outside."""
    evidence: list[Evidence] = field(default_factory=list)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass
class Tie:
    """An edge to be. `strength` ranks what it is known from: a statement of use beats an order of start."""

    kind: str
    label: str
    evidence: list[Evidence]
    strength: int = 1
    reverse: bool = False


class Graph:
    """Parts in the order found, by alias; ties between them."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.ties: dict[tuple[Part, Part], list[Tie]] = {}
        self._by_alias: dict[str, Part] = {}
        self._by_port: dict[str, list[Part]] = {}
        self.port_lines: dict[tuple[Part, str], Evidence] = {}
        self.unconfigured: set[Part] = set()
        """Spring applications that have no client of a configuration server."""
        self.pieces: set[str] = set()
        """Folders of libraries that applications are built with."""
        self.ways: dict[tuple[Part, Part], set[str]] = {}
        """What settings say of who hears and who sends."""

    def part(self, name: str, *aliases: str) -> Part:
        """The part with this name or one of the aliases, made when there is none."""
        found = next((part for alias in (name, *aliases) if (part := self.find(alias))), None)
        if found is None:
            found = Part(name)
            self.parts.append(found)
        self.call(found, name, *aliases)
        return found

    def call(self, part: Part, *aliases: str) -> None:
        """Give a part further names; a name that is taken stays with whoever has it."""
        for alias in aliases:
            part.aliases.add(alias)
            if normal(alias):
                self._by_alias.setdefault(normal(alias), part)

    def listen(self, part: Part, port: str, line: Evidence | None = None) -> None:
        """A port of the machine that all runs on leads to a part; `line` says so."""
        if line:
            self.port_lines.setdefault((part, port), line)
        known = self._by_port.setdefault(port, [])
        if part not in known:
            known.append(part)

    def listening(self, port: str | None) -> list[Part]:
        """The parts that a port of the machine may lead to."""
        return self._by_port.get(port or "", [])

    def find(self, name: str) -> Part | None:
        return self._by_alias.get(normal(name)) if normal(name) else None

    def find_similar(self, name: str) -> Part | None:
        """As `find`; else the one part whose name differs by an ending such as -service."""
        found = self.find(name)
        if found or len(normal(name)) < 3:
            return found
        alike = [part for part in self.parts if any(stem(alias) == stem(name) for alias in part.aliases)]
        return alike[0] if len(alike) == 1 else None

    def say_way(self, source: Part, target: Part, way: str | None) -> None:
        """Note that settings say that a part `hears` from another, or `sends` to it."""
        if way:
            self.ways.setdefault((source, target), set()).add(way)

    def of_kind(self, *kinds: NodeKind) -> list[Part]:
        return [part for part in self.parts if part.kind in kinds]

    def owner_of(self, path: str) -> Part | None:
        """The part whose own code holds a file: the deepest folder wins, then the first found."""
        best: Part | None = None
        deepest = -1
        for part in self.parts:
            for folder in (part.path, *part.more) if part.path is not None and part.own else ():
                inside = folder in (".", path) or path.startswith(f"{folder}/")
                if inside and _depth(folder) > deepest:
                    best, deepest = part, _depth(folder)
        return best

    def tie(
        self,
        source: Part,
        target: Part,
        kind: str,
        label: str,
        evidence: Iterable[Evidence],
        *,
        strength: int = 2,
        reverse: bool = False,
    ) -> None:
        """`source` uses `target`. `reverse` says that what matters flows from the target, as rows of a database do."""
        lines = list(evidence)
        if source is not target and lines:
            self.ties.setdefault((source, target), []).append(Tie(kind, label, lines, strength, reverse))

    def finish(self) -> Architecture:
        """The contract's form, sorted."""
        ids = _ids(self.parts)
        nodes = [_node(part, ids[part]) for part in self.parts]
        edges = [_edge(ids[source], ids[target], ties) for (source, target), ties in self.ties.items()]
        return Architecture(
            nodes=tuple(sorted(nodes, key=lambda node: node.id)),
            edges=tuple(sorted(edges, key=lambda edge: (edge.source, edge.target))),
        )


def normal(name: str) -> str:
    """A name without case and punctuation: `Account_Service` is `account-service`."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def stem(name: str) -> str:
    """A normal name without an ending that many services share."""
    plain = normal(name)
    return re.sub(r"(microservice|service|server|svc|app|application|api)$", "", plain) or plain


def _depth(path: str) -> int:
    return 0 if path == "." else path.count("/") + 1


def _ids(parts: list[Part]) -> dict[Part, str]:
    ids: dict[Part, str] = {}
    taken: set[str] = set()
    for part in sorted(parts, key=lambda part: (part.name, part.kind == "user", part.path or "", part.kind)):
        base = re.sub(r"[^a-z0-9]+", "-", part.name.lower()).strip("-") or "node"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        ids[part] = name
    return ids


def _node(part: Part, key: str) -> ArchitectureNode:
    return ArchitectureNode(
        id=key,
        name=part.name,
        kind=part.kind,
        technology=part.technology,
        path=part.path,
        evidence=_lines(part.evidence),
        component=part.component,
    )


def _edge(source: str, target: str, ties: list[Tie]) -> ArchitectureEdge:
    best = max(tie.strength for tie in ties)
    strong = [tie for tie in ties if tie.strength == best]
    rest = [tie for tie in ties if tie.strength < best]
    return ArchitectureEdge(
        source=source,
        target=target,
        kind=strong[0].kind,
        label=", ".join(dict.fromkeys(tie.label for tie in strong if tie.label)) or None,
        evidence=_lines([line for tie in strong + rest for line in tie.evidence]),
        flow="to_source" if strong[0].reverse else "to_target",
    )


def _lines(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))[:EVIDENCE]
