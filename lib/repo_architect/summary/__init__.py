"""The summary: three sentences, five hotspots, three first steps, key technologies, each with its evidence."""

from repo_architect.summary.frames import frame
from repo_architect.summary.markdown import to_markdown
from repo_architect.summary.summarize import summarize

__all__ = ["frame", "summarize", "to_markdown"]
