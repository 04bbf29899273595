"""Our architecture graph against pictures that polyglot systems draw of themselves.

    python -m benchmarks.architecture_drawn CHECKOUTS [--wrong]

CHECKOUTS holds a checkout of each repository of architecture_drawn.yaml, owner+name. `node R` and `edge R`: how much of the picture is found
(edges without direction); `edge P`: how much of what we draw between boxes of the picture is drawn there; `dir`: how many of the edges found
run as drawn, by `source` and `target` where arrows mean use, by `flow` where they mean data (a store's arrow there means that it is used);
`more`: boxes of ours that the picture leaves out, telemetry and simulators among them.
Systems read by hand are told by round, and are counted more strictly: an edge of ours to a box that they do not have is wrong, unless the box
is of telemetry or stands aside; what may be drawn or left out counts neither way.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import yaml

from benchmarks.architecture import analysed
from repo_architect.contracts.repo_shape import Architecture, ArchitectureNode

TABLE = Path(__file__).with_suffix(".yaml")


def main() -> None:
    """Print a row for each system that is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.architecture_drawn")
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print the differences")
    options = parser.parse_args()
    rounds: dict[str, list[dict[str, Any]]] = {}
    for row in yaml.safe_load(TABLE.read_text()):
        if (options.checkouts / row["repository"].replace("/", "+")).is_dir():
            title = f"read by hand, round {row['round']}" if "round" in row else "pictures of their own"
            rounds.setdefault(title, []).append(row)
    for title, rows in rounds.items():
        tell_round(title, rows, options.checkouts, options.wrong)


def tell_round(title: str, rows: list[dict[str, Any]], checkouts: Path, wrong: bool) -> None:
    print(f"{title:44} {'node R':>7} {'edge P':>7} {'edge R':>7} {'dir':>7} {'more':>4}")
    total = [0] * 7
    for row in rows:
        counts = compared(row, analysed(checkouts / row["repository"].replace("/", "+")), wrong)
        total = [a + b for a, b in zip(total, counts, strict=True)]
        show(row["repository"], counts)
    show("TOTAL", total)


def compared(row: dict[str, Any], found: Architecture, wrong: bool) -> list[int]:
    """Nodes right and true; edges right, found (see above), and true; right in direction; nodes of ours that are not drawn."""
    names = {normal(name): normal(box) for box in boxes(row["edges"]) for name in box.split("|")}
    others = {normal(name): normal(box) for box in boxes(row.get("may", {})) for name in box.split("|")}
    called = {node.id: called_in(row, {**others, **names}, node) for node in found.nodes}
    drawn, may = pairs(row["edges"]), {frozenset(pair) for pair in pairs(row.get("may", {}))}
    ours: dict[frozenset[str], set[tuple[str, str]]] = {}
    for edge in found.edges:
        pair = called[edge.source], called[edge.target]
        backwards = row["arrows"] == "flow" and edge.flow == "to_source" and is_queue(found, edge.target)
        if counts(row, pair):
            ours.setdefault(frozenset(pair), set()).add(pair[::-1] if backwards else pair)
    true = {frozenset(pair) for pair in drawn}
    ours = {pair: ways for pair, ways in ours.items() if pair in true or pair not in may}
    right = true & set(ours)
    directed = sum(bool(ours[pair] & drawn) for pair in right)
    known = set(names.values())
    if wrong:
        tell(true, set(ours), known - set(called.values()), [p for p in right if not ours[p] & drawn])
    more = sum(name.startswith("?") for name in called.values())
    return [len(known & set(called.values())), len(known), len(right), len(ours), len(true), directed, more]


def called_in(row: dict[str, Any], names: dict[str, str], node: ArchitectureNode) -> str:
    """What the picture calls a node of ours; `?` before what it does not have, `!` before what it leaves aside."""
    aside = {normal(name) for name in row.get("aside", ())}
    if normal(node.name) in names:
        return names[normal(node.name)]
    left_out = "round" in row and (normal(node.name) in aside or node.kind == "monitoring")
    return f"!{node.name}" if left_out else f"?{node.name}"


def counts(row: dict[str, Any], pair: tuple[str, str]) -> bool:
    strict = "round" in row
    return pair[0] != pair[1] and not any(
        name.startswith("!") or (name.startswith("?") and not strict) for name in pair
    )


def pairs(edges: dict[str, list[str]]) -> set[tuple[str, str]]:
    return {(normal(a), normal(b)) for a, targets in edges.items() for b in targets}


def is_queue(found: Architecture, key: str) -> bool:
    return any(node.id == key and node.kind in ("broker", "queue", "cache") for node in found.nodes)


def boxes(edges: dict[str, list[str]]) -> set[str]:
    return {*edges, *(target for targets in edges.values() for target in targets)}


def normal(name: str) -> str:
    return re.sub(r"[^a-z0-9|]", "", name.lower())


def tell(
    true: set[frozenset[str]], ours: set[frozenset[str]], missing: set[str], turned: list[frozenset[str]]
) -> None:
    print("    missing boxes:", *sorted(missing))
    for sign, pairs in (("+", ours - true), ("-", true - ours), ("<>", set(turned))):
        for pair in sorted(sorted(pair) for pair in pairs):
            print(f"    {sign} {' '.join(pair)}")


def show(name: str, counts: list[int]) -> None:
    nodes, all_nodes, right, ours, true, directed, *more = counts
    shares = [(nodes, all_nodes), (right, ours), (right, true), (directed, right)]
    print(f"{name:44} " + " ".join(f"{a / b:7.2f}" if b else "      -" for a, b in shares), *more)


if __name__ == "__main__":
    main()
