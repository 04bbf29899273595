"""Where reverse proxies send requests: nginx, Apache HTTP Server, Caddy."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.addresses import LOCAL, first_label, targets
from repo_architect.analysis.architecture.documents import is_aside
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_FILE = re.compile(r"(^|/)([^/]*\.conf(\.template|\.j2)?|Caddyfile|nginx[^/]*\.template)$")
_SENDS = re.compile(
    r"^\s*(?:proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|server|reverse_proxy(?:\s+[/@*]\S*)?|ProxyPass\s+\S+|BalancerMember)\s+\"?([^\s;\"{}]+)"
)


def add_proxies(graph: Graph, tree: FileTree) -> None:
    """A tie from the proxy whose configuration a file is to each part of the repository that it sends requests to."""
    for file in tree.files:
        if not _FILE.search(file.path) or is_aside(tree, file.path) or file.size > 200_000:
            continue
        source = _proxy(graph, file.path)
        for number, line in enumerate((tree.text(file.path) or "").splitlines() if source else (), 1):
            match = _SENDS.match(line)
            for target in targets(match[1]) if match else ():
                found = graph.find(first_label(target.host)) if target.host not in LOCAL else None
                if source and found and found.kind != "user":
                    graph.tie(
                        source, found, "http", "HTTP", [Evidence(path=file.path, line=number)], strength=3
                    )


def _proxy(graph: Graph, path: str) -> Part | None:
    """The part in whose folder the file stands; else the one gateway there is."""
    owner = graph.owner_of(path)
    gates = graph.of_kind("gateway")
    if owner and owner.path != ".":
        return owner
    return gates[0] if len(gates) == 1 else owner
