"""Ties by gRPC stub, and which way messages and rows go where the code says it."""

from __future__ import annotations

import re
from collections import defaultdict

from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.documents import is_aside, supports
from repo_architect.analysis.architecture.facts import Spoken
from repo_architect.analysis.architecture.graph import Graph, Part, Tie
from repo_architect.analysis.files import FileTree

_SERVICE = re.compile(r"^[ \t]*service\s+(\w+)\s*\{?", re.MULTILINE)
_TASKS = frozenset({"Celery", "Dramatiq", "RQ", "Huey", "arq", "Sidekiq", "Resque", "BullMQ", "Bull"})
_STARTS_TASKS = re.compile(r"beat|schedul|cron", re.IGNORECASE)
_WAYS = {
    "broker": ("hears", "sends"),
    "queue": ("hears", "sends"),
    "cache": ("hears", "sends"),
    "database": ("reads", "writes"),
}


def add_spoken(graph: Graph, tree: FileTree, calls: Calls) -> None:
    """Who has a stub of a service uses who offers it; who only hears is sent to, who only writes sends."""
    said: dict[Part, list[Spoken]] = defaultdict(list)
    for entry in calls.spoken:
        part = None if supports(entry.path) else graph.owner_of(entry.path)
        if part:
            said[part].append(entry)
    _add_stubs(graph, said, _services(tree))
    for (part, target), ties in graph.ties.items():
        ways = _WAYS.get(target.kind)
        if ways and not (part.technology or "").startswith(("Spring", "Zuul")):
            _turn(said[part], target, ways, ties)


def turn_hearers(graph: Graph) -> None:
    """What goes between a broker and a part that only hears goes to that part."""
    for (part, target), ties in graph.ties.items():
        if target.kind in ("broker", "queue") and _only_hears(graph, part, target):
            for tie in ties:
                tie.reverse = True


def _only_hears(graph: Graph, part: Part, target: Part) -> bool:
    """Whether its settings say that it hears and not that it sends; or it works off the tasks of a queue."""
    return graph.ways.get((part, target)) == {"hears"} or (
        part.kind == "worker" and (part.technology or "") in _TASKS and not _STARTS_TASKS.search(part.name)
    )


def _services(tree: FileTree) -> frozenset[str]:
    """Names of the services in the repository's .proto files."""
    return frozenset(
        name
        for file in tree.files
        if file.name.endswith(".proto") and not is_aside(tree, file.path)
        for name in _SERVICE.findall(tree.text(file.path) or "")
    )


def _add_stubs(graph: Graph, said: dict[Part, list[Spoken]], services: frozenset[str]) -> None:
    for service in sorted(services):
        offers = {
            part: entry
            for part, entries in said.items()
            for entry in entries
            if (entry.how, entry.name) == ("offers", service)
        }
        if len(offers) != 1:
            continue
        target, proof = next(iter(offers.items()))
        for part, entries in said.items():
            lines = [entry.evidence for entry in entries if (entry.how, entry.name) == ("asks", service)]
            if part is not target and lines:
                graph.tie(part, target, "grpc", "gRPC", [*lines, proof.evidence], strength=4)


def _turn(said: list[Spoken], target: Part, ways: tuple[str, str], ties: list[Tie]) -> None:
    name = "SQL" if target.kind == "database" else target.technology
    inward = [entry.evidence for entry in said if (entry.how, entry.name) == (ways[0], name)]
    outward = [entry.evidence for entry in said if (entry.how, entry.name) == (ways[1], name)]
    if bool(inward) == bool(outward):
        return
    for tie in ties:
        tie.reverse = bool(inward)
        tie.evidence.extend(line for line in inward or outward if line not in tie.evidence)
