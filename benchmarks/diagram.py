"""Score our grouping of files into components against architectures that people recovered by hand.

usage: diagram.py TRUTH_DIR [GROUPS]
TRUTH_DIR holds NAME.json in the form of the data set anonymous2f4a9d/SARIF_FSE23: {"structure": [{"@type": "group", "name", "nested": [...]},
{"@type": "item", "name"}]}. Prints MoJoFM and ARI of plain leaf directories and of ours at GROUPS (40) groups or fewer.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from math import comb
from pathlib import Path

import networkx as nx

from repo_architect.diagram.partition import divide
from repo_architect.diagram.sources import Sources

Groups = dict[str, str]


def main(truths: Path, groups: int) -> None:
    print(
        f"{'system':36s} {'items':>6} {'true':>5} {'dirs':>6} {'ours':>6} {'dirs ARI':>9} {'ours ARI':>9} {'groups':>7}"
    )
    rows = []
    for path in sorted(truths.glob("*.json")):
        truth = truth_of(json.loads(path.read_text()))
        leaf = {item: "/".join(parts(item)[:-1]) for item in truth}
        ours = rolled_up(list(truth), groups)
        row = (mojofm(leaf, truth), mojofm(ours, truth), ari(leaf, truth), ari(ours, truth))
        rows.append(row)
        print(
            f"{path.stem:36s} {len(truth):6d} {len(set(truth.values())):5d} {row[0]:6.3f} {row[1]:6.3f} {row[2]:9.3f} {row[3]:9.3f} {len(set(ours.values())):7d}"
        )
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(f"{'mean':36s} {'':6s} {'':5s} {means[0]:6.3f} {means[1]:6.3f} {means[2]:9.3f} {means[3]:9.3f}")


def rolled_up(items: list[str], groups: int) -> Groups:
    """Our grouping; names with dots are taken for paths."""
    path_of = {"/".join(parts(item)): item for item in items}
    sources = Sources(dict.fromkeys(path_of, 1), (), Counter(), 0)
    return {path_of[path]: key for key, paths in divide(sources, groups).items() for path in paths}


def parts(item: str) -> list[str]:
    if "/" in item:
        return item.split("/")
    if item.count(".") >= 2 or item.rpartition(".")[2] not in ("c", "h", "y", "def", "cpp"):
        return item.split(".")
    return [item]


def truth_of(data: dict) -> Groups:
    found: Groups = {}
    pending = [(entry, None) for entry in reversed(data["structure"])]
    while pending:
        entry, group = pending.pop()
        if entry.get("@type") == "item":
            found.setdefault(entry["name"], group or "")
        else:
            name = group if group is not None else entry.get("name") or str(id(entry))
            pending.extend((nested, name) for nested in reversed(entry.get("nested", [])))
    return found


def mojofm(found: Groups, truth: Groups) -> float:
    """1 less the moves and joins from found to truth, over the most that any grouping needs."""
    items = [item for item in found if item in truth]
    shares: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        shares[found[item]][truth[item]] += 1
    graph, kept = nx.Graph(), 0
    for group, counts in shares.items():
        most = max(counts.values())
        kept += most
        graph.add_edges_from(
            (("found", group), ("true", other)) for other, count in counts.items() if count == most
        )
    matching = nx.bipartite.hopcroft_karp_matching(
        graph, top_nodes=[node for node in graph if node[0] == "found"]
    )
    named = sum(node[0] == "found" for node in matching)
    moves = len(items) - kept + len(shares) - named
    furthest = 0
    for size in sorted(Counter(truth[item] for item in items).values()):
        furthest += furthest < size
    return 1 - moves / (len(items) - furthest)


def ari(found: Groups, truth: Groups) -> float:
    """The adjusted Rand index."""
    items = [item for item in found if item in truth]
    pairs = sum(comb(count, 2) for count in Counter((found[item], truth[item]) for item in items).values())
    ours = sum(comb(count, 2) for count in Counter(found[item] for item in items).values())
    theirs = sum(comb(count, 2) for count in Counter(truth[item] for item in items).values())
    chance = ours * theirs / comb(len(items), 2)
    return (pairs - chance) / ((ours + theirs) / 2 - chance)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40)
