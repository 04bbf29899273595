"""Where reverse proxies send requests: nginx, Apache HTTP Server, Caddy."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.addresses import LOCAL, first_label, targets
from repo_architect.analysis.architecture.deployment import Deployments
from repo_architect.analysis.architecture.documents import is_aside
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.contracts import Evidence

_FILE = re.compile(
    r"(^|/)([^/]*\.conf(\.template|\.j2|\.tmpl)?|[^/]*Caddyfile(\.\w+)?|envoy[^/]*\.ya?ml|nginx[^/]*\.template)$"
)
_SENDS = re.compile(
    r"^[ \t]*(?:set\s+\$\w+(?=\s+\"?https?://)|proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|server|reverse_proxy(?:\s+[/@*]\S*)?|ProxyPass\s+\S+|BalancerMember)\s+\"?([^\s;\"{}]+)"
)


_ROUTED = {
    "Traefik": re.compile(r"traefik\.(http|tcp)\.routers\.|traefik\.frontend\.rule"),
    "nginx": re.compile(r"VIRTUAL_HOST$"),
}


_ENVOY = re.compile(r"\baddress:\s*[\"']?([A-Za-z][\w.-]*)[\"']?\s*\}?|/v1\.0/invoke/([\w.-]+)/method")


def add_proxies(graph: Graph, tree: FileTree, deployments: Deployments) -> None:
    """A tie from the proxy whose configuration a file is to each part of the repository that it sends requests to."""
    for file in tree.files:
        if not _FILE.search(file.path) or is_aside(tree, file.path) or file.size > 200_000:
            continue
        nearest = _proxy(graph, file.path)
        given = readers(deployments, file.path) or _copiers(tree, deployments, file)
        for source in given or ([nearest] if nearest else []):
            _send(graph, source, file.path, tree.text(file.path) or "")
    _send_by_labels(graph, deployments)


def readers(deployments: Deployments, path: str) -> list[Part]:
    """The parts that are given a file to read, by itself or with its folder."""
    found = [
        (len(mount), part)
        for part, service in deployments
        for mount in service.mounts
        if path == mount or (path.startswith(f"{mount}/") and part.path != mount)
    ]
    closest = max((length for length, _ in found), default=0)
    return list(dict.fromkeys(part for length, part in found if length == closest))


def _copiers(tree: FileTree, deployments: Deployments, file: SourceFile) -> list[Part]:
    """The parts that are built around a file and whose Dockerfile names it, where not all of those built there do."""
    around = {
        part: service
        for part, service in deployments
        if service.folder and f"{file.path}".startswith(f"{service.folder}/")
    }
    found = [
        part
        for part, service in around.items()
        if service.dockerfile and f"{file.name}" in (tree.text(service.dockerfile) or "")
    ]
    return found if 0 < len(found) < len(around) else []


def _send(graph: Graph, source: Part, path: str, text: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        match = _SENDS.match(line) or (_ENVOY.search(line) if "envoy" in path else None)
        for target in targets(match[match.lastindex or 1]) if match else ():
            found = graph.find(first_label(target.host)) if target.host not in LOCAL else None
            if found and found.kind != "user":
                graph.tie(source, found, "http", "HTTP", [Evidence(path=path, line=number)], strength=3)


def _send_by_labels(graph: Graph, deployments: Deployments) -> None:
    """Proxies that find services by themselves: Traefik by labels, nginx-proxy by a variable."""
    gates = graph.of_kind("gateway")
    for part, service in deployments:
        for technology, marks in (("Traefik", service.labels), ("nginx", service.environment)):
            pattern = _ROUTED[technology]
            lines = [mark.evidence for mark in marks if pattern.match(mark.key) and mark.value != "false"]
            proxies = [gate for gate in gates if gate.technology == technology and not gate.own]
            if lines and len(proxies) == 1 and part is not proxies[0]:
                graph.tie(proxies[0], part, "http", "HTTP", lines[:1], strength=3)


def _proxy(graph: Graph, path: str) -> Part | None:
    """The part in whose folder the file stands; else the one gateway there is."""
    owner = graph.owner_of(path)
    gates = graph.of_kind("gateway")
    if owner and owner.path != ".":
        return owner
    return gates[0] if len(gates) == 1 else owner
