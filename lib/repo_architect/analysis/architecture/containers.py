"""What a service is made of: its image, the last base image of its Dockerfile, and what those are known as."""

from __future__ import annotations

import re
from typing import NamedTuple

from repo_architect.analysis.architecture import technologies
from repo_architect.analysis.architecture.technologies import Technology
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_FROM = re.compile(r"^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE | re.MULTILINE)
# a server that a plain image gets by its package manager
_INSTALLED = re.compile(
    r"(?:apt-get|apk|yum|dnf)\b[^\n]*(?:\\\n[^\n]*)*?\b(?:install|add)\b[^\n]*?\b(apache2|nginx|haproxy|httpd)\b"
)


class Known(NamedTuple):
    technology: Technology
    evidence: Evidence


def of_image(image: str | None, path: str, line: int) -> Known | None:
    found = technologies.by_image(image) if image else None
    return Known(found, Evidence(path=path, line=line)) if found else None


def of_dockerfile(tree: FileTree, path: str) -> Known | None:
    """What the image that a Dockerfile makes is known as, by its last base image or the server it installs."""
    text = tree.text(path)
    if text is None:
        return None
    stages = list(_FROM.finditer(text))
    names = {match[2].lower(): match for match in stages if match[2]}
    last = stages[-1] if stages else None
    while last is not None and last[1].lower() in names and names[last[1].lower()].start() < last.start():
        last = names[last[1].lower()]
    found = technologies.by_image(last[1]) if last else None
    if found and last:
        return Known(found, Evidence(path=path, line=text.count("\n", 0, last.start(1)) + 1))
    return _installed(text, path)


def _installed(text: str, path: str) -> Known | None:
    match = _INSTALLED.search(text)
    if match is None:
        return None
    server = {"apache2": "httpd"}.get(match[1], match[1])
    found = technologies.by_image(server)
    return Known(found, Evidence(path=path, line=text.count("\n", 0, match.start(1)) + 1)) if found else None
