"""Dependencies found in bibliothecary's spec cases, and how long it takes on a whole repository.

    python -m benchmarks.dependencies                    # clones bibliothecary into .cache/benchmarks, needs ruby
    python -m benchmarks.dependencies --checkout DIR     # a checkout that is there already
    python -m benchmarks.dependencies --wrong even       # what differs, on the half it is developed on
    python -m benchmarks.dependencies --tree DIR         # time and counts on a repository

A manifest's dependency counts when name, requirement and scope agree, a lock file's when name and version do.
A requirement that any version meets is the same however it is written; spaces do not count; scopes are compared
by the table below. Cases are halved by the sha1 of `spec:name`: rules are made on the even half.
What bibliothecary does not count as a dependency of its file is set aside where it does not expect it: packages of
the same repository, build plugins and the build system, packages of another ecosystem (pip's in a conda
environment, images in a workflow), extras of setup.py and features of vcpkg.json.
Where a spec names only some of what a file holds, those count for recall and not for precision.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from repo_architect.analysis import manifests
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.manifests import naming

UPSTREAM = "https://github.com/ecosyste-ms/bibliothecary"
CACHE = Path(__file__).resolve().parents[1] / ".cache" / "benchmarks"
LISTED = {
    "pypi", "npm", "go", "cargo", "maven", "nuget", "rubygems", "packagist", "hex", "pub", "swift_pm", "conan", "vcpkg",
    "hackage", "cran", "julia", "conda", "docker", "actions",
}  # fmt: skip
SCOPES = {
    "compile": "runtime", "implementation": "runtime", "api": "runtime", "depends": "runtime", "imports": "runtime",
    "default": "runtime", "develop": "development", "testimplementation": "test", "testcompile": "test",
    "suggests": "optional", "enhances": "optional", "provided": "build", "linkingto": "build",
    "compileonly": "build", "runtimeonly": "runtime", "docker": "development", "javascript": "development", "composite": "development",
}  # fmt: skip
SAME = {("docker", "build"): "runtime", ("conan", "development"): "build", ("vcpkg", "development"): "build"}
ANY = {"", "*", ">=0", ">=0.0.0", "latest", "any"}

Triple = tuple[str, str, str]


@dataclass
class Score:
    """Counts of what was expected, found among it, given at all, and wrong of what was given."""

    cases: int = 0
    expected: int = 0
    hit: int = 0
    named: int = 0
    names: int = 0
    given: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("cases", "expected", "hit", "named", "names", "given", "right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong += other.wrong

    @property
    def recall(self) -> float:
        return self.hit / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0


def main() -> None:
    options = _options()
    if options.tree:
        _time(options.tree)
        return
    cases = _cases(options.checkout)
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    names: dict[str, Score] = defaultdict(Score)
    for case in cases:
        half = "even" if _is_even(case) else "odd"
        score = _score(case)
        scores[case["spec"].removesuffix("_spec.rb"), half].add(score)
        names["locks" if case["kind"] == "lockfile" else "manifests"].add(score)
    _print(scores, listed=True)
    _print(scores, listed=False)
    print(
        "\nnames only, all cases: "
        + ", ".join(
            f"{kind} {n.named}/{n.names} = {n.named / n.names:.2f}" for kind, n in sorted(names.items())
        )
    )
    if options.wrong:
        for (_, half), score in sorted(scores.items()):
            if half == options.wrong:
                print(*score.wrong, sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkout", type=Path)
    parser.add_argument("--wrong", choices=["even", "odd"])
    parser.add_argument("--tree", type=Path)
    return parser.parse_args()


def _cases(checkout: Path | None) -> list[dict[str, Any]]:
    folder = checkout or CACHE / "bibliothecary"
    if not folder.exists():
        subprocess.run(["git", "clone", "--quiet", "--depth", "1", UPSTREAM, str(folder)], check=True)
    script = Path(__file__).with_name("bibliothecary_cases.rb")
    done = subprocess.run(["ruby", str(script), str(folder)], check=True, capture_output=True, text=True)
    return [case for case in json.loads(done.stdout) if case["dependencies"]]


def _is_even(case: dict[str, Any]) -> bool:
    return int(hashlib.sha1(f"{case['spec']}:{case['it']}".encode()).hexdigest(), 16) % 2 == 0


def _score(case: dict[str, Any]) -> Score:
    declared, locked, aside = _ours(case["file"], case["content"])
    lock = case["kind"] == "lockfile" or (case["kind"] is None and not declared)
    given = Counter(locked or declared if lock else declared or locked)
    expected = Counter(_expected(dependency, lock) for dependency in case["dependencies"])
    if lock:
        given, expected = Counter(set(_bare(given))), Counter(set(_bare(expected)))
    label = f"{case['spec']} {case['it']} ({case['file']})"
    if not lock:
        given -= Counter(entry for entry in aside if entry not in expected)
    missing, extra = expected - given, given - expected if case["whole"] else Counter()
    return Score(
        cases=1,
        expected=expected.total(),
        hit=(expected & given).total(),
        named=len({e[0] for e in expected} & {g[0] for g in given}),
        names=len({e[0] for e in expected}),
        given=given.total() if case["whole"] else 0,
        right=(expected & given).total() if case["whole"] else 0,
        wrong=[f"- {label}: {entry}" for entry in missing] + [f"+ {label}: {entry}" for entry in extra],
    )


def _bare(entries: Counter[Triple]) -> list[Triple]:
    return [(name, version.lstrip("="), "") for name, version, _ in entries]


def _ours(name: str, content: str) -> tuple[list[Triple], list[Triple], list[Triple]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
        report = manifests.read(read_tree(Path(folder), Limits(), Notes()))
    readings = [reading for reading in report.readings if reading.path == name]
    pairs = [(d, r.format.ecosystem) for r in readings for d in r.declared]
    triples = [
        (_name(d.ecosystem or of, d.name), _requirement(d.requirement), str(d.scope)) for d, of in pairs
    ]
    aside = [
        triple
        for triple, (d, of) in zip(triples, pairs, strict=True)
        if d.local
        or d.group in ("plugin", "build-system")
        or (d.ecosystem and d.ecosystem != of)
        or _unread(d.group, name)
    ]
    locked = [
        (_name(p.ecosystem or r.format.ecosystem, p.name), _requirement(p.version), str(p.scope))
        for r in readings
        for p in r.locked
    ]
    return triples, locked, aside


def _unread(group: str | None, name: str) -> bool:
    return bool(group and group.startswith("extra:")) and name in ("setup.py", "vcpkg.json")


def _expected(dependency: dict[str, Any], lock: bool) -> Triple:
    kind = (dependency.get("type") or "runtime").lower()
    kind = SAME.get((dependency["platform"], kind), SCOPES.get(kind, kind))
    name = dependency["name"].removeprefix("docker://")
    ecosystem = {"pypi": "pypi", "nuget": "nuget", "cargo": "cargo"}.get(dependency["platform"], "other")
    return (
        _name(ecosystem, name),
        _requirement(dependency.get("requirement")),
        "" if lock else kind,
    )


def _name(ecosystem: str, name: str) -> str:
    return naming.normalise(ecosystem, name).lower()


def _requirement(written: object) -> str:
    text = "".join(str(written or "").split()).lower()
    text = re.sub(r"(?<=.)@sha256:[0-9a-f]+$", "", text)
    text = re.sub(r"^(\d+(?:\.\d+)?)\.0(?:\.0)?-\1(?:\.9223372036854775807)+$", r"\1.x", text)
    return "" if text in ANY else re.sub(r"^={1,3}(?=[^,]*$)", "", text)


def _print(scores: dict[tuple[str, str], Score], *, listed: bool) -> None:
    names = sorted({name for name, _ in scores if (name in LISTED) == listed})
    print(
        f"\n{'ecosystem':<12}{'cases':>6}{'expected':>9}{'recall':>8}{'prec.':>8}   even: recall  prec.   odd: recall  prec."
    )
    total, halves = Score(), {"even": Score(), "odd": Score()}
    recalls, precisions = [], []
    for name in names:
        both = Score()
        for half in ("even", "odd"):
            both.add(scores.get((name, half), Score()))
            halves[half].add(scores.get((name, half), Score()))
        total.add(both)
        recalls.append(both.recall)
        precisions.append(both.precision)
        _row(name, both, scores.get((name, "even")), scores.get((name, "odd")))
    _row("all", total, halves["even"], halves["odd"])
    for what, found in (("recall", recalls), ("precision", precisions)):
        print(f"mean of the ecosystems' {what} {sum(found) / len(found):.3f}, lowest {min(found):.3f}")


def _row(name: str, both: Score, even: Score | None, odd: Score | None) -> None:
    cells = [
        f"{half.recall:>14.3f}{half.precision:>7.3f}" if half and half.cases else f"{'-':>14}{'-':>7}"
        for half in (even, odd)
    ]
    print(
        f"{name:<12}{both.cases:>6}{both.expected:>9}{both.recall:>8.3f}{both.precision:>8.3f}  {''.join(cells)}"
    )


def _time(folder: Path) -> None:
    tree = read_tree(folder, Limits(), Notes())
    start = time.process_time()
    report = manifests.read(tree)
    spent = time.process_time() - start
    direct = Counter(d.ecosystem for d in report.dependencies if d.manifest)
    print(
        f"{len(tree)} files, {spent:.2f} CPU s, {len(report.components)} components, {len(report.lock_files)} locks"
    )
    print(
        f"declared {dict(direct)}, from locks alone {sum(1 for d in report.dependencies if not d.manifest)}"
    )


if __name__ == "__main__":
    main()
