"""Languages against GitHub Linguist, file by file and by share, with enry beside us.

python -m benchmarks.languages --linguist "ruby -Ilib bin/github-linguist" --in LINGUIST_CHECKOUT REPO…

The truth is what Linguist's `--breakdown --json` says of each repository's HEAD. Notebooks, which we count by the
language of their cells and Linguist as notebooks, are told in a column of their own. enry-python, which has no groups
and no .gitattributes, is given both.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shlex
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from repo_architect.analysis import languages
from repo_architect.analysis.files import FileTree, read_tree
from repo_architect.analysis.languages.attributes import Attributes
from repo_architect.analysis.languages.table import table
from repo_architect.analysis.limits import Limits, Notes

ByFile = dict[str, str]
NOTEBOOK = "Jupyter Notebook"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--linguist", required=True, help="command that runs Linguist")
    parser.add_argument(
        "--in", dest="folder", type=Path, default=Path(), help="folder that command is run in"
    )
    parser.add_argument(
        "--misses", type=int, default=0, help="how many disagreements to show for each repository"
    )
    parser.add_argument("repositories", nargs="+", type=Path)
    options = parser.parse_args()
    head = (
        "repository",
        "files",
        "agree",
        "share off",
        "notebooks",
        "CPU s",
        "Linguist CPU s",
        "enry agree",
        "share off",
        "CPU s",
    )
    _print(head)
    total: Counter[str] = Counter()
    for root in options.repositories:
        truth, linguist_seconds = _linguist(options.linguist, options.folder, root)
        ours, seconds = _timed(_ours, root)
        enry, enry_seconds = _timed(_enry, root)
        notebooks = {path for path, language in truth.items() if language == NOTEBOOK}
        for found in (truth, ours, enry):
            for path in notebooks:
                found.pop(path, None)
        files = set(truth) | set(ours)
        misses = sorted(path for path in files if truth.get(path) != ours.get(path))
        enry_misses = [path for path in set(truth) | set(enry) if truth.get(path) != enry.get(path)]
        total.update(files=len(files), misses=len(misses), enry=len(enry_misses))
        _print(
            (
                root.name, len(files), _percent(len(misses), len(files)), f"{_distance(root, truth, ours):.2f}", len(notebooks),
                f"{seconds:.2f}", f"{linguist_seconds:.2f}", _percent(len(enry_misses), len(files)), f"{_distance(root, truth, enry):.2f}",
                f"{enry_seconds:.2f}",
            )
        )  # fmt: skip
        for path in misses[: options.misses]:
            print(f"    {path}: Linguist {truth.get(path)}, ours {ours.get(path)}")
    _print(
        (
            "all",
            total["files"],
            _percent(total["misses"], total["files"]),
            "",
            "",
            "",
            "",
            _percent(total["enry"], total["files"]),
        )
    )


def _linguist(command: str, folder: Path, root: Path) -> tuple[ByFile, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [*shlex.split(command), str(root.resolve()), "--breakdown", "--json"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return {
        path: language for language, row in json.loads(done.stdout).items() for path in row["files"]
    }, seconds


def _timed(find: Callable[[Path], ByFile], root: Path) -> tuple[ByFile, float]:
    began = time.process_time()
    return find(root), time.process_time() - began


def _tree(root: Path) -> FileTree:
    return read_tree(root, Limits(max_files=200_000), Notes())


def _ours(root: Path) -> ByFile:
    return dict(languages.detect(_tree(root)).by_file)


def _enry(root: Path) -> ByFile:
    try:
        import enry
    except ImportError:
        return {}
    tree = _tree(root)
    given = Attributes(
        (file.path.rpartition("/")[0], tree.text(file.path) or "") for file in tree.named(".gitattributes")
    )
    found = {}
    for file in tree:
        data = tree.head(file.path, 128 * 1024)
        language = _by_enry(enry, file.path, data or b"", given.of(file.path)) if data else None
        if language:
            found[file.path] = table().group(language)
    return found


def _by_enry(enry: object, path: str, data: bytes, given: dict[str, object]) -> str | None:
    def said(name: str, otherwise: Callable[[], bool]) -> bool:
        value = given.get(f"linguist-{name}")
        return otherwise() if value is None else value not in (False, "false")

    if said("vendored", lambda: enry.is_vendor(path)) or said(
        "documentation", lambda: enry.is_documentation(path)
    ):  # type: ignore[attr-defined]
        return None
    if enry.is_binary(data) or said("generated", lambda: enry.is_generated(path, data)):  # type: ignore[attr-defined]
        return None
    chosen = given.get("linguist-language")
    language = table().named(chosen) if isinstance(chosen, str) else enry.get_language(path, data) or None  # type: ignore[attr-defined]
    return language if language and said("detectable", lambda: table().counts(language)) else None


def _distance(root: Path, truth: ByFile, found: ByFile) -> float:
    """Half the sum of differences in share, in points."""
    first, second = _shares(root, truth), _shares(root, found)
    return sum(abs(first.get(name, 0) - second.get(name, 0)) for name in set(first) | set(second)) / 2


def _shares(root: Path, found: ByFile) -> dict[str, float]:
    sizes: Counter[str] = Counter()
    for path, language in found.items():
        if os.path.lexists(root / path):
            sizes[language] += os.lstat(root / path).st_size
    return {name: 100 * size / (sizes.total() or 1) for name, size in sizes.items()}


def _percent(misses: int, files: int) -> str:
    return f"{100 * (files - misses) / (files or 1):.2f} %"


def _print(cells: tuple[object, ...]) -> None:
    print(" | ".join(f"{cell!s:>14}" for cell in cells))


if __name__ == "__main__":
    main()
