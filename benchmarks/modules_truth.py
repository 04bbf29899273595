"""Edges as each language's own tool gives them, for `benchmarks.modules`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from repo_architect.contracts.modules import ImportEdge, Modules

NODE_TOOLS = ("dependency-cruiser@17", "madge@8", "typescript@5")
SOURCES = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte")

DOCUMENTATION = re.compile(r"(.*/)?(documentation|examples)/")


@dataclass(frozen=True)
class Answer:
    """The tool's edges, and `pair`: what an edge of ours is called there, None for one it does not look at."""

    edges: set[tuple[str, str]]
    pair: Callable[[ImportEdge], tuple[str, str] | None]

    def of(self, graph: Modules) -> Iterable[tuple[str, str]]:
        pairs = (self.pair(edge) for edge in graph.imports())
        return {pair for pair in pairs if pair is not None and pair[0] != pair[1]}


def grimp_edges(checkout: Path, root: str, package: str) -> Answer:
    """Python: grimp's modules as files."""
    import grimp

    sys.path.insert(0, str(checkout / root))
    try:
        graph = grimp.build_graph(package, cache_dir=None)
    finally:
        sys.path.pop(0)
    files = {module: _python_file(checkout, root, module) for module in graph.modules}
    known = set(files.values())
    edges = {
        (files[a], files[b])
        for a in graph.modules
        for b in graph.find_modules_directly_imported_by(a)
        if a != b
    }
    return Answer(
        edges, lambda edge: (edge.source, edge.target) if {edge.source, edge.target} <= known else None
    )


def _python_file(checkout: Path, root: str, module: str) -> str:
    base = (Path(root) / module.replace(".", "/")).as_posix()
    options = (f"{base}/__init__.py", f"{base}.py")
    return next((path for path in options if (checkout / path).is_file()), module)


def node_edges(
    checkout: Path, cache: Path, tool: str, folders: tuple[str, ...], config: str | None
) -> Answer:
    """JavaScript and TypeScript: dependency-cruiser or madge over folders, sources only."""
    tools = cache / "node"
    if not (tools / "node_modules" / ".bin" / tool).exists():
        tools.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", *NODE_TOOLS],
            cwd=tools,
            check=True,
            capture_output=True,
        )
    command = [str(tools / "node_modules" / ".bin" / tool)]
    run = _depcruise if tool == "depcruise" else _madge
    seen, edges = run(checkout, command, folders, config)
    return Answer(
        {pair for pair in edges if pair[1].endswith(SOURCES)},
        lambda edge: (edge.source, edge.target) if edge.source in seen else None,
    )


def _depcruise(
    checkout: Path, command: list[str], folders: tuple[str, ...], config: str | None
) -> tuple[set[str], set[tuple[str, str]]]:
    options = [
        "--no-config",
        "--output-type",
        "json",
        "--ts-pre-compilation-deps",
        "--exclude",
        "node_modules",
    ]
    options += ["--ts-config", config] if config else []
    found = _json([*command, *options, *folders], checkout)
    seen, edges = set(), set()
    for module in found["modules"]:
        if (checkout / module["source"]).is_file() and module["source"].startswith(
            tuple(f"{f}/" for f in folders)
        ):
            seen.add(module["source"])
            internal = (
                item
                for item in module["dependencies"]
                if not item["couldNotResolve"] and not item["coreModule"]
            )
            edges |= {(module["source"], item["resolved"]) for item in internal}
    return seen, {pair for pair in edges if pair[0] != pair[1]}


def _madge(
    checkout: Path, command: list[str], folders: tuple[str, ...], config: str | None
) -> tuple[set[str], set[tuple[str, str]]]:
    options = ["--json", "--extensions", "ts,tsx,js,jsx,mjs,mts", "--basedir", str(checkout)]
    options += ["--ts-config", config] if config else []
    found = _json([*command, *options, *folders], checkout)
    return set(found), {
        (source, target) for source, targets in found.items() for target in targets if source != target
    }


def _json(command: list[str], folder: Path) -> Any:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise ValueError(done.stderr)
    return json.loads(done.stdout)


def go_edges(checkout: Path, _cache: Path) -> Answer:
    """Go: folders of packages, by the files that are built on this platform; documentation is left out."""
    fields = "Dir,ImportPath,Imports,GoFiles,CgoFiles"
    command = ["env", "GOWORK=off", "GOFLAGS=-mod=mod", "go", "list", "-e", f"-json={fields}", "./..."]
    text = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True).stdout
    packages = [
        json.loads(f"{{{part}}}") for part in re.findall(r"^\{\n(.*?)^\}$", text, re.MULTILINE | re.DOTALL)
    ]
    root = checkout.resolve()
    folder = {
        item["ImportPath"]: Path(item["Dir"]).resolve().relative_to(root).as_posix() for item in packages
    }
    built = {
        (Path(folder[item["ImportPath"]]) / name).as_posix()
        for item in packages
        for name in [*item.get("GoFiles", ()), *item.get("CgoFiles", ())]
    }
    own = [item for item in packages if not DOCUMENTATION.match(folder[item["ImportPath"]] + "/")]
    edges = {
        (folder[p["ImportPath"]], folder[name])
        for p in own
        for name in p.get("Imports", ())
        if name in folder
    }

    def pair(edge: ImportEdge) -> tuple[str, str] | None:
        if edge.source not in built or edge.kind == "same_package":
            return None
        return Path(edge.source).parent.as_posix(), Path(edge.target).parent.as_posix()

    return Answer(edges, pair)


def cargo_edges(checkout: Path, _cache: Path) -> Answer:
    """Rust: packages of the workspace, by what each declares."""
    command = ["cargo", "metadata", "--no-deps", "--format-version", "1", "--offline"]
    found = json.loads(
        subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True).stdout
    )
    root = checkout.resolve()
    folder = {item["name"]: _within(root, Path(item["manifest_path"]).parent) for item in found["packages"]}
    edges = {
        (folder[item["name"]], _within(root, Path(dependency["path"])))
        for item in found["packages"]
        for dependency in item["dependencies"]
        if dependency.get("path")
    }
    members = set(folder.values())

    def owner(path: str) -> str:
        above = Path(path).parents
        return next((f.as_posix() for f in above if (checkout / f / "Cargo.toml").is_file()), "")

    def pair(edge: ImportEdge) -> tuple[str, str] | None:
        found = owner(edge.source), owner(edge.target)
        return found if edge.source.endswith(".rs") and set(found) <= members else None

    return Answer({(a, b) for a, b in edges if a != b}, pair)


def _within(root: Path, path: Path) -> str:
    return path.resolve().relative_to(root).as_posix()


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


def jdeps_edges(checkout: Path, _cache: Path) -> Answer:
    """Java: source files, by the classes of the published jar.

    A class that a source nowhere names (inferred, inherited, bridged) is no reference by source: left out.
    """
    jar = next((checkout / "published").glob("*.jar"))
    command = [
        "jdeps",
        "--multi-release",
        "base",
        "--ignore-missing-deps",
        "-verbose:class",
        "-filter:none",
        str(jar),
    ]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    edges: set[tuple[str, str]] = set()
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in text.splitlines():
        found = re.match(r"\s+(\S+)\s+->\s+(\S+)", line)
        if found:
            edge = _java_file(found[1]), _java_file(found[2])
            edges.add(edge)
            names[edge] |= set(re.split(r"[.$]", found[2].rpartition(".")[2]))
    known = {path for path in {p for pair in edges for p in pair} if (checkout / path).is_file()}
    inner = {(a, b) for a, b in edges if a != b and {a, b} <= known and names[a, b] & _words(checkout / a)}
    return Answer(
        inner, lambda edge: (edge.source, edge.target) if {edge.source, edge.target} <= known else None
    )


@cache
def _words(path: Path) -> frozenset[str]:
    """Words of a Java source without its comments."""
    code = re.sub(r"/\*.*?\*/|//[^\n]*", " ", path.read_text("utf-8", "replace"), flags=re.DOTALL)
    return frozenset(re.findall(r"\w+", code))


def _java_file(name: str) -> str:
    return f"src/{name.partition('$')[0].replace('.', '/')}.java"
