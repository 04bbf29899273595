"""Divide files into groups: by directory, then a large flat directory by who imports whom, then merge the smallest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from repo_architect.diagram.crumbs import without_crumbs
from repo_architect.diagram.headers import places, stem
from repo_architect.diagram.rollup import OWN, REST, roll_up, share_out
from repo_architect.diagram.sources import Sources

FLAT = 0.5
"""A directory of files that holds this share of them all tells too little as one box."""
FEW = 12
"""Clusters that a directory is split into, at most."""
ENOUGH = 5
"""A box of so few files need not be split, unless it is the only one."""
REFILLS = 2
"""How often the boxes that merging saved are shared out again."""
NOT_MANY = 2
"""A flat directory of at most so many times the files that there is room for shows the busiest as they are."""
CLUSTER = "#"
"""In a key, between the directory and the file that a cluster of its files is named after."""

Parts = dict[str, list[str]]


def divide(sources: Sources, groups: int, *, whole: bool = True) -> Parts:
    """At most `groups` groups of files, by key; keys are paths, or a path and `#` and a file's name.

    `whole` is for a picture: each directory gets its share of the boxes, folders of a single file are merged into what they are tied to,
    and the boxes that this saves are shared out again. Without it every folder that has room stays.
    """
    if not whole:
        return dict(sorted(_divided(sources, groups, fair=False).items()))
    parts = without_crumbs(_divided(sources, groups, fair=True), sources)
    asked = groups
    for _ in range(REFILLS):
        if len(parts) >= groups:
            break
        asked += groups - len(parts)
        more = without_crumbs(_divided(sources, asked, fair=True), sources)
        if not len(parts) <= len(more) <= groups:
            break
        parts = more
    return dict(sorted(parts.items()))


def _divided(sources: Sources, groups: int, *, fair: bool) -> Parts:
    place = places(sources.lines)
    by_place: dict[str, list[str]] = defaultdict(list)
    for path in sorted(place):
        by_place[place[path]].append(path)
    rolled = (share_out if fair else roll_up)(by_place, groups, _uses(sources, place))
    parts = {key: sorted(path for at in found for path in by_place[at]) for key, found in rolled.items()}
    flat = [
        key for key, found in rolled.items() if _is_flat(key, found) and _tells_too_little(parts[key], parts)
    ]
    for key in sorted(flat, key=lambda key: (-len(parts[key]), key)):
        room = groups - len(parts) + 1
        if room > 1:
            parts |= _split(key, parts.pop(key), sources, room)
    return parts


def _uses(sources: Sources, place: Mapping[str, str]) -> Counter[str]:
    """How many files of other folders import each, by the place it is grouped by."""
    ends = ((place[edge.source], place[edge.target]) for edge in sources.imports)
    return Counter(
        target for source, target in ends if source.rpartition("/")[0] != target.rpartition("/")[0]
    )


def _tells_too_little(files: list[str], parts: Parts) -> bool:
    """One box for a large share of all files, or for all of them."""
    if len(parts) == 1:
        return len(files) > 1
    return len(files) > ENOUGH and len(files) >= FLAT * sum(map(len, parts.values()))


def _is_flat(key: str, files: list[str]) -> bool:
    folder = key.removesuffix(OWN)
    return all(path.rpartition("/")[0] == folder for path in files)


def _split(key: str, files: list[str], sources: Sources, room: int) -> Parts:
    """A box a file (with its header) where they are few, of not many more the busiest; else clusters of files that import one another.

    A cluster is named after its centre.
    """
    folder = key.removesuffix(OWN)
    alike: Parts = defaultdict(list)
    for path in files:
        alike[stem(path)].append(path)
    if len(alike) <= room:
        return {_first_source(same): same for same in alike.values()}
    if room > ENOUGH and len(alike) <= NOT_MANY * room and _busy(files, sources):
        return _busiest(folder, list(alike.values()), sources, room)
    clusters = _clusters(files, sources, room)
    if len(clusters) < 2:
        return {key: files}
    return {f"{folder}{CLUSTER}{_centre(cluster, sources)}": sorted(cluster) for cluster in clusters}


def _busiest(folder: str, alike: list[list[str]], sources: Sources, room: int) -> Parts:
    """Boxes for the files that most imports lead to or from, and one for the others."""
    busy = _busy([path for same in alike for path in same], sources)
    ranked = sorted(alike, key=lambda same: (-sum(busy[path] for path in same), min(same)))
    rest = sorted(path for same in ranked[room - 1 :] for path in same)
    kept = {_first_source(same): same for same in ranked[: room - 1]}
    return kept | {f"{folder}{CLUSTER}{_centre(set(rest), sources)}": rest}


def _busy(files: list[str], sources: Sources) -> Counter[str]:
    """How many imports lead to or from each of the files, within the directory or out of it."""
    inside = set(files)
    return Counter(path for edge in sources.imports for path in (edge.source, edge.target) if path in inside)


def _first_source(same: list[str]) -> str:
    return min(same, key=lambda path: (path.endswith((".h", ".hh", ".hpp", ".hxx")), path))


def _clusters(files: list[str], sources: Sources, room: int) -> list[set[str]]:
    """Louvain communities, at most `room`: the smallest join those that they share most imports with."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(files)
    inside = set(files)
    if not any(edge.source in inside and edge.target in inside for edge in sources.imports):
        return _families(files, room)
    weight = Counter(
        tuple(sorted((e.source, e.target)))
        for e in sources.imports
        if e.source in inside and e.target in inside
    )
    graph.add_weighted_edges_from(
        (source, target, count) for (source, target), count in sorted(weight.items())
    )
    found = [set(cluster) for cluster in nx.community.louvain_communities(graph, seed=1)]
    return _merged(found, weight, min(room, FEW))


def _families(files: list[str], room: int) -> list[set[str]]:
    """Files whose names begin with the whole name of another, largest families first; what there is no room for is one more."""
    found: dict[str, set[str]] = {}
    for path in sorted(files, key=lambda path: (len(stem(path)), path)):
        head = next((name for name in found if stem(path).startswith(name)), stem(path))
        found.setdefault(head, set()).add(path)
    ranked = sorted(found.values(), key=lambda family: (-len(family), min(family)))
    rest = set().union(*ranked[room - 1 :])
    return [*ranked[: room - 1], *([rest] if rest else [])]


def _merged(clusters: list[set[str]], weight: Mapping[tuple[str, ...], int], room: int) -> list[set[str]]:
    clusters = sorted(clusters, key=lambda cluster: (-len(cluster), min(cluster)))
    while len(clusters) > max(1, room):
        small = clusters.pop()
        shared = [
            sum(
                n
                for (a, b), n in weight.items()
                if (a in small) != (b in small) and (a in other or b in other)
            )
            for other in clusters
        ]
        # what nothing ties to another goes to the smallest, so that loose files end up together
        best = max(
            range(len(clusters)),
            key=lambda index: (shared[index], -len(clusters[index]) if not any(shared) else 0, -index),
        )
        clusters[best] |= small
        clusters.sort(key=lambda cluster: (-len(cluster), min(cluster)))
    return clusters


def _centre(cluster: set[str], sources: Sources) -> str:
    """The file of a cluster that most of it is tied to."""
    ties: Counter[str] = Counter()
    for edge in sources.imports:
        if edge.source in cluster and edge.target in cluster:
            ties[edge.target] += 2
            ties[edge.source] += 1
    return min(cluster, key=lambda path: (-ties[path], -sources.lines[path], path)).rpartition("/")[2]


def path_of(key: str, files: list[str]) -> str:
    """The path that a group stands for: its directory, or its file when it is one."""
    if len(files) == 1 or key in files:
        return key if key in files else files[0]
    return key.partition(CLUSTER)[0].removesuffix(OWN).removesuffix(REST) or "."
