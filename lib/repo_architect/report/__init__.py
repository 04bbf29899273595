"""report.html, report.md and ten lines for the console, from every artifact of a run."""

from repo_architect.report import figures
from repo_architect.report.build import Report, build
from repo_architect.report.frames import frame

__all__ = ["Report", "build", "figures", "frame"]
