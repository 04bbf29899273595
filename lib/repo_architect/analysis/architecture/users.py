"""People: they come in by a gateway, by a web front end, or by a load balancer's address."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.graph import Graph, Part

_PLAYS_USER = re.compile(r"load|k6|locust|simulat|traffic|attack|bot$|requester|robot", re.IGNORECASE)


def add_users(graph: Graph) -> None:
    """A user for the gateways and published web front ends, with the line that opens them or names them."""
    gates = _gates(graph)
    if not gates or len(graph.parts) < 2:
        return
    user = Part("user", kind="user", own=False)
    for part in gates:
        graph.tie(user, part, "http", "HTTP", part.published or part.evidence[:1])
    if any(source is user for source, _ in graph.ties):
        graph.parts.append(user)


def _open_images(graph: Graph) -> list[Part]:
    """Where the repository only runs images of others, the services of those that are open."""
    if any(part.own and part.runs for part in graph.parts):
        return []
    return [part for part in graph.of_kind("service") if part.published and not _PLAYS_USER.search(part.name)]


def _only_door(graph: Graph) -> list[Part]:
    """The one service of the repository's own that is open to the outside and that none of the others uses."""
    used = {
        target
        for source, target in graph.ties
        if source.own and source.runs and not _PLAYS_USER.search(source.name)
    }
    open_ones = [
        part
        for part in graph.of_kind("service")
        if part.own and part.published and not _PLAYS_USER.search(part.name)
    ]
    doors = [part for part in open_ones if part not in used]
    # of Spring's services each may have pages: one among several that are open is no door
    single = len(doors) == 1 and (len(open_ones) == 1 or not _is_spring(doors[0]))
    return doors if single else []


def _is_spring(part: Part) -> bool:
    return (part.technology or "").startswith("Spring")


def _gates(graph: Graph) -> list[Part]:
    gateways = graph.of_kind("gateway")
    fronts = [part for part in graph.of_kind("web") if part.published]
    if not gateways and not fronts:
        return _only_door(graph) or _open_images(graph)
    if not gateways:
        return fronts
    own = [part for part in fronts if part.own]
    return [part for part in gateways if part.published] + own or gateways
