"""yarn.lock, version 1 (its own format) and Berry (YAML)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Locked, Source

_VERSION = re.compile(r'  version:? "?([^"\s]+)"?')
_RESOLUTION = re.compile(r'  resolution: "?(@?[^@"]+)@')
_LOCAL = ("workspace:", "link:", "portal:")


def read(source: Source) -> Iterator[Declared | Locked]:
    head, start = "", 0
    version = resolution = ""
    for number, line in (*source.lines(), (0, "end:")):
        if line and line[0] not in " #\t":
            if head:
                yield from _locked(head, version, resolution, start)
            head, start, version, resolution = line.rstrip().rstrip(":"), number, "", ""
        elif line.startswith("  ") and line[2:3] not in (" ", ""):
            found = _VERSION.match(line)
            version = found[1] if found and not version else version
            resolved = _RESOLUTION.match(line)
            resolution = resolved[1] if resolved else resolution


def _locked(head: str, version: str, resolution: str, line: int) -> Iterator[Locked]:
    """`head` lists what the entry answers: `a@^1, a@^1.2`, `"alias@npm:real@^1"`."""
    if head == "__metadata" or not version:
        return
    asked = [part.strip().strip('"') for part in head.replace('", "', ", ").split(", ")]
    names = [re.match(r"(@?[^@]+)@(.*)", part) for part in asked]
    first = names[0]
    if first is None:
        return
    ranges = tuple(found[2].removeprefix("npm:") for found in names if found)
    if any(requirement.startswith(("workspace:", "patch:")) for requirement in ranges):
        return
    alias = (
        re.fullmatch(r"(?:npm:)?(@?[A-Za-z][^@:]*)@(.+)", first[2]) if first[2].startswith("npm:") else None
    )
    name = resolution or (alias[1] if alias else first[1])
    ranges = tuple(requirement.rpartition("@")[2] if alias else requirement for requirement in ranges)
    yield Locked(name, version, line, asked=ranges, local=first[2].startswith(_LOCAL))
