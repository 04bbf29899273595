"""One parse of each source file, shown to every detector that wants it."""

from repo_architect.analysis.syntax.queries import Captures
from repo_architect.analysis.syntax.scan import Detector, ParsedFile, scan, walk
from repo_architect.analysis.syntax.sizes import Sizes

__all__ = ["Captures", "Detector", "ParsedFile", "Sizes", "scan", "walk"]
