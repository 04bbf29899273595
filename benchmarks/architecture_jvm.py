"""Our architecture graph against JVM microservice systems that were read by hand.

    python -m benchmarks.architecture_jvm CHECKOUTS [--wrong] [--round N]

CHECKOUTS holds a checkout of each repository of architecture_jvm.yaml at its commit, owner+name. Nodes and edges are counted as architecture.py
counts them (edges without direction, `dir` how many of those found run as the data goes); what a row says that a reader may draw or leave out
counts neither way.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.architecture import (
    Pairs,
    analysed,
    compared,
    flows_of,
    matched,
    normal,
    show,
    undirected,
)

TABLE = Path(__file__).with_suffix(".yaml")
Found = tuple[set[str], Pairs]


def main() -> None:
    """Print a row for each system that is there, and a total for each round."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.architecture_jvm")
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print the differences")
    parser.add_argument("--round", type=int, help="only the systems of this round")
    options = parser.parse_args()
    print(f"{'system':50s} {'node P':>6} {'node R':>6} {'edge P':>6} {'edge R':>6} {'dir':>6}")
    totals: dict[int, list[int]] = {}
    for row in yaml.safe_load(TABLE.read_text()):
        folder = options.checkouts / row["repository"].replace("/", "+")
        if folder.is_dir() and options.round in (None, row["round"]):
            truth, found = truth_of(row), flows_of(analysed(folder))
            counts = compared(truth, without_maybe(row, truth, found))
            total = totals.setdefault(row["round"], [0] * 7)
            totals[row["round"]] = [a + b for a, b in zip(total, counts, strict=True)]
            show(row["repository"], counts)
            if options.wrong:
                tell(truth, without_maybe(row, truth, found))
    for number, total in sorted(totals.items()):
        show(f"TOTAL of round {number}", total)


def truth_of(row: dict[str, Any]) -> Found:
    """Boxes and flows of a row, each box by the first of its names."""
    flows = set(_pairs(row["flows"]))
    return {name for pair in flows for name in pair} | {_box(name) for name in row.get("alone", ())}, flows


def without_maybe(row: dict[str, Any], truth: Found, found: Found) -> Found:
    """What we found, in the truth's names, less what a reader may draw or leave out."""
    called = {
        normal(name): _box(box)
        for box in {*_boxes(row["flows"]), *_boxes(row.get("maybe", {}))}
        for name in box.split("|")
    }
    nodes = {called.get(name, name) for name in found[0]}
    same = matched(truth[0], nodes)
    known = {name: same.get(called.get(name, name), called.get(name, name)) for name in found[0]}
    idle = {normal(name) for box in row.get("maybe_nodes", ()) for name in box.split("|")} - truth[0]
    perhaps = undirected(set(_pairs(row.get("maybe", {})))) - undirected(truth[1])
    pairs = {(known[a], known[b]) for a, b in found[1]}
    kept = {pair for pair in pairs if frozenset(pair) not in perhaps and not set(pair) & idle}
    return {known[name] for name in found[0]} - idle, kept


def tell(truth: Found, found: Found) -> None:
    """The differences: `+` what only we draw, `-` what only the reader draws, `<>` what runs the other way."""
    print("    nodes +", *sorted(found[0] - truth[0]), "| -", *sorted(truth[0] - found[0]))
    true, ours = undirected(truth[1]), undirected(found[1])
    turned = {
        pair
        for pair in true & ours
        if not any(frozenset(one) == pair and one in truth[1] for one in found[1])
    }
    for sign, pairs in (("+", ours - true), ("-", true - ours), ("<>", turned)):
        for pair in sorted(sorted(pair) for pair in pairs):
            print(f"    {sign} {' '.join(pair)}")


def _pairs(flows: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for sender, receivers in flows.items():
        yield from ((_box(sender), _box(receiver)) for receiver in receivers)


def _boxes(flows: dict[str, list[str]]) -> Iterator[str]:
    for sender, receivers in flows.items():
        yield from (sender, *receivers)


def _box(name: str) -> str:
    return normal(name.partition("|")[0])


if __name__ == "__main__":
    main()
