"""CocoaPods, Carthage and Homebrew."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_POD = re.compile(r"""^[ \t]*pod[\s(]+["']([^"']+)["'](.*)""")
_VERSION = re.compile(r"""^[ \t]*,\s*((?:["'][^"']*["']\s*,?\s*)+)""")
_TARGET = re.compile(r"""^[ \t]*(?:abstract_)?target\s+["']([^"']+)["']""")
_DEPENDENCY = re.compile(r"""\.(?:(test)_spec\b.*|dependency\s*\(?\s*["']([^"']+)["'](.*))""")
_CARTHAGE = re.compile(r"""(github|git|binary)\s+"([^"]+)"\s*(?:((?:[~=<>]+)\s*[\w.]+)|"([^"]+)")?""")
_BREW = re.compile(r"""(brew|cask|mas|vscode)\s+["']([^"']+)["']""")
_LOCKED = re.compile(r"""([^\s(]+)\s+\((?:=\s*)?([^)]+)\)""")


def read_podfile(source: Source) -> Iterator[Declared | Locked]:
    target = ""
    for number, raw in source.lines():
        line = re.sub(r"(^|\s)#.*$", "", raw)
        opened, pod = _TARGET.match(line), _POD.match(line)
        target = opened[1] if opened else target
        if pod:
            local = re.search(r":path\b|\bpath:", pod[2]) is not None
            scope: Scope = "test" if target.lower().endswith(("tests", "test", "specs")) else "runtime"
            yield Declared(pod[1], _versions(pod[2]), scope, number, local=local)


def _versions(rest: str) -> str | None:
    found = _VERSION.match(rest)
    return ", ".join(re.findall(r"""["']([^"']*)["']""", found[1])) or None if found else None


def read_podspec(source: Source) -> Iterator[Declared | Locked]:
    in_tests = False
    for number, line in source.lines():
        found = _DEPENDENCY.search(line)
        in_tests = in_tests or bool(found and found[1])
        if found and found[2]:
            yield Declared(found[2], _versions(found[3]), "test" if in_tests else "runtime", number)


def read_podspec_json(source: Source) -> Iterator[Declared | Locked]:
    for name, value in source.document.items("dependencies"):
        listed = [str(element.value) for element in value.elements()]
        written = value.value if isinstance(value.value, str) else ", ".join(listed)
        yield Declared(name, written or None, "runtime", name.line)


def read_podfile_lock(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.document.elements("PODS"):
        key: Located | None = entry if isinstance(entry.value, str) else None
        text = key.value if key else next((str(name) for name, _ in entry.items()), "")
        found = _LOCKED.match(text)
        if found:
            yield Locked(found[1], found[2], entry.line)


def read_cartfile(source: Source) -> Iterator[Declared | Locked]:
    scope: Scope = "development" if source.name == "Cartfile.private" else "runtime"
    for number, name, version in _cartfile(source):
        yield Declared(name, version, scope, number)


def read_cartfile_resolved(source: Source) -> Iterator[Declared | Locked]:
    for number, name, version in _cartfile(source):
        yield Locked(name, version, number)


def _cartfile(source: Source) -> Iterator[tuple[int, str, str | None]]:
    for number, raw in source.lines():
        found = _CARTHAGE.match(raw.split("#")[0].strip())
        if found:
            place = re.sub(r"\.(?:git|json)$", "", found[2])
            name = (
                re.sub(r"^https?://github\.com/", "", place)
                if found[1] == "github"
                else place.rstrip("/").rpartition("/")[2]
            )
            yield number, name, found[3] or found[4]


def read_brewfile(source: Source) -> Iterator[Declared | Locked]:
    for number, line in source.lines():
        found = _BREW.match(line.strip())
        if found and found[1] == "brew":
            yield Declared(found[2], None, "runtime", number)


def read_brewfile_lock(source: Source) -> Iterator[Declared | Locked]:
    for name, entry in source.document.items("entries", "brew"):
        yield Locked(name, entry.text("version"), name.line)
