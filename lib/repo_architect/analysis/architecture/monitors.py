"""What watches the others: what Prometheus scrapes, what Grafana shows, where logs are sent; and which way that goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.architecture.addresses import first_label, is_machine, targets
from repo_architect.analysis.architecture.deployment import Deployments
from repo_architect.analysis.architecture.documents import is_aside, yaml_documents
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.proxies import readers
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.located import Located
from repo_architect.contracts import Evidence

_WATCHES = {
    "Prometheus": re.compile(r"^scrape_configs\s*:", re.MULTILINE),
    "Grafana": re.compile(r"^datasources\s*:", re.MULTILINE),
    "Promtail": re.compile(r"^clients\s*:", re.MULTILINE),
}
_STORES = frozenset({"database", "config", "storage", "broker", "queue", "cache", "registry", "user"})
_WRITERS = frozenset({"Logstash", "Fluentd", "Fluent Bit", "Filebeat", "Promtail", "Zipkin", "Jaeger", "Tempo", "Loki", "OpenTelemetry Collector"})  # fmt: skip


def add_monitors(graph: Graph, tree: FileTree, deployments: Deployments) -> None:
    """Ties from what watches to what its files name."""
    for file in tree.files:
        if not file.name.endswith((".yml", ".yaml")) or file.size > 200_000 or is_aside(tree, file.path):
            continue
        text = tree.text(file.path) or ""
        for technology, marks in _WATCHES.items():
            source = _watcher(graph, deployments, technology, file.path) if marks.search(text) else None
            for address in _named(tree, technology, file.path) if source else ():
                _tie(graph, source, address, file.path)


def _watcher(graph: Graph, deployments: Deployments, technology: str, path: str) -> Part | None:
    """The part that reads a file, else the only one of its technology."""
    same = [part for part in graph.parts if part.technology == technology]
    given = [part for part in readers(deployments, path) if part in same]
    return given[0] if given else same[0] if len(same) == 1 else None


def _named(tree: FileTree, technology: str, path: str) -> Iterator[Located]:
    for document in yaml_documents(tree, path):
        if technology == "Prometheus":
            for job in document.elements("scrape_configs"):
                for entry in job.elements("static_configs"):
                    yield from entry.elements("targets")
            continue
        for entry in document.elements("datasources" if technology == "Grafana" else "clients"):
            url = entry.at("url")
            if url is not None:
                yield url


def _tie(graph: Graph, source: Part | None, address: Located, path: str) -> None:
    for target in targets(str(address.value)):
        here = graph.listening(target.port) if is_machine(target.host) else []
        found = here[0] if len(here) == 1 else graph.find(first_label(target.host))
        if source and found and found is not source and found.kind != "user":
            graph.tie(source, found, "http", "HTTP", [Evidence(path=path, line=address.line)], strength=4)


def turn_monitors(graph: Graph) -> None:
    """What watches takes from the others; what gathers writes to a store."""
    for (source, target), ties in graph.ties.items():
        if source.kind != "monitoring" or source.own:
            continue
        gathers = source.technology in _WRITERS
        for tie in ties:
            tie.reverse = not gathers and (target.kind not in _STORES or target.kind == "database")
