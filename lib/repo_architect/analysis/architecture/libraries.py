"""Systems outside the repository, by the libraries that talk to them: declared in a manifest, used in the code."""

from __future__ import annotations

from collections import defaultdict

from repo_architect.analysis.architecture import orm, technologies
from repo_architect.analysis.architecture.addresses import targets
from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.documents import supports
from repo_architect.analysis.architecture.graph import RUNNING, Graph, Part
from repo_architect.analysis.architecture.technologies import Technology
from repo_architect.analysis.files import FileTree
from repo_architect.analysis.manifests import ManifestReport
from repo_architect.contracts import Evidence

_COUNTS = frozenset({"runtime", "optional", "peer"})


def add_libraries(graph: Graph, manifests: ManifestReport, calls: Calls) -> None:
    """A tie for each technology that a part uses: to the deployed one of that technology, else to a new part."""
    declared = _declared(manifests)
    known = set(graph.parts)
    for (part, technology), uses in sorted(
        _uses(graph, calls).items(), key=lambda item: (item[0][0].name, item[0][1].name)
    ):
        lines = declared.get((part.component, technology.name), []) + uses
        if not declared.get((part.component, technology.name)) and not any(
            key[1] == technology.name for key in declared
        ):
            continue
        target = target_of(graph, part, technology)
        if target is None or target is part:
            continue
        if not target.own and target.path is None and target not in known:
            target.evidence.extend(line for line in lines if line not in target.evidence)
        if (part, target) in graph.ties and all(tie.strength > 1 for tie in graph.ties[part, target]):
            graph.ties[part, target][0].evidence.extend(lines)
        else:
            graph.tie(
                part,
                target,
                technology.protocol.lower(),
                technology.protocol,
                uses + lines,
                reverse=technology.kind == "database",
            )


def add_stores(graph: Graph, tree: FileTree, calls: Calls) -> None:
    """A tie to the database that an object-relational mapper is told to use."""
    named = [entry for entry in calls.spoken if entry.how == "stores" and not supports(entry.path)]
    for entry in [*orm.named_in_files(tree), *named]:
        part, technology = graph.owner_of(entry.path), technologies.by_scheme(entry.name)
        target = target_of(graph, part, technology) if part and technology else None
        if part is None or technology is None or target is None:
            continue
        if not target.runs and not target.own and entry.evidence not in target.evidence:
            target.evidence.append(entry.evidence)
        label = technology.protocol
        graph.tie(
            part,
            target,
            label.lower(),
            label,
            [entry.evidence],
            strength=2,
            reverse=technology.kind == "database",
        )


def _declared(manifests: ManifestReport) -> dict[tuple[str | None, str], list[Evidence]]:
    found: dict[tuple[str | None, str], list[Evidence]] = defaultdict(list)
    for dependency in manifests.dependencies:
        if not dependency.direct or dependency.scope not in _COUNTS or dependency.manifest is None:
            continue
        technology = technologies.by_package(dependency.ecosystem, dependency.name)
        if technology:
            found[dependency.component, technology.name].append(
                Evidence(path=dependency.manifest, line=dependency.line or 1)
            )
    return found


def _uses(graph: Graph, calls: Calls) -> dict[tuple[Part, Technology], list[Evidence]]:
    """Imports of a technology's library, and addresses with its scheme, by the part whose code it is."""
    by_name = {technology.name: technology for technology in technologies.table()}
    found: dict[tuple[Part, Technology], list[Evidence]] = defaultdict(list)
    for use in calls.libraries:
        part = None if supports(use.path) else graph.owner_of(use.path)
        if part:
            found[part, by_name[use.technology]].append(Evidence(path=use.path, line=use.line))
    for address in calls.addresses:
        part = None if supports(address.path) else graph.owner_of(address.path)
        for target in targets(address.value) if part and "://" in address.value else ():
            technology = technologies.by_scheme(target.scheme) if target.scheme else None
            if part and technology:
                found[part, technology].append(address.evidence)
    return found


def target_of(graph: Graph, part: Part, technology: Technology) -> Part | None:
    """The part of a technology that a part talks to: the deployed one, else a new one; None where it could be one of several."""
    serving = {row.name for row in technologies.table() if technology.name in (row.name, row.speaks)}
    same = [other for other in graph.parts if other.technology in serving and other is not part]
    tied = [other for other in same if (part, other) in graph.ties]
    if tied:
        return tied[0]
    deployed = [other for other in same if not _is_outside(other, technology)]
    if len(deployed) > 1:
        return None
    if deployed:
        return deployed[0]
    target = graph.part(_name_of(graph, part, technology))
    target.kind, target.technology, target.protocol = technology.kind, technology.name, technology.protocol
    target.own = False
    return target


def _name_of(graph: Graph, part: Part, technology: Technology) -> str:
    """Its own name; a database of one of several services is that service's, for nothing says that they share it."""
    running = [other for other in graph.parts if other.own and other.kind in RUNNING]
    separate = technology.kind == "database" and len(running) > 1 and _is_spring(part)
    return f"database-{part.name}" if separate else technology.name


def _is_spring(part: Part) -> bool:
    return (part.technology or "").startswith(("Spring", "Zuul"))


def _is_outside(part: Part, technology: Technology) -> bool:
    return part.name == technology.name or part.name.startswith("database-")
