"""Containers of one code: what each of them uses, and what only says which starts first."""

from __future__ import annotations

from repo_architect.analysis.architecture.deployment import Deployments
from repo_architect.analysis.architecture.graph import Graph, Part

_STORES = ("database", "cache", "broker", "queue", "storage")


def add_twins(graph: Graph, deployments: Deployments) -> None:
    """Containers that run one code by one command use the stores that the code speaks of, each of them."""
    runs: dict[tuple[object, ...], list[Part]] = {}
    for part, service in deployments:
        if part.own and part.path and service.folder == part.path:
            said = tuple(setting.value for setting in service.environment if setting.key == "command")
            alike = runs.setdefault((part.path, service.dockerfile, service.arguments, said), [])
            alike += [part] if part not in alike else []
    for parts in runs.values():
        for twin in parts[1:]:
            _take_stores(graph, parts[0], twin)


def _take_stores(graph: Graph, first: Part, twin: Part) -> None:
    kinds = {target.technology or target.kind for source, target in graph.ties if source is twin}
    for (source, target), ties in list(graph.ties.items()):
        if source is first and target.kind in _STORES and (target.technology or target.kind) not in kinds:
            for tie in ties:
                graph.tie(
                    twin,
                    target,
                    tie.kind,
                    tie.label,
                    tie.evidence,
                    strength=tie.strength,
                    reverse=tie.reverse,
                )


def drop_order(graph: Graph) -> None:
    """That one starts after another is no use of it where the other serves nobody, where both are one code, or where one only works."""
    for (source, target), ties in list(graph.ties.items()):
        weak = all(tie.strength == 1 for tie in ties)
        answered = any(tie.strength > 1 for tie in graph.ties.get((target, source), ()))
        if weak and (answered or _only_order(source, target)):
            del graph.ties[source, target]
        elif weak and target.kind in ("database", "config") and source.kind != "monitoring":
            # what a part is may be known only after it was said to start before
            for tie in ties:
                tie.reverse = True


def _only_order(source: Part, target: Part) -> bool:
    if source.kind in _STORES and target.kind != "config":
        return True
    if target.kind == "worker" or (source.kind == "web" and target.kind == "web"):
        return True
    if not target.own or target.kind not in ("service", "web"):
        return False
    return source.kind == "worker" or (source.own and source.path == target.path)
