"""Package.swift, read as text, and Package.resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source

_PACKAGE = re.compile(r"\.package\s*\(((?:[^()]|\([^()]*\))*)\)", re.IGNORECASE)
_URL = re.compile(r"""\burl:\s*"([^"]+)\"""")
_PATH = re.compile(r"""\bpath:\s*"([^"]+)\"""")
_NUMBER = r"\"?([\w.-]+)\"?"


def read(source: Source) -> Iterator[Declared | Locked]:
    text = re.sub(r"(?m)(^|\s)//.*$", r"\1", source.text)
    for found in _PACKAGE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        url, path = _URL.search(found[1]), _PATH.search(found[1])
        if url:
            yield Declared(
                name_of(url[1]),
                requirement(found[1][url.end() - found.start(1) + found.start(1) :]),
                "runtime",
                line,
            )
        elif path:
            yield Declared(path[1], path[1], "runtime", line, local=True)


def requirement(arguments: str) -> str | None:
    """How a `.package` call says which versions it takes, as a range."""
    forms = (
        (rf"upToNextMinor\(\s*from:\s*{_NUMBER}", "~> {0}"),
        (rf"(?:upToNextMajor\(\s*from:\s*|from:\s*){_NUMBER}", "from {0}"),
        (rf"exact(?:\(|:)\s*{_NUMBER}", "{0}"),
        (r"branch(?:\(|:)\s*\"([^\"]+)\"", "{0}"),
        (r"revision(?:\(|:)\s*\"([^\"]+)\"", "{0}"),
        (r"\"([\w.-]+)\"\s*\.\.<\s*\"([\w.-]+)\"", ">= {0}, < {1}"),
        (r"\"([\w.-]+)\"\s*\.\.\.\s*\"([\w.-]+)\"", "{0} - {1}"),
        (r"majorVersion:\s*(\d+)(?:,\s*minor:\s*(\d+))?", "{0}.x"),
    )
    for expression, form in forms:
        found = re.search(expression, arguments)
        if found:
            parts = [part for part in found.groups() if part is not None]
            return form.format(*parts) if "{1}" in form else form.format(".".join(parts))
    return None


def name_of(url: str) -> str:
    """`https://github.com/a/b.git` and `git@github.com:a/b` as `github.com/a/b`."""
    return re.sub(r"^(?:\w+://)?(?:[^@/]+@)?|\.git/?$|/$", "", url).replace(":", "/", 1)


def identify(source: Source) -> Identity | None:
    found = re.search(r"""\bPackage\s*\(\s*name:\s*"([^"]+)\"""", source.text)
    if not found:
        return None
    executable = re.search(r"\.executable(?:Target)?\s*\(", source.text) is not None
    return Identity(
        found[1],
        source.text.count("\n", 0, found.start(1)) + 1,
        traits=frozenset({"command"} if executable and ".library(" not in source.text else {"built"}),
    )


def read_lock(source: Source) -> Iterator[Declared | Locked]:
    """Versions 1 (`object.pins`) and 2 or 3 (`pins`)."""
    document = source.document
    for pin in (*document.elements("object", "pins"), *document.elements("pins")):
        place = pin.at("location") or pin.at("repositoryURL")
        if place and isinstance(place.value, str):
            version = (
                pin.text("state", "version") or pin.text("state", "branch") or pin.text("state", "revision")
            )
            yield Locked(name_of(place.value), version, place.line)
