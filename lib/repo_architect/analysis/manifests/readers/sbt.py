"""sbt: build.sbt and the Scala files of its project folder, read as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_SBT = re.compile(
    r"""["']([\w.-]+)["']\s*%{1,3}\s*["']([\w.-]+)["']\s*%\s*(?:"([^"]+)"|([\w.]+))(?:\s*%\s*(?:"([^"]+)"|(\w+)))?"""
)
_SBT_VALUE = re.compile(r"""\bval\s+(\w+)(?:\s*:\s*String)?\s*=\s*"([^"]+)\"""")


def read(source: Source) -> Iterator[Declared | Locked]:
    values = dict(_SBT_VALUE.findall(source.text))
    for number, line in source.lines():
        for found in _SBT.finditer(line.partition("//")[0]):
            version = found[3] or values.get((found[4] or "").rpartition(".")[2], found[4])
            configuration = (found[5] or found[6] or "").lower()
            scope: Scope = (
                "test"
                if "test" in configuration or configuration == "it"
                else "build"
                if "provided" in configuration
                else "runtime"
            )
            yield Declared(
                f"{found[1]}:{found[2]}", version, "build" if "addSbtPlugin" in line else scope, number
            )


def identify(source: Source) -> Identity | None:
    """The build of a folder; that of `project/`, which builds the build, is no part of what is built."""
    if source.folder.rpartition("/")[2] == "project":
        return None
    name = re.search(r"""\bname\s*:=\s*"([^"]+)\"""", source.text)
    version = re.search(r"""\bversion\s*:=\s*"([^"]+)\"""", source.text)
    line = source.text.count("\n", 0, name.start()) + 1 if name else 1
    members = [
        path for path in re.findall(r"""\(project\s+in\s+file\("([^"]+)"\)""", source.text) if path != "."
    ]
    play = re.search(r"enablePlugins\([^)]*\bPlay(?:Scala|Java|Service)\b", source.text)
    runs = re.search(r"\bmainClass\b|JavaAppPackaging|JavaServerAppPackaging", source.text)
    trait = "web service" if play else "started" if runs else "built"
    return Identity(
        name[1] if name else None,
        line,
        version[1] if version else None,
        members=tuple(members),
        traits=frozenset({trait}),
    )
