"""Compare two analyses by the same components."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from repo_architect.contracts import Evidence, Modules, RepoShape
from repo_architect.diagram.diff.model import ArchitectureDiff, Change, Cycle, Move, Service
from repo_architect.diagram.partition import divide, path_of
from repo_architect.diagram.sources import Sources, proof_first, sources_of

GROUPS = 40
"""Components looked at, at most: more than a picture shows, so that small changes are seen."""
MOVED = 0.6
"""A component whose files are mostly those of another by name has moved."""

Groups = Mapping[str, str]
Lines = dict[tuple[str, str], Evidence]


def compare(old: RepoShape, old_modules: Modules, new: RepoShape, new_modules: Modules) -> ArchitectureDiff:
    """What changed from the old analysis to the new.

    Components are those of the newer analysis, and for files that are gone those of the older. Dependencies for types alone are none here:
    they close no cycle at run time.
    """
    before, after = sources_of(old, old_modules), sources_of(new, new_modules)
    old_groups, new_groups = _groups(before, after), _groups(after, after)
    moves = _moves(old_groups, new_groups)
    renamed = {move.old: move.new for move in moves}
    then = _renamed(_dependencies(before, old_groups), renamed)
    now = _dependencies(after, new_groups)
    was, is_now = {renamed.get(group, group) for group in old_groups.values()}, set(new_groups.values())
    new_edges, removed_edges = _only(now, then), _only(then, now)
    new_cycles, removed_cycles = _cycles_changed(then, now, new_edges)
    new_services, removed_services = _services_changed(old, new)
    new_connections, removed_connections = _connections_changed(old, new)
    return ArchitectureDiff(
        old_commit=old.repository.commit,
        new_commit=new.repository.commit,
        added=tuple(sorted(is_now - was)),
        removed=tuple(sorted(was - is_now)),
        moved=moves,
        new_edges=new_edges,
        removed_edges=removed_edges,
        new_cycles=new_cycles,
        removed_cycles=removed_cycles,
        new_services=new_services,
        removed_services=removed_services,
        new_connections=new_connections,
        removed_connections=removed_connections,
    )


def _groups(sources: Sources, frame: Sources) -> Groups:
    """The component of each file: the one that the frame gives its path, else that of its folder there, else its own folder."""
    parts = divide(frame, GROUPS, whole=False)
    # a folder stays itself when it has one file only
    of_file = {
        path: key if key in files else path_of(key, []) for key, files in parts.items() for path in files
    }
    folders: dict[str, set[str]] = defaultdict(set)
    for path, group in of_file.items():
        folders[path.rpartition("/")[0]].add(group)
    return {path: of_file.get(path) or _nearest(path, folders) for path in sources.lines}


def _nearest(path: str, folders: Mapping[str, set[str]]) -> str:
    folder = path.rpartition("/")[0]
    around = folders.get(folder, set())
    if len(around) == 1:
        return next(iter(around))
    # beside files that are components each, a file is one too
    return path if around else folder or path


def _moves(old: Groups, new: Groups) -> tuple[Move, ...]:
    """Components that are gone and whose files, by name, are mostly in one that is new."""
    then, now = _files_by_name(old), _files_by_name(new)
    gone, made = set(then) - set(now), set(now) - set(then)
    scores = sorted(
        (-_alike(then[one], now[other]), one, other)
        for one in gone for other in made if _alike(then[one], now[other]) >= MOVED
    )  # fmt: skip
    found = []
    for _, one, other in scores:
        if one in gone and other in made:
            found.append(Move(one, other))
            gone.discard(one)
            made.discard(other)
    return tuple(sorted(found, key=lambda move: move.old))


def _files_by_name(groups: Groups) -> dict[str, Counter[str]]:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for path, group in groups.items():
        names[group][path.removeprefix(group).lstrip("/") or path.rpartition("/")[2]] += 1
    return names


def _alike(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max((one | other).total(), 1)


def _dependencies(sources: Sources, groups: Groups) -> Lines:
    found: Lines = {}
    for edge in sorted(sources.imports, key=proof_first):
        pair = (groups[edge.source], groups[edge.target])
        if pair[0] != pair[1] and edge.kind != "type":
            line = max(1, edge.lines[0]) if edge.lines else 1
            found.setdefault(pair, Evidence(path=edge.source, line=line))
    return found


def _renamed(lines: Lines, names: Mapping[str, str]) -> Lines:
    pairs = {
        (names.get(source, source), names.get(target, target)): line
        for (source, target), line in lines.items()
    }
    return {pair: line for pair, line in pairs.items() if pair[0] != pair[1]}


def _cycles_changed(
    then: Lines, now: Lines, new_edges: tuple[Change, ...]
) -> tuple[tuple[Cycle, ...], tuple[Cycle, ...]]:
    """Knots that are in no older one are new, so that one that only shrank is not; those are gone of which no two components are left in one."""
    before, after = _knots(then), _knots(now)
    made = [knot for knot in after if not any(knot <= other for other in before)]
    gone = [knot for knot in before if not any(len(knot & other) > 1 for other in after)]
    return (
        tuple(
            Cycle(tuple(sorted(knot)), tuple(e for e in new_edges if e.source in knot and e.target in knot))
            for knot in made
        ),
        tuple(Cycle(tuple(sorted(knot))) for knot in gone),
    )


def _knots(dependencies: Lines) -> list[set[str]]:
    """Components that depend on one another, in both directions."""
    import networkx as nx

    graph = nx.DiGraph(sorted(dependencies))
    knots = [set(knot) for knot in nx.strongly_connected_components(graph) if len(knot) > 1]
    return sorted(knots, key=sorted)


def _only(some: Lines, others: Lines) -> tuple[Change, ...]:
    return tuple(Change(*pair, evidence) for pair, evidence in sorted(some.items()) if pair not in others)


def _services_changed(old: RepoShape, new: RepoShape) -> tuple[tuple[Service, ...], tuple[Service, ...]]:
    then, now = (
        {
            (node.name, node.kind): Service(node.name, node.kind, node.evidence[0] if node.evidence else None)
            for node in shape.architecture.nodes
        }
        for shape in (old, new)
    )
    return (
        tuple(now[key] for key in sorted(now) if key not in then),
        tuple(then[key] for key in sorted(then) if key not in now),
    )


def _connections_changed(old: RepoShape, new: RepoShape) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    then, now = _connections(old), _connections(new)
    return (
        tuple(now[key] for key in sorted(now) if key not in then),
        tuple(then[key] for key in sorted(then) if key not in now),
    )


def _connections(shape: RepoShape) -> dict[tuple[str, str, str], Change]:
    name = {node.id: node.name for node in shape.architecture.nodes}
    found = {}
    for edge in shape.architecture.edges:
        source, target = name.get(edge.source, edge.source), name.get(edge.target, edge.target)
        found[source, target, edge.kind] = Change(source, target, edge.evidence[0], edge.label or edge.kind)
    return found
