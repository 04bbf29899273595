"""Score our grouping of files into components against architectures that people recovered by hand.

usage: python -m benchmarks.diagram TRUTH_DIR [GROUPS]
       python -m benchmarks.diagram --check [--inside] FOLDER...      the pictures of real repositories: benchmarks/diagram_check.py

TRUTH_DIR holds NAME.json in the form of the data set anonymous2f4a9d/SARIF_FSE23: {"structure": [{"@type": "group", "name", "nested": [...]},
{"@type": "item", "name"}]}. Prints MoJoFM and ARI at GROUPS (40) groups or fewer:

best      the most MoJoFM that any grouping of so many groups can have
leaf      every directory a group, however many
level     the deepest level of directories that has so many at most
plain     directories rolled up to so many groups: split the largest that fits, nothing else
ours      as the product does it
left out  ours with the constants chosen on the other systems alone
picture   as a picture of so many boxes groups them: folders of one file are merged, the boxes that this saves are given to others
Plain directories is what the column of that name has: the same bound, the same names. Exits with 1 when MoJoFM or ARI of ours is below
that of plain directories on any system, at GROUPS or at any bound from 6 to 40.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from math import comb
from pathlib import Path

import networkx as nx

from repo_architect.diagram import partition, rollup
from repo_architect.diagram.sources import Sources

Groups = dict[str, str]
Scores = tuple[float, float]
# every constant of the grouping that is not a bound, with the values to choose from
CONSTANTS = (
    (rollup, "MANY", (3, 4, 5, 6, 8)),
    (rollup, "TELLING", (0.34, 0.5, 0.67)),
    (partition, "FLAT", (0.2, 0.35, 0.5, 0.7)),
    (partition, "ENOUGH", (3, 5)),
)
SETTINGS = tuple(product(*(values for _, _, values in CONSTANTS)))
COLUMNS = ("best", "leaf", "level", "plain", "ours", "left out", "picture")
PICTURE = 16
"""Groups of a picture of the product; the other boxes up to 24 are what is outside."""
BOUNDS = range(6, 41)
"""Bounds that ours is held against plain directories at."""
ROUNDING = 5e-4


def main(truths: Path, groups: int) -> int:
    systems = {path.stem: truth_of(json.loads(path.read_text())) for path in sorted(truths.glob("*.json"))}
    tried = {
        setting: {name: scored(truth, groups, setting) for name, truth in systems.items()}
        for setting in SETTINGS
    }
    print(f"{'MoJoFM / ARI':36s} {'items':>6} {'true':>5}" + "".join(f"{name:>15s}" for name in COLUMNS))
    rows = []
    for name, truth in systems.items():
        rows.append(
            (
                scores(best(truth, groups), truth),
                scores(leaf(truth), truth),
                scores(level(list(truth), groups), truth),
                scores(plain(list(truth), groups), truth),
                tried[shipped()][name],
                tried[chosen_without(name, tried)][name],
                scores(rolled_up(list(truth), groups, whole=True), truth),
            )
        )
        print(f"{name:36s} {len(truth):6d} {len(set(truth.values())):5d}" + cells(rows[-1]))
    means = [tuple(sum(row[at][n] for row in rows) / len(rows) for n in (0, 1)) for at in range(len(COLUMNS))]
    print(f"{'mean':36s} {'':6s} {'':5s}" + cells(means))
    print(f"settings tried: {len(SETTINGS)}")
    plainly = below_plain(systems, [groups], whole=False)
    drawn = below_plain(systems, [PICTURE], whole=True)
    print(f"below plain directories of as many groups, MoJoFM or ARI: {told(plainly)}")
    print(f"a picture of {PICTURE} boxes, below plain directories of as many groups: {told(drawn)}")
    others = below_plain(systems, BOUNDS, whole=False)
    print(
        f"of {len(systems) * len(BOUNDS)} comparisons at bounds {BOUNDS[0]} to {BOUNDS[-1]}, below: {told(others)}"
    )
    finer = [name for name, row in zip(systems, rows, strict=True) if row[4][0] < row[1][0]]
    unreachable = [name for name, row in zip(systems, rows, strict=True) if row[0][0] < row[1][0]]
    print(f"below all leaf directories, which are more groups: {', '.join(finer) or 'none'}")
    print(f"of these, no {groups} groups can do better: {', '.join(unreachable) or 'none'}")
    return int(bool(plainly or others))


def below_plain(
    systems: dict[str, Groups], bounds: Iterable[int], *, whole: bool
) -> list[tuple[str, int, float]]:
    """(system, bound, by how much) where ours is below plain directories in MoJoFM or ARI, by more than a rounding."""
    found = []
    for name, truth in systems.items():
        for bound in bounds:
            theirs = scores(plain(list(truth), bound), truth)
            ours = scores(rolled_up(list(truth), bound, whole=whole), truth)
            least = min(one - other for one, other in zip(ours, theirs, strict=True))
            if least < -ROUNDING:
                found.append((name, bound, least))
    return found


def told(below: list[tuple[str, int, float]]) -> str:
    return ", ".join(f"{name} at {bound} by {-least:.3f}" for name, bound, least in below) or "none"


def cells(row: list[Scores] | tuple[Scores, ...]) -> str:
    return "".join(f"  {mojo:6.3f}/{rand:6.3f}" for mojo, rand in row)


def scores(found: Groups, truth: Groups) -> Scores:
    return mojofm(found, truth), ari(found, truth)


def scored(truth: Groups, groups: int, setting: tuple) -> Scores:
    with constants(setting):
        return scores(rolled_up(list(truth), groups), truth)


def chosen_without(judged: str, tried: dict[tuple, dict[str, Scores]]) -> tuple:
    """The setting that is best on all other systems, MoJoFM and ARI together; of equals the one in the middle."""

    def good(setting: tuple) -> float:
        return round(sum(sum(row) for name, row in tried[setting].items() if name != judged), 9)

    most = max(map(good, SETTINGS))
    equals = [setting for setting in SETTINGS if good(setting) == most]
    return equals[len(equals) // 2]


def shipped() -> tuple:
    return tuple(getattr(module, name) for module, name, _ in CONSTANTS)


@contextmanager
def constants(setting: tuple) -> Iterator[None]:
    before = shipped()
    for (module, name, _), value in zip(CONSTANTS, setting, strict=True):
        setattr(module, name, value)
    try:
        yield
    finally:
        for (module, name, _), value in zip(CONSTANTS, before, strict=True):
            setattr(module, name, value)


def best(truth: Groups, groups: int) -> Groups:
    """The largest true groups, all other items with the largest: no grouping of so many groups moves fewer."""
    ranked = [name for name, _ in Counter(truth.values()).most_common(groups)]
    kept = set(ranked)
    return {item: name if name in kept else ranked[0] for item, name in truth.items()}


def leaf(truth: Groups) -> Groups:
    return {item: "/".join(parts(item)[:-1]) for item in truth}


def level(items: list[str], groups: int) -> Groups:
    """All directories of one depth, those that end before it whole: the deepest with so many at most."""
    deepest = max(map(len, map(parts, items)))
    cuts = ({item: "/".join(parts(item)[:-1][:depth]) for item in items} for depth in range(deepest, -1, -1))
    return next(cut for cut in cuts if len(set(cut.values())) <= groups)


def plain(items: list[str], groups: int) -> Groups:
    """Split the largest group into its directories, again and again, as long as all of them fit."""
    folders = {item: tuple(parts(item)[:-1]) for item in items}
    found: dict[tuple[str, ...], list[str]] = {(): list(items)}
    while True:
        for prefix, members in sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])):
            below: dict[tuple[str, ...], list[str]] = defaultdict(list)
            for item in members:
                below[folders[item][: len(prefix) + 1]].append(item)
            if set(below) != {prefix} and len(found) - 1 + len(below) <= groups:
                del found[prefix]
                for folder, inside in below.items():
                    found.setdefault(folder, []).extend(inside)
                break
        else:
            return {item: "/".join(prefix) for prefix, members in found.items() for item in members}


def rolled_up(items: list[str], groups: int, *, whole: bool = False) -> Groups:
    """Our grouping as `diff` compares by it, or `whole`, as a picture shows it; names with dots are taken for paths."""
    path_of = {"/".join(parts(item)): item for item in items}
    sources = Sources(dict.fromkeys(path_of, 1), (), Counter(), 0)
    found = partition.divide(sources, groups, whole=whole)
    return {path_of[path]: key for key, paths in found.items() for path in paths}


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
    if "--check" in sys.argv[1:]:
        from benchmarks import diagram_check

        folders = [Path(given) for given in sys.argv[1:] if not given.startswith("--")]
        sys.exit(diagram_check.main(folders, inside="--inside" in sys.argv))
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40))
