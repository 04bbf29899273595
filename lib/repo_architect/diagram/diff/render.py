"""A difference as text, as Mermaid and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from repo_architect.contracts import Evidence
from repo_architect.diagram import labels
from repo_architect.diagram.diff.model import ArchitectureDiff, Change
from repo_architect.diagram.mermaid import escape

DRAWN = 24
BOXES = 24
MAX_CHARACTERS = 2000
LENGTHS = (40, 32, 24, 16, 8)
UNCHANGED = "The architecture did not change.\n"


def text(diff: ArchitectureDiff) -> str:
    return "".join(labels.clean_line(line) + "\n" for line in _lines(diff)) or UNCHANGED


def _lines(diff: ArchitectureDiff) -> Iterator[str]:
    yield from (f"+ component {path}" for path in diff.added)
    yield from (f"- component {path}" for path in diff.removed)
    yield from (f"> component {move.old} is now {move.new}" for move in diff.moved)
    yield from (f"+ {_edge(found)}" for found in diff.new_edges)
    yield from (f"- {_edge(found)}" for found in diff.removed_edges)
    for cycle in diff.new_cycles:
        yield f"! new cycle: {', '.join(cycle.components)}"
        yield from (f"    closed by {_edge(found)}" for found in cycle.closed_by)
    yield from (f"  cycle gone: {', '.join(cycle.components)}" for cycle in diff.removed_cycles)
    yield from (f"+ {found.kind} {found.name}{_at(found.evidence)}" for found in diff.new_services)
    yield from (f"- {found.kind} {found.name}{_at(found.evidence)}" for found in diff.removed_services)
    yield from (f"+ connection {_edge(found)}" for found in diff.new_connections)
    yield from (f"- connection {_edge(found)}" for found in diff.removed_connections)


def _edge(found: Change) -> str:
    word = f": {found.label}" if found.label else ""
    return f"{found.source} -> {found.target}{word}{_at(found.evidence)}"


def _at(evidence: Evidence | None) -> str:
    return f"  ({evidence})" if evidence else ""


def mermaid(diff: ArchitectureDiff) -> str:
    """As many changes as fit, cycles and components first; what is left out is counted in a box."""
    marks = _marks(diff)
    arrows = _arrows(diff)
    for shown in range(min(DRAWN, len(arrows)), -1, -1):
        for length in LENGTHS:
            drawing = _flowchart(marks, arrows, shown, length)
            if len(drawing) <= MAX_CHARACTERS:
                return drawing
    return 'flowchart LR\nn1["too much changed to draw"]\n'


def _marks(diff: ArchitectureDiff) -> dict[str, str]:
    """What is said of each thing that came, went or moved, the most telling first."""
    marks = dict.fromkeys(diff.added, "new") | dict.fromkeys(diff.removed, "gone")
    marks |= {move.new: f"was {move.old}" for move in diff.moved}
    marks |= {found.name: f"new {found.kind}" for found in diff.new_services}
    return marks | {found.name: f"{found.kind} gone" for found in diff.removed_services}


def _arrows(diff: ArchitectureDiff) -> list[tuple[str, str, str]]:
    """Each changed edge with its word: those that close a cycle first."""
    words: dict[tuple[str, str, str], None] = {}
    closing = {(found.source, found.target) for cycle in diff.new_cycles for found in cycle.closed_by}
    words |= {(*pair, "closes a cycle"): None for pair in sorted(closing)}
    for found in (*diff.new_edges, *diff.new_connections):
        if (found.source, found.target) not in closing:
            words[found.source, found.target, "new"] = None
    words |= {
        (found.source, found.target, "gone"): None
        for found in (*diff.removed_edges, *diff.removed_connections)
    }
    return list(words)


def _flowchart(marks: dict[str, str], arrows: list[tuple[str, str, str]], shown: int, length: int) -> str:
    boxes: dict[str, None] = {}
    drawn = 0
    for source, target, _ in arrows[:shown]:
        wanted = boxes | {source: None, target: None}
        if len(wanted) > BOXES:
            break
        boxes, drawn = wanted, drawn + 1
    boxes = dict.fromkeys(list(boxes | marks)[:BOXES])
    ids = labels.stable_ids(list(boxes))
    names = labels.distinct({key: key for key in boxes}, length)
    said = {
        key: f" ({labels.cut(labels.clean(marks[key]), length)})" if key in marks else "" for key in boxes
    }
    lines = ["flowchart LR", *(f'{ids[key]}["{escape(names[key] + said[key])}"]' for key in sorted(boxes))]
    for source, target, word in arrows[:drawn]:
        line = "-.->" if word == "gone" else "==>" if word == "closes a cycle" else "-->"
        lines.append(f'{ids[source]}{line}|"{word}"|{ids[target]}')
    left = len(arrows) - drawn + sum(key not in boxes for key in marks)
    if left:
        lines.append(f'n1["+ {left} more change{"" if left == 1 else "s"}"]'.replace("+", "#43;"))
    if not boxes and not left:
        lines.append('n1["nothing changed"]')
    return "\n".join(lines) + "\n"


def json_text(diff: ArchitectureDiff) -> str:
    told = {"schema_version": 1, "kinds": list(diff.kinds), **asdict(diff)}
    return json.dumps(told, indent=1, default=_plain) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Evidence):
        return value.model_dump()
    raise TypeError(type(value).__name__)
