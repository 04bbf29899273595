"""Which commands of a repository may stand in a workflow.

The repository is hostile: a script's name or a command could carry an expression (`${{ secrets.… }}`), a second
command, or a download piped to a shell. Only plain words pass; the rest is told as not covered.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./:=@+,\- \[\]'*\"~^]*")
_NEVER = re.compile(r"\b(sudo|curl|wget|eval|ssh|scp|docker|podman|rm|publish|deploy|release|push|login)\b")


def is_plain(command: str) -> bool:
    """Whether a command is one line of plain words that neither publishes nor downloads."""
    return len(command) <= 200 and bool(_PLAIN.fullmatch(command)) and not _NEVER.search(command)


def is_plain_path(path: str) -> bool:
    """Whether a path may stand in a workflow as a working directory."""
    return path == "." or (
        bool(re.fullmatch(r"[A-Za-z0-9_@][A-Za-z0-9_./@+\- ]*", path)) and ".." not in path.split("/")
    )
