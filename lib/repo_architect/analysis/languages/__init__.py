"""Languages as GitHub shows them, and for every file what it is: its language, vendored, generated, documentation, binary."""

from repo_architect.analysis.languages.detect import LanguageReport, detect

__all__ = ["LanguageReport", "detect"]
