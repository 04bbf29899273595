"""Edges between source files of Java and Kotlin as `jdeps` gives them for the published classes, for `benchmarks.modules`."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections import defaultdict
from functools import cache
from pathlib import Path

from benchmarks.modules_answer import Answer
from repo_architect.contracts.modules import ImportEdge

JDEPS = ("jdeps", "--multi-release", "base", "--ignore-missing-deps", "-verbose:class", "-filter:none")
BATCH = 400
COMPILED = re.compile(r'Compiled from "([^"]+)"\n[^\n]*?\b(?:class|interface)\s+([\w.$-]+)')
PACKAGE = re.compile(r"^\s*package\s+([\w.`]+)", re.MULTILINE)
FACADE = re.compile(
    r"^(?:[\w@()\"., ]*\s)?(?:fun|val|var)\s+(?:<[^>]*>\s*)?(?:[\w<>?*, ]+\.)*(\w+)", re.MULTILINE
)


def jdeps_edges(checkout: Path, _cache: Path) -> Answer:
    """Source files by the classes of the published jar; a class is of the file that its compiler says.

    Left out on both sides: annotations that are not there at run time, files that stand for one name on several
    platforms. Left out of the truth: a class that a source nowhere names (inferred, inherited, bridged, inlined).
    """
    jar = next((checkout / "published").glob("*.jar"))
    files = _files(checkout)
    homes = {name: _home(files, name, file) for name, file in _compiled(jar).items()}
    parts = _parts(homes)
    silent = {path for path in files.values() if path and _unseen(checkout / path)}
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in subprocess.run(
        [*JDEPS, str(jar)], capture_output=True, text=True, check=True
    ).stdout.splitlines():
        found = re.match(r"\s+(\S+)\s+->\s+(\S+)", line)
        source = homes.get(found[1]) if found else None
        for target in parts.get(found[2], ()) if found and source else ():
            if source and source != target and target not in silent:
                names[source, target] |= _spoken(found[2], checkout / target)
    known = {path for path in homes.values() if path}

    def pair(edge: ImportEdge) -> tuple[str, str] | None:
        inside = {edge.source, edge.target} <= known and edge.target not in silent
        return (edge.source, edge.target) if inside else None

    return Answer({edge for edge, said in names.items() if said & _words(checkout / edge[0])}, pair)


def _home(files: dict[tuple[str, str], str | None], name: str, file: str) -> str | None:
    return files.get((name.rpartition(".")[0], file))


def _parts(homes: dict[str, str | None]) -> dict[str, set[str]]:
    """Sources of each class; of a class that several files of functions make, all of them."""
    parts: dict[str, set[str]] = defaultdict(set)
    for name, home in homes.items():
        if home:
            parts[name].add(home)
            parts[name.partition("__")[0]].add(home)
    return parts


def _files(checkout: Path) -> dict[tuple[str, str], str | None]:
    """Sources by package and name of the file; None where several have both."""
    files: dict[tuple[str, str], str | None] = {}
    for path in sorted(p for p in (checkout / "src").rglob("*") if p.suffix in (".java", ".kt")):
        found = PACKAGE.search(_code(path))
        key = found[1].replace("`", "") if found else "", path.name
        files[key] = None if key in files else path.relative_to(checkout).as_posix()
    return files


def _compiled(jar: Path) -> dict[str, str]:
    """Classes of a jar, each with the name of the file that it was compiled from."""
    with zipfile.ZipFile(jar) as archive:
        entries = [e for e in archive.namelist() if e.endswith(".class") and not e.startswith("META-INF/")]
    classes = sorted(entry.removesuffix(".class").replace("/", ".") for entry in entries)
    files: dict[str, str] = {}
    for start in range(0, len(classes), BATCH):
        command = ["javap", "-private", "-cp", str(jar), *classes[start : start + BATCH]]
        text = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        files |= {name: file for file, name in COMPILED.findall(text)}
    return files


def _unseen(path: Path) -> bool:
    code = _code(path)
    return "@interface" in code and "RUNTIME" not in code


def _spoken(name: str, target: Path) -> set[str]:
    """Words by which a source can speak of a class; of a file of Kotlin's functions, the names of those."""
    simple = name.rpartition(".")[2]
    declared = re.compile(
        rf"\b(?:class|interface|object|typealias)\s+{re.escape(simple.partition('$')[0])}\b"
    )
    if target.suffix == ".kt" and not declared.search(_code(target)):
        return set(FACADE.findall(_code(target)))
    return set(re.split(r"[.$]", simple))


@cache
def _words(path: Path) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _code(path)))


@cache
def _code(path: Path) -> str:
    """The text without its comments."""
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", path.read_text("utf-8", "replace"), flags=re.DOTALL)


def fetch_artifact(coordinates: str, folder: Path) -> None:
    """A published jar as `published.jar`, its sources unpacked beside it."""
    jars = {"published": coordinates, "sources": f"{coordinates}:jar:sources"}
    folder.mkdir(parents=True)
    for name, artifact in jars.items():
        copy = [
            "mvn",
            "-q",
            "dependency:copy",
            f"-Dartifact={artifact}",
            f"-DoutputDirectory={folder}/{name}",
        ]
        subprocess.run(copy, check=True, capture_output=True, cwd=folder)
    with zipfile.ZipFile(next((folder / "sources").glob("*.jar"))) as archive:
        archive.extractall(folder / "src")
