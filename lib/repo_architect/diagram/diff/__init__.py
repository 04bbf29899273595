"""How the architecture changed between two analyses: components and what runs, the edges between them, and cycles.

change = diff.compare(old_shape, old_modules, new_shape, new_modules)
print(change.text()); change.mermaid(); change.json(); change.has("new-cycle")
"""

from repo_architect.diagram.diff.compare import compare
from repo_architect.diagram.diff.model import KINDS, ArchitectureDiff, Change, Cycle, Move

__all__ = ["KINDS", "ArchitectureDiff", "Change", "Cycle", "Move", "compare"]
