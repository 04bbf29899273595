"""How the architecture changed between two analyses: components, dependencies between them, and cycles.

change = diff.compare(old_shape, old_modules, new_shape, new_modules)
print(change.text()); change.mermaid(); change.json(); change.has("new-cycle")
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass

from repo_architect.contracts import Evidence, Modules, RepoShape
from repo_architect.diagram import labels
from repo_architect.diagram.mermaid import escape
from repo_architect.diagram.partition import divide, path_of
from repo_architect.diagram.sources import Sources, proof_first, sources_of

GROUPS = 40
"""Components looked at, at most: more than a picture shows, so that small changes are seen."""
MOVED = 0.6
"""A component whose files are mostly those of another by name has moved."""
DRAWN = 24
KINDS = (
    "new-component",
    "removed-component",
    "moved-component",
    "new-dependency",
    "removed-dependency",
    "new-cycle",
    "removed-cycle",
)


@dataclass(frozen=True)
class Dependency:
    """A dependency between two components, with a line that proves it in the analysis where it is."""

    source: str
    target: str
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Move:
    old: str
    new: str


@dataclass(frozen=True)
class ArchitectureDiff:
    """What changed. Components are paths; cycles are the components in them, sorted."""

    old_commit: str
    new_commit: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[Move, ...]
    new_dependencies: tuple[Dependency, ...]
    removed_dependencies: tuple[Dependency, ...]
    new_cycles: tuple[tuple[str, ...], ...]
    removed_cycles: tuple[tuple[str, ...], ...]

    def has(self, kind: str) -> bool:
        """Whether there is a change of a kind, one of KINDS. Raises KeyError for another."""
        return bool(dict(zip(KINDS, self._parts(), strict=True))[kind])

    @property
    def empty(self) -> bool:
        return not any(self._parts())

    def text(self) -> str:
        """The changes a line each, for a console."""
        if self.empty:
            return "The architecture did not change.\n"
        lines = [f"+ component {path}" for path in self.added]
        lines += [f"- component {path}" for path in self.removed]
        lines += [f"> component {move.old} is now {move.new}" for move in self.moved]
        lines += [f"+ {found.source} -> {found.target}{_at(found)}" for found in self.new_dependencies]
        lines += [f"- {found.source} -> {found.target}{_at(found)}" for found in self.removed_dependencies]
        lines += [f"! new cycle: {', '.join(cycle)}" for cycle in self.new_cycles]
        lines += [f"  cycle gone: {', '.join(cycle)}" for cycle in self.removed_cycles]
        return "\n".join(map(labels.clean_line, lines)) + "\n"

    def mermaid(self) -> str:
        """The changed dependencies: new ones drawn through, removed ones dashed."""
        changes = [(found, "new") for found in self.new_dependencies] + [
            (found, "gone") for found in self.removed_dependencies
        ]
        shown = changes[:DRAWN]
        paths = sorted(
            {end for found, _ in shown for end in (found.source, found.target)}
            | set((*self.added, *self.removed)[:DRAWN])
        )
        ids = labels.stable_ids(paths)
        marks = dict.fromkeys(self.added, " (new)") | dict.fromkeys(self.removed, " (gone)")
        names = labels.distinct({path: path + marks.get(path, "") for path in paths}, 40)
        lines = ["flowchart LR", *(f'{ids[path]}["{escape(names[path])}"]' for path in paths)]
        for found, what in shown:
            arrow = "-->" if what == "new" else "-.->"
            lines.append(f'{ids[found.source]}{arrow}|"{what}"|{ids[found.target]}')
        return "\n".join(lines) + "\n"

    def json(self) -> str:
        """The changes as JSON; evidence as {path, line}."""
        plain = asdict(self)
        for key in ("new_dependencies", "removed_dependencies"):
            for found, raw in zip(getattr(self, key), plain[key], strict=True):
                raw["evidence"] = found.evidence.model_dump() if found.evidence else None
        return json.dumps(plain, indent=1) + "\n"

    def _parts(self) -> tuple[tuple[object, ...], ...]:
        return (
            self.added,
            self.removed,
            self.moved,
            self.new_dependencies,
            self.removed_dependencies,
            self.new_cycles,
            self.removed_cycles,
        )


def compare(old: RepoShape, old_modules: Modules, new: RepoShape, new_modules: Modules) -> ArchitectureDiff:
    """Compare by the same components: those of the newer analysis, and for files that are gone those of the older."""
    before, after = sources_of(old, old_modules), sources_of(new, new_modules)
    old_groups, new_groups = _groups(before, after), _groups(after, after)
    moves = _moves(old_groups, new_groups)
    renamed = {move.old: move.new for move in moves}
    then, now = _dependencies(before, old_groups), _dependencies(after, new_groups)
    then = {
        (renamed.get(source, source), renamed.get(target, target)): line
        for (source, target), line in then.items()
    }
    then_cycles, now_cycles = _cycles(then), _cycles(now)
    was, is_now = {renamed.get(group, group) for group in old_groups.values()}, set(new_groups.values())
    return ArchitectureDiff(
        old_commit=old.repository.commit,
        new_commit=new.repository.commit,
        added=tuple(sorted(is_now - was)),
        removed=tuple(sorted(was - is_now)),
        moved=moves,
        new_dependencies=_only(now, then),
        removed_dependencies=_only(then, now),
        new_cycles=tuple(sorted(now_cycles - then_cycles)),
        removed_cycles=tuple(sorted(then_cycles - now_cycles)),
    )


def _groups(sources: Sources, frame: Sources) -> dict[str, str]:
    """The component of each file: the one that the frame gives its path, else its nearest folder there, else its own folder."""
    parts = divide(frame, GROUPS)
    of_file = {path: path_of(key, files) for key, files in parts.items() for path in files}
    folders: dict[str, set[str]] = defaultdict(set)
    for path, group in of_file.items():
        folders[path.rpartition("/")[0]].add(group)
    return {path: of_file.get(path) or _nearest(path, folders) for path in sources.lines}


def _nearest(path: str, folders: dict[str, set[str]]) -> str:
    folder = path.rpartition("/")[0]
    if len(folders.get(folder, ())) == 1:
        return next(iter(folders[folder]))
    return folder or path


def _moves(old: dict[str, str], new: dict[str, str]) -> tuple[Move, ...]:
    """Components that are gone and whose files, by name, are mostly in one that is new."""
    gone, made = set(old.values()) - set(new.values()), set(new.values()) - set(old.values())
    found = []
    for group in sorted(gone):
        names = {path.rpartition("/")[2] for path, of in old.items() if of == group}
        scores = {
            other: _alike(names, {path.rpartition("/")[2] for path, of in new.items() if of == other})
            for other in made
        }
        best = max(sorted(scores), key=lambda other: scores[other], default=None)
        if best and scores[best] >= MOVED:
            found.append(Move(group, best))
            made.discard(best)
    return tuple(found)


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _dependencies(sources: Sources, groups: dict[str, str]) -> dict[tuple[str, str], Evidence]:
    found: dict[tuple[str, str], Evidence] = {}
    for edge in sorted(sources.imports, key=proof_first):
        pair = (groups[edge.source], groups[edge.target])
        if pair[0] != pair[1] and edge.kind != "type":
            found.setdefault(
                pair, Evidence(path=edge.source, line=max(1, edge.lines[0]) if edge.lines else 1)
            )
    return found


def _cycles(dependencies: dict[tuple[str, str], Evidence]) -> set[tuple[str, ...]]:
    import networkx as nx

    graph = nx.DiGraph(sorted(dependencies))
    return {tuple(sorted(knot)) for knot in nx.strongly_connected_components(graph) if len(knot) > 1}


def _only(
    some: dict[tuple[str, str], Evidence], others: dict[tuple[str, str], Evidence]
) -> tuple[Dependency, ...]:
    return tuple(Dependency(*pair, evidence) for pair, evidence in sorted(some.items()) if pair not in others)


def _at(found: Dependency) -> str:
    return f"  ({found.evidence})" if found.evidence else ""
