"""Score our architecture graph against manual data-flow diagrams.

usage: architecture.py TRUTH_DIR REPOS_DIR
TRUTH_DIR holds NAME.json: {"services": [{"name"}], "external_entities": [{"name"}], "information_flows": [{"sender", "receiver"}]}, as the
data set microSecEnD (tuhh-softsec/microSecEnD) has them; REPOS_DIR the checked out repositories, NAME each. Edges count undirected; `dir` is
how many of those found run in the direction of the truth, which draws the way that data goes (`flow` of our edges).
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from repo_architect.analysis import (
    architecture,
    endpoints,
    files,
    languages,
    manifests,
    modules,
    stack,
    syntax,
)
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.contracts.repo_shape import Architecture

Pairs = set[tuple[str, str]]


def main(truths: Path, repositories: Path) -> None:
    print(f"{'system':50s} {'node P':>6} {'node R':>6} {'edge P':>6} {'edge R':>6} {'dir':>6}")
    total = [0] * 7
    for path in sorted(truths.glob("*.json")):
        folder = repositories / path.stem
        if not folder.is_dir():
            continue
        truth = truth_of(json.loads(path.read_text()))
        counts = compared(truth, without_hosts(truth, found_in(folder)))
        total = [a + b for a, b in zip(total, counts, strict=True)]
        show(path.stem, counts)
    show("TOTAL", total)


def found_in(folder: Path) -> tuple[set[str], Pairs]:
    """Our boxes and flows; hosts of the public net keep their dots."""
    found = analysed(folder)
    hosts = {
        normal(node.name): node.name.lower()
        for node in found.nodes
        if node.kind == "external" and "." in node.name
    }
    names, pairs = flows_of(found)
    return {hosts.get(name, name) for name in names}, {(hosts.get(a, a), hosts.get(b, b)) for a, b in pairs}


def analysed(folder: Path) -> Architecture:
    """Our architecture of a checked out repository."""
    tree = files.read_tree(folder, Limits(), Notes())
    languages.detect(tree)
    declared = manifests.read(tree)
    calls, routes = architecture.Calls(), endpoints.Routes()
    syntax.scan(tree, [calls, routes])
    routed = endpoints.compose(tree, routes, declared, modules.resolvers(tree, declared))
    return architecture.build(tree, declared, stack.detect(tree, declared), calls, routed)


def flows_of(found: Architecture) -> tuple[set[str], Pairs]:
    name = {node.id: normal(node.name) for node in found.nodes}
    flows = {
        (edge.target, edge.source) if edge.flow == "to_source" else (edge.source, edge.target)
        for edge in found.edges
    }
    return set(name.values()), {(name[sender], name[receiver]) for sender, receiver in flows}


def truth_of(data: dict) -> tuple[set[str], Pairs]:
    nodes = data.get("services", []) + data.get("microservices", []) + data.get("external_entities", [])
    flows = {(normal(flow["sender"]), normal(flow["receiver"])) for flow in data["information_flows"]}
    return {normal(node["name"]) for node in nodes}, flows


def without_hosts(truth: tuple[set[str], Pairs], found: tuple[set[str], Pairs]) -> tuple[set[str], Pairs]:
    """The one host of the public net that we found is the website that the truth does not name."""
    hosts = {name for name in found[0] - truth[0] if "." in name}
    websites = {name for name in truth[0] if name.startswith("externalwebsite")}
    named = dict(zip(hosts, websites, strict=False)) if len(hosts) == len(websites) == 1 else {}
    called = {name: named.get(name, name).replace(".", "") for name in found[0]}
    return set(called.values()), {(called[a], called[b]) for a, b in found[1]}


def compared(truth: tuple[set[str], Pairs], found: tuple[set[str], Pairs]) -> list[int]:
    """Nodes right, found, true; edges right, found, true; right in direction."""
    nodes, edges = truth
    same = matched(nodes, found[0])
    named = {same.get(name, "?" + name) for name in found[0]}
    pairs = {(same.get(a, "?" + a), same.get(b, "?" + b)) for a, b in found[1]}
    true_pairs, found_pairs = undirected(edges), undirected(pairs)
    right = true_pairs & found_pairs
    directed = sum(
        any(tuple(order) in edges for order in pairs if frozenset(order) == pair) for pair in right
    )
    return [
        len(nodes & named),
        len(named),
        len(nodes),
        len(right),
        len(found_pairs),
        len(true_pairs),
        directed,
    ]


def matched(truth: set[str], found: set[str]) -> dict[str, str]:
    """Names that are the same, or differ by an ending alone."""
    same = {name: name for name in found & truth}
    for name in found - truth:
        alike = [other for other in truth - set(same.values()) if stem(other) == stem(name)]
        if len(alike) == 1:
            same[name] = alike[0]
    return same


def undirected(pairs: Pairs) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in pairs if pair[0] != pair[1]}


def normal(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def stem(name: str) -> str:
    return re.sub(r"(server|service|svc|app|application|microservice)$", "", name) or name


def show(name: str, counts: list[int]) -> None:
    shares = [
        (counts[0], counts[1]),
        (counts[0], counts[2]),
        (counts[3], counts[4]),
        (counts[3], counts[5]),
        (counts[6], counts[3]),
    ]
    print(f"{name:50s} " + " ".join(f"{a / b:6.2f}" if b else "     -" for a, b in shares))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
