"""Stage 02: read a repository, and say what is in it with file and line.

result = analysis.analyze(root, clone, limits)      # result.shape, result.modules
frames = analysis.frames(result.shape)              # pandas frames by the name of the part
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from repo_architect.analysis.limits import Limits

if TYPE_CHECKING:
    from repo_architect.analysis.checkout import identify
    from repo_architect.analysis.steps import Analysis, analyze
    from repo_architect.analysis.tables import Frames, frames

__all__ = ["Analysis", "Frames", "Limits", "analyze", "frames", "identify"]

_HOMES = {
    "Analysis": "steps",
    "analyze": "steps",
    "frames": "tables",
    "Frames": "tables",
    "identify": "checkout",
}


def __getattr__(name: str) -> object:
    # grammars and pandas are loaded when they are asked for
    if name in _HOMES:
        from importlib import import_module

        found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
