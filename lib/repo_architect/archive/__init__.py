"""artifacts.tar.gz: the artifacts of a run, the same bytes for the same content, after a scan for secrets."""

from repo_architect.archive.frames import frame
from repo_architect.archive.pack import Archive, Member, pack

__all__ = ["Archive", "Member", "frame", "pack"]
