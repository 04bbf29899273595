"""Where execution begins, of the product and not of what stands beside it."""

from __future__ import annotations

from repo_architect.contracts import RepoShape
from repo_architect.contracts.repo_shape import EntryPoint
from repo_architect.summary.aside import is_aside

# kinds of entry point that a person or a machine starts, the most telling first
PROGRAMS = ("console_script", "bin", "main", "procfile", "serverless", "module_main", "guard")


def main_entries(shape: RepoShape) -> list[EntryPoint]:
    """Programs first, those of the root before those below it."""
    paths = {part.id: part.path for part in shape.components}
    found = [entry for entry in shape.entry_points if not is_aside(entry.evidence[0].path)]
    return sorted(
        found,
        key=lambda entry: (
            _rank(entry),
            paths.get(entry.component or ".", ".") != ".",
            entry.evidence[0].path.count("/"),
        ),
    )


def programs(shape: RepoShape) -> list[EntryPoint]:
    """The programs of the most telling kind that there is."""
    libraries = {part.id for part in shape.components if part.kind == "library" and part.path != "."}
    found = [
        entry
        for entry in main_entries(shape)
        if _is_program(entry) and not (entry.kind == "main" and entry.component in libraries)
    ]
    return [entry for entry in found if entry.kind == found[0].kind]


def _is_program(entry: EntryPoint) -> bool:
    """Whether it is started: the main module of a package of JavaScript is not."""
    return entry.kind in PROGRAMS and not (
        entry.kind == "main" and entry.evidence[0].path.endswith("package.json")
    )


def _rank(entry: EntryPoint) -> int:
    return PROGRAMS.index(entry.kind) if _is_program(entry) else len(PROGRAMS)
