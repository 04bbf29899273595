"""Libraries that the builds of JVM modules name: Maven's with those of their parents, Gradle's with what a root gives all its projects."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

Artifacts = dict[str, Evidence]

_PARENTS = 6
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# what is said there is no dependency of the module itself
_ELSEWHERE = re.compile(
    r"<(dependencyManagement|build|profiles|reporting|pluginManagement)>.*?</\1>", re.DOTALL
)
_DEPENDENCY = re.compile(r"<dependency>.*?</dependency>", re.DOTALL)
_EXCLUSIONS = re.compile(r"<exclusions>.*?</exclusions>", re.DOTALL)
_ARTIFACT = re.compile(r"<artifactId>\s*([\w.\-${}]+)\s*</artifactId>")
_TEST = re.compile(r"<scope>\s*test\s*</scope>")
_PARENT = re.compile(r"<parent>.*?</parent>", re.DOTALL)
_GRADLE = re.compile(r"[\"']([\w.\-]+):([\w.\-]+)(?::[^\"']*)?[\"']|name\s*[:=]\s*[\"']([\w.\-]+)[\"']")
_PROJECT = re.compile(r"\bproject\(\s*(?:path\s*[:=]\s*)?[\"']:?([\w.:\-]+)[\"']")
_OWN_NAME = re.compile(r"\b(?:archivesBaseName|baseName|artifactId)\s*=?\s*[\"']([\w.\-]+)[\"']")
_ALIAS = re.compile(r"\blibs\.([\w.]+)")
_GRADLE_ASIDE = re.compile(r"^[ \t]*(//|\*|/\*|test\w*|androidTest\w*|classpath|id\b|mavenBom|platform)", re.IGNORECASE)  # fmt: skip
_ALL_PROJECTS = re.compile(
    r"\b(?:subprojects|allprojects|configure\s*\(\s*(?:subprojects|allprojects)[^)]*\))\s*\{"
)
_CATALOG = re.compile(
    r"^[ \t]*([\w.\-]+)\s*=\s*(?:\{[^}]*?\b(?:module\s*=\s*\"[\w.\-]+:([\w.\-]+)\"|name\s*=\s*\"([\w.\-]+)\")|\"[\w.\-]+:([\w.\-]+):)"
)


def artifacts(tree: FileTree, folder: str) -> Artifacts:
    """Names of the libraries that a folder is built with, and the lines that say so."""
    found: Artifacts = {}
    for path in _poms(tree, folder):
        _gather(found, _of_pom(tree.text(path) or "", path))
    for name in ("build.gradle", "build.gradle.kts"):
        path = _join(folder, name)
        if path in tree:
            _gather(found, _of_gradle(tree.text(path) or "", path, _catalog(tree)))
        root = next((above for up in _above(folder) if (above := _join(up, name)) in tree), None)
        if root:
            _gather(found, _of_gradle(_for_all(tree.text(root) or ""), root, _catalog(tree)))
    return found


def modules(tree: FileTree) -> dict[str, str]:
    """The folders of the repository's own modules, by the names that others are built with them by."""
    found: dict[str, str] = {}
    for file in tree.files:
        if file.name == "pom.xml":
            own = _ARTIFACT.search(_PARENT.sub("", _plain(tree.text(file.path) or "")))
            if own:
                found.setdefault(own[1], file.folder)
        elif file.name.startswith("build.gradle") and file.folder != ".":
            named = _OWN_NAME.search(tree.text(file.path) or "")
            for name in (file.folder.rpartition("/")[2], named[1] if named else ""):
                found.setdefault(name, file.folder)
    return found


def pieces(tree: FileTree, folder: str, known: dict[str, str]) -> dict[str, Artifacts]:
    """The modules of the repository that a folder is built with, through all that they are built with, and their libraries."""
    found: dict[str, Artifacts] = {}
    waiting = [folder]
    while waiting:
        for name in artifacts(tree, waiting.pop()):
            inner = known.get(name)
            if inner is not None and inner != folder and inner not in found:
                found[inner] = artifacts(tree, inner)
                waiting.append(inner)
    return found


def _gather(found: Artifacts, named: Iterator[tuple[str, Evidence]]) -> None:
    for name, line in named:
        found.setdefault(name, line)


def _poms(tree: FileTree, folder: str) -> Iterator[str]:
    """The pom of a folder, and those above it that it has as parents."""
    path = _join(folder, "pom.xml")
    for _ in range(_PARENTS):
        if path not in tree:
            return
        yield path
        parent = _PARENT.search(_plain(tree.text(path) or ""))
        named = _ARTIFACT.search(parent[0]) if parent else None
        relative = re.search(r"<relativePath>\s*([^<\s]+)\s*</relativePath>", parent[0]) if parent else None
        where = relative[1] if relative else "../pom.xml"
        where = where if where.endswith(".xml") else f"{where}/pom.xml"
        path = _join(posixpath.dirname(path), where)
        head = _PARENT.sub("", _plain(tree.text(path) or "")) if path in tree else ""
        own = _ARTIFACT.search(head)
        if not named or not own or own[1] != named[1]:
            return


def _of_pom(text: str, path: str) -> Iterator[tuple[str, Evidence]]:
    plain = _EXCLUSIONS.sub(_blank, _ELSEWHERE.sub(_blank, _plain(text)))
    for dependency in _DEPENDENCY.finditer(plain):
        name = _ARTIFACT.search(dependency[0])
        if name and not _TEST.search(dependency[0]):
            line = plain.count("\n", 0, dependency.start() + name.start(1)) + 1
            yield name[1], Evidence(path=path, line=line)


def _plain(text: str) -> str:
    return _COMMENT.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    """As many lines, and nothing on them."""
    return "\n" * match[0].count("\n")


def _of_gradle(text: str, path: str, catalog: dict[str, str]) -> Iterator[tuple[str, Evidence]]:
    for number, line in enumerate(text.splitlines(), 1):
        if _GRADLE_ASIDE.match(line):
            continue
        here = Evidence(path=path, line=number)
        yield from ((match[2] or match[3], here) for match in _GRADLE.finditer(line))
        yield from ((match[1].rpartition(":")[2], here) for match in _PROJECT.finditer(line))
        for match in _ALIAS.finditer(line):
            name = catalog.get(re.sub(r"[-_.]", ".", match[1]))
            if name:
                yield name, here


def _for_all(text: str) -> str:
    """What a root says for all its projects, on the lines where it says so."""
    kept = [""] * (text.count("\n") + 1)
    lines = text.split("\n")
    for match in _ALL_PROJECTS.finditer(text):
        first = text.count("\n", 0, match.start())
        depth = 0
        for number in range(first, len(lines)):
            kept[number] = lines[number]
            depth += lines[number].count("{") - lines[number].count("}")
            if depth <= 0:
                break
    return "\n".join(kept)


def _catalog(tree: FileTree) -> dict[str, str]:
    """Artifacts by the name that a version catalog gives them."""
    text = tree.text("gradle/libs.versions.toml") or ""
    found = (_CATALOG.match(line) for line in text.splitlines())
    return {re.sub(r"[-_.]", ".", match[1]): match[2] or match[3] or match[4] for match in found if match}


def _above(folder: str) -> Iterator[str]:
    while folder not in (".", ""):
        folder = posixpath.dirname(folder) or "."
        yield folder


def _join(folder: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(folder, name))
