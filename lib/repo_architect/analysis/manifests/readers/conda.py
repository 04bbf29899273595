"""conda: environment.yml, with its `pip:` list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.analysis.manifests.readers import requirements

_MATCH = re.compile(r"(?:[\w./-]+::)?([A-Za-z0-9_][\w.-]*)\s*(.*)")


def read(source: Source) -> Iterator[Declared | Locked]:
    for element in source.document.elements("dependencies"):
        if isinstance(element.value, str):
            found = _MATCH.fullmatch(element.value.strip())
            if found:
                yield Declared(found[1], _requirement(found[2]), "runtime", element.line)
        for listed in element.elements("pip"):
            declared = requirements.parse(str(listed.value), "runtime", listed.line)
            if declared:
                yield Declared(declared.name, declared.requirement, "runtime", listed.line, ecosystem="pypi")


def _requirement(text: str) -> str | None:
    """`=1.2=build` means version 1.2; `>=1.2` stays as it is."""
    text = text.strip()
    if re.match(r"={1,2}[^=]", text) and "," not in text:
        return text.lstrip("=").split("=")[0].strip()
    return text or None
