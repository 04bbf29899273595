"""Our architecture graph against pictures that polyglot systems draw of themselves.

    python -m benchmarks.architecture_drawn CHECKOUTS [--wrong]

CHECKOUTS holds a checkout of each repository of architecture_drawn.yaml, owner+name. `node R` and `edge R`: how much of the picture is found
(edges without direction); `edge P`: how much of what we draw between boxes of the picture is drawn there; `dir`: how many of the edges found
run as drawn, by `source` and `target` where arrows mean use, by `flow` where they mean data (a store's arrow there means that it is used);
`more`: boxes of ours that the picture leaves out, telemetry and simulators among them.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import yaml

from benchmarks.architecture import analysed
from repo_architect.contracts.repo_shape import Architecture

TABLE = Path(__file__).with_suffix(".yaml")
Pairs = set[tuple[str, str]]


def main() -> None:
    """Print a row for each system that is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.architecture_drawn")
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print the differences")
    options = parser.parse_args()
    print(f"{'system':44} {'node R':>7} {'edge P':>7} {'edge R':>7} {'dir':>6} {'more':>5}")
    total = [0] * 6
    for row in yaml.safe_load(TABLE.read_text()):
        folder = options.checkouts / row["repository"].replace("/", "+")
        if folder.is_dir():
            counts = compared(row, analysed(folder), options.wrong)
            total = [a + b for a, b in zip(total, counts, strict=False)] + total[len(counts) :]
            show(row["repository"], counts)
    show("TOTAL", total)


def compared(row: dict[str, Any], found: Architecture, wrong: bool) -> list[int]:
    """Nodes right and true; edges right, found between known nodes, and true; right in direction; nodes of ours that are not drawn."""
    names = {normal(name): normal(box) for box in boxes(row) for name in box.split("|")}
    called = {node.id: names.get(normal(node.name), f"?{node.name}") for node in found.nodes}
    drawn = {(normal(a), normal(b)) for a, targets in row["edges"].items() for b in targets}
    ours: dict[frozenset[str], set[tuple[str, str]]] = {}
    for edge in found.edges:
        pair = called[edge.source], called[edge.target]
        backwards = row["arrows"] == "flow" and edge.flow == "to_source" and is_queue(found, edge.target)
        if not any(name.startswith("?") for name in pair):
            ours.setdefault(frozenset(pair), set()).add(pair[::-1] if backwards else pair)
    true = {frozenset(pair) for pair in drawn}
    right = true & set(ours)
    directed = sum(bool(ours[pair] & drawn) for pair in right)
    known = set(names.values())
    if wrong:
        tell(true, set(ours), known - set(called.values()), [p for p in right if not ours[p] & drawn])
    more = sum(name.startswith("?") for name in called.values())
    return [len(known & set(called.values())), len(known), len(right), len(ours), len(true), directed, more]


def is_queue(found: Architecture, key: str) -> bool:
    return any(node.id == key and node.kind in ("broker", "queue", "cache") for node in found.nodes)


def boxes(row: dict[str, Any]) -> set[str]:
    return {*row["edges"], *(target for targets in row["edges"].values() for target in targets)}


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
