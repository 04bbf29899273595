"""What is true of a repository without a graph: its components, its languages, or that it is there."""

from __future__ import annotations

from repo_architect.contracts import RepoShape
from repo_architect.diagram.sketch import Box, Sketch


def sketch_plain(shape: RepoShape, most: int) -> Sketch:
    """Boxes without arrows: the components when there are several, else the repository with its main languages."""
    if len(shape.components) > 1:
        boxes = [
            Box(
                component.path,
                component.name,
                path=component.path,
                detail=component.kind,
                evidence=component.evidence,
            )
            for component in sorted(shape.components, key=lambda component: component.path)
        ]
        sketch = Sketch({box.key: box for box in boxes[:most]})
        if boxes[most:]:
            sketch.notes.append((", ".join(box.name for box in boxes[most:]), "more", len(boxes[most:])))
        return sketch
    spoken = [f"{language.name} {_share(language.percent)}" for language in shape.languages[:3]]
    count = shape.repository.file_count
    detail = ", ".join(spoken) or f"{count} file{'' if count == 1 else 's'}"
    return Sketch({".": Box(".", shape.repository.name, detail=detail)})


def _share(percent: float) -> str:
    """A share as people say it: whole percents, and what rounds to none is under one."""
    return "under 1 %" if 0 < percent < 1 else f"{percent:.0f} %"
