"""Settings that several services are given at once: they prove a use only for who reads them."""

from __future__ import annotations

import re
from collections import defaultdict

from repo_architect.analysis.architecture.addresses import LOCAL, first_label, targets
from repo_architect.analysis.architecture.deployment import Deployments
from repo_architect.analysis.architecture.documents import supports
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part, normal
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_NAME = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
_WORD = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_CODE = re.compile(
    r"\.(go|py|js|cjs|mjs|jsx|ts|tsx|rb|php|rs|ex|exs|cs|java|kt|vue|svelte|sh|toml|ya?ml|json|conf|erb|hcl|prisma|template)$"
)
_STORES = ("database", "cache", "broker", "queue", "storage")
_LARGEST = 300_000


class SharedSettings:
    """Which variables stand once for several services, and which parts' code speaks of them."""

    def __init__(self, graph: Graph, tree: FileTree, deployments: Deployments) -> None:
        self._graph = graph
        users: dict[Evidence, set[Part]] = defaultdict(set)
        for part, service in deployments:
            for setting in service.environment:
                users[setting.evidence].add(part)
        self._shared = {place for place, parts in users.items() if len({_place(part) for part in parts}) > 1}
        names = {
            setting.key
            for _, service in deployments
            for setting in service.environment
            if setting.evidence in self._shared and _NAME.fullmatch(setting.key) and self._leads(setting)
        }
        self._readers = _readers(graph, tree, names)

    def _leads(self, setting: Setting) -> bool:
        """Whether a setting names a part, or a port of the machine."""
        return any(
            self._graph.find(first_label(target.host)) or (target.host.lower() in LOCAL and target.port)
            for target in targets(setting.value)
        )

    def proves(self, part: Part, setting: Setting) -> bool:
        """Whether a setting says something of a part: it is the part's own, or its code reads it, or nothing can be told of that."""
        if setting.evidence not in self._shared:
            return True
        stores = [
            found
            for target in targets(setting.value)
            if (found := self._graph.find(target.host)) and found.kind in _STORES
        ]
        if part.kind in _STORES:
            return False
        if part.kind == "gateway" or "nginx" in normal(part.name):
            return not stores
        readers = self._readers.get(setting.key, set())
        if part in readers or part.path is None or not self._readers:
            return True
        return not readers and (bool(stores) or setting.key not in self._readers)


def _place(part: Part) -> str:
    return part.path or part.name


def _readers(graph: Graph, tree: FileTree, names: set[str]) -> dict[str, set[Part]]:
    """The parts whose own files hold each name; no part for a name that stands in code of nobody."""
    found: dict[str, set[Part]] = {}
    if not names:
        return found
    places: dict[str, list[Part]] = defaultdict(list)
    for part in graph.parts:
        for folder in (part.path, *part.more) if part.path and part.own else ():
            places[folder].append(part)
    for file in tree.files:
        if not _CODE.search(file.name) or file.size > _LARGEST or supports(file.path) or _deploys(file.name):
            continue
        for name in names.intersection(_WORD.findall(tree.text(file.path) or "")):
            owner = graph.owner_of(file.path)
            same = [part for group in places.values() if owner in group for part in group]
            found.setdefault(name, set()).update(same)
    return found


def _deploys(name: str) -> bool:
    return re.search(r"compose|stack|^values|deployment", name, re.IGNORECASE) is not None
