"""package-lock.json and npm-shrinkwrap.json, versions 1 to 3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from repo_architect.analysis.located import Located
from repo_architect.analysis.manifests.model import Declared, Locked, Source
from repo_architect.contracts.repo_shape import Scope

# as npm writes it: two or more spaces a level, one member a line
_OPEN = re.compile(r'^( +|\t+)"([^"\\]*)": \{(\})?', re.MULTILINE)
_MEMBER = re.compile(
    r'^(?: +|\t+)"(name|version|from|dev|optional|peer|link|devOptional)": ("?)([^",\n]*)', re.MULTILINE
)


_MAX_ENTRY = 20_000


def read(source: Source) -> Iterator[Declared | Locked]:
    if re.match(r'\{\r?\n[ \t]+"', source.text):
        yield from _scan(source.text)
    else:
        yield from _walk(source.document)


# -- a scan of lines, for the files that npm writes -----------------------------------------------------------


def _scan(text: str) -> Iterator[Locked]:
    """Packages by indentation: ten times faster than a tree, and lock files run to megabytes."""
    section = re.search(r'^([ \t]+)"packages": \{', text, re.MULTILINE)
    if section:
        yield from _scan_packages(text, section.end(), section[1])
        return
    section = re.search(r'^([ \t]+)"dependencies": \{', text, re.MULTILINE)
    if section:
        yield from _scan_dependencies(text, section.end(), len(section[1]))


def _scan_packages(text: str, start: int, indent: str) -> Iterator[Locked]:
    """Versions 2 and 3: a flat table from a folder such as `node_modules/a/node_modules/b` to a package."""
    end = _index(text, f"\n{indent}}}", start, len(text))
    head = re.compile(rf'^{indent}{indent}"([^"]*)": \{{', re.MULTILINE)
    line, last = text.count("\n", 0, start) + 1, start
    heads = list(head.finditer(text, start, end))
    for found, following in zip_longest(heads, heads[1:]):
        line += text.count("\n", last, found.start())
        last = found.start()
        if found[1]:
            stop = min(following.start() if following else end, found.end() + _MAX_ENTRY)
            locked = _of_folder(found[1], _members(text[found.end() : stop], len(indent) * 3), line)
            if locked:
                yield locked


def _scan_dependencies(text: str, start: int, unit: int) -> Iterator[Locked]:
    """Version 1: tables within tables; a name's table is directly below a `dependencies` or the document's."""
    line, last = text.count("\n", 0, start) + 1, start
    for found in _OPEN.finditer(text, start):
        name = found[2]
        if name in ("requires", "dependencies", "engines") or found[3]:
            continue
        line += text.count("\n", last, found.start())
        last = found.start()
        body = text[found.end() : _index(text, "}", found.end(), found.end() + _MAX_ENTRY)]
        members = _members(body, len(found[1]) + unit)
        if "version" in members:
            yield _locked(name, members, line)


def _index(text: str, what: str, start: int, stop: int) -> int:
    found = text.find(what, start, stop)
    return min(len(text), stop) if found < 0 else found


def _members(body: str, indent: int) -> dict[str, str]:
    """Scalar members at a depth, told by their indentation."""
    return {
        found[1]: found[3] for found in _MEMBER.finditer(body) if found.start(1) - found.start() - 1 == indent
    }


# -- the whole tree, for a file that something else wrote -------------------------------------------------------


def _walk(document: Located) -> Iterator[Locked]:
    if document.at("packages"):
        for folder, entry in document.items("packages"):
            locked = _of_folder(folder, _plain(entry), folder.line) if folder else None
            if locked:
                yield locked
        return
    pending = [document]
    while pending:
        table = pending.pop()
        for name, entry in table.items("dependencies"):
            if entry.text("version"):
                yield _locked(name, _plain(entry), name.line)
            pending.append(entry)


def _plain(entry: Located) -> dict[str, str]:
    return {str(key): str(value.value).lower() if isinstance(value.value, bool) else value.value
            for key, value in entry.items() if isinstance(value.value, (str, bool))}  # fmt: skip


# -- both -------------------------------------------------------------------------------------------------------


def _of_folder(folder: str, members: dict[str, str], line: int) -> Locked | None:
    """An entry of `packages`: its owner is the workspace whose node_modules it is in, `.` for the top."""
    before, found, name = folder.rpartition("node_modules/")
    if not found:
        return None
    if members.get("link") == "true":
        return Locked(name, None, line, local=True)
    owner = before.rstrip("/") or "."
    return _locked(members.get("name") or name, members, line, owner if "node_modules/" not in before else "")


def _locked(name: str, members: dict[str, str], line: int, owner: str | None = None) -> Locked:
    version = members.get("version", "")
    alias = re.fullmatch(r"npm:(@?[^@]+)@(.*)", version)
    if alias:
        name, version = alias.groups()
    if version.startswith("file:"):
        return Locked(name, None, line, _scope(members), owner=owner, local=True)
    return Locked(name, _revision(members, version) or None, line, _scope(members), owner=owner)


def _revision(members: dict[str, str], version: str) -> str:
    """Of a Git URL, the tag that was asked for, else the commit; another version as it is."""
    if "://" not in version or "#" not in version:
        return version
    tag = members.get("from", "").partition("#")[2].removeprefix("semver:")
    return tag.lstrip("v^~=") if re.match(r"[v^~=]*\d+\.", tag) else version.rpartition("#")[2]


def _scope(members: dict[str, str]) -> Scope:
    if members.get("dev") == "true" or members.get("devOptional") == "true":
        return "development"
    if members.get("optional") == "true":
        return "optional"
    return "peer" if members.get("peer") == "true" else "runtime"


# -- what `npm ls --json` prints --------------------------------------------------------------------------------


def read_ls(source: Source) -> Iterator[Declared | Locked]:
    yield from _walk(source.document)
