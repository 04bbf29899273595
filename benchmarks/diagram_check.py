"""The pictures of real repositories: bounds, what is drawn of all dependencies, and whether they are clear.

usage: python -m benchmarks.diagram --check FOLDER...
Each FOLDER is a checkout, named owner+name, or a run with repo_shape.json and modules.json; a folder of such folders stands for all of them.
Checked are every view, and below `--check --inside` also every picture inside a box, two levels down:

chars     of Mermaid without links; at most 2,000
drawn     the share of the dependencies between boxes that arrows stand for; at least 70 %
all       drawn and folded are all dependencies
proofs    arrows whose first line imports a file of the box that they point at, of all between boxes of files
faults    overlaps, lines through boxes, text that is small, faint or off the canvas (benchmarks.svg_check)
valid     by Mermaid 9.4, 10.9, 11 and 12, where `make mermaid` has put them
Exits with 1 when anything is wrong.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.svg_check import faults
from repo_architect import analysis, diagram
from repo_architect.contracts import Modules, RepoShape
from repo_architect.diagram.draw import MAX_CHARACTERS, MAX_EDGES, MAX_NODES
from repo_architect.diagram.model import Diagram

NODE = Path(__file__).resolve().parents[1] / "tests" / "diagram" / "node"
VERSIONS = ("mermaid9", "mermaid10", "mermaid11", "mermaid12")
AT_LEAST = 0.7


@dataclass(frozen=True)
class Checked:
    """A picture and what was found in it; `proofs` are (proved, all) arrows between boxes of files."""

    repository: str
    picture: Diagram
    proofs: tuple[int, int]
    seconds: float
    faults: tuple[str, ...]

    @property
    def counted(self) -> bool:
        picture = self.picture
        folded = sum(fold.dependencies for fold in picture.folds)
        return folded + sum(edge.count for edge in picture.edges) == picture.dependencies

    @property
    def bounded(self) -> bool:
        picture = self.picture
        within = len(picture.nodes) <= MAX_NODES and len(picture.edges) <= MAX_EDGES
        return within and len(picture.mermaid) <= MAX_CHARACTERS and picture.drawn >= AT_LEAST

    @property
    def wrong(self) -> bool:
        return bool(self.faults) or not self.counted or not self.bounded or self.proofs[0] < self.proofs[1]


def main(folders: list[Path], *, inside: bool) -> int:
    """Print a row for each picture, of those inside boxes only a line; 1 when anything is wrong."""
    found = [checked for folder in every(folders) for checked in check(folder, inside=inside)]
    refused = refused_by_mermaid([checked.picture.mermaid for checked in found])
    print(f"{'repository':44} {'view':10} nodes edges chars drawn folded  all  proofs faults valid seconds")
    for number, checked in enumerate(found):
        print(row(checked, "-" if refused is None else "no" if number in refused else "yes"))
        for fault in checked.faults[:5]:
            print(f"    {fault}")
    wrong = sum(checked.wrong for checked in found) + len(refused or ())
    print(
        f"{len(found)} pictures of {len({each.repository for each in found})} repositories, {wrong} with something wrong"
    )
    return int(bool(wrong))


def every(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        inner = sorted(each for each in folder.iterdir() if each.is_dir() and "+" in each.name)
        yield from inner or [folder]


def check(folder: Path, *, inside: bool) -> Iterator[Checked]:
    """The views of a repository, with `inside` also what is in their boxes, two levels down."""
    shape, modules = analysed(folder)
    targets = imported(modules)
    began = time.process_time()
    views = diagram.views(shape, modules)
    seconds = time.process_time() - began
    pictures = list(views)
    level = list(views) if inside else []
    for _ in range(2):
        level = [
            found
            for upper in level
            for node in upper.nodes
            if (found := diagram.inside(shape, modules, node)) and len(found.nodes) > 1
        ]
        pictures += level
    for picture in pictures:
        yield Checked(folder.name, picture, proved(picture, targets), seconds, tuple(faults(picture.svg)))


def analysed(folder: Path) -> tuple[RepoShape, Modules]:
    shape, modules = folder / "repo_shape.json", folder / "modules.json"
    if shape.is_file() and modules.is_file():
        return RepoShape.from_json(shape.read_bytes()), Modules.from_json(modules.read_bytes())
    identity = analysis.identify(folder)
    owner, _, name = folder.name.rpartition("+")
    identity = identity.model_copy(update={"owner": owner or None, "name": name, "host": "github.com"})
    found = analysis.analyze(folder, identity, analysis.Limits())
    return found.shape, found.modules


def imported(modules: Modules) -> dict[tuple[str, int], set[str]]:
    """The files that a line of a file imports."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for edge in modules.imports():
        for line in edge.lines or (1,):
            found[edge.source, max(1, line)].add(edge.target)
    return found


def proved(picture: Diagram, targets: dict[tuple[str, int], set[str]]) -> tuple[int, int]:
    box = {node.id: set(node.members) for node in picture.nodes if node.files}
    between = [edge for edge in picture.edges if edge.source in box and edge.target in box]
    right = [
        edge
        for edge in between
        if edge.evidence
        and edge.evidence[0].path in box[edge.source]
        and targets.get((edge.evidence[0].path, edge.evidence[0].line or 1), set()) & box[edge.target]
    ]
    return len(right), len(between)


def refused_by_mermaid(texts: list[str]) -> set[int] | None:
    """Places of the texts that some version of Mermaid refuses; None where there is none to ask."""
    if not (shutil.which("node") and (NODE / "node_modules").is_dir()):
        return None
    command = ["node", "parse.mjs", *VERSIONS]
    answer = subprocess.run(
        command, cwd=NODE, input=json.dumps({"texts": texts}), capture_output=True, text=True, check=True
    )
    return {place for refused in json.loads(answer.stdout).values() for place, _ in refused}


def row(checked: Checked, valid: str) -> str:
    picture = checked.picture
    folded = sum(fold.dependencies for fold in picture.folds)
    right, between = checked.proofs
    return (
        f"{checked.repository[:44]:44} {picture.view:10} {len(picture.nodes):5d} {len(picture.edges):5d} {len(picture.mermaid):5d} {picture.drawn:5.0%}"
        f" {folded:6d} {'yes' if checked.counted else 'NO':>4} {f'{right}/{between}':>7} {len(checked.faults):6d} {valid:>5} {checked.seconds:7.2f}"
    )
