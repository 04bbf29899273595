"""People: they come in by a gateway, or by a load balancer's address."""

from __future__ import annotations

from repo_architect.analysis.architecture.deployment import Deployments
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.contracts import Evidence


def add_users(graph: Graph, deployments: Deployments) -> None:
    """A user for the gateways, with the line that publishes their port or names them; else for published web front ends."""
    gateways = graph.of_kind("gateway")
    open_ones = [part for part in gateways if _published(part, deployments)]
    gates = open_ones or gateways or [part for part in graph.of_kind("web") if _published(part, deployments)]
    if not gates or len(graph.parts) < 2:
        return
    user = Part("user", kind="user", own=False)
    for part in gates:
        lines = _published(part, deployments) or part.evidence[:1]
        graph.tie(user, part, "http", "HTTP", lines)
    if any(source is user for source, _ in graph.ties):
        graph.parts.append(user)


def _published(part: Part, deployments: Deployments) -> list[Evidence]:
    return [service.published for other, service in deployments if other is part and service.published]
