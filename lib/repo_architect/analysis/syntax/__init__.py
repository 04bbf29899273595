"""One parse of each source file, shown to every detector that wants it."""

from repo_architect.analysis.syntax.scan import Detector, ParsedFile, scan

__all__ = ["Detector", "ParsedFile", "scan"]
