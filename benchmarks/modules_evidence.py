"""Whether the lines that an edge of the module graph gives as its proof speak of what it leads to.

    python -m benchmarks.modules_evidence CHECKOUT... [--wrong N]

A line speaks of a target that is imported by path when it holds the name of its file, or of the folder that an index file stands for; of one that is
imported by name when it holds a name that the target defines. The table has a row for each language: edges, and the share whose lines all do.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

from benchmarks.modules import analysed
from repo_architect.contracts.modules import ImportEdge

INDEX = frozenset({"index", "__init__", "mod", "lib", "main"})


def main() -> None:
    """Print a table for each checkout."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.modules_evidence")
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="print N edges whose lines do not")
    options = parser.parse_args()
    print(f"{'repository':32} {'language':12} {'edges':>7} {'proved':>7}")
    for checkout in options.checkouts:
        graph, _ = analysed(checkout)
        languages = {module.path: module.language for module in graph.modules()}
        edges: Counter[str] = Counter()
        wrong: dict[str, list[ImportEdge]] = defaultdict(list)
        for edge in graph.imports():
            language = languages[edge.source]
            edges[language] += 1
            if silent(checkout, edge):
                wrong[language].append(edge)
        for language, count in sorted(edges.items()):
            share = 1 - len(wrong[language]) / count
            print(f"{checkout.name:32} {language:12} {count:7} {share:7.4f}")
            for edge in wrong[language][: options.wrong]:
                line = silent(checkout, edge)[0]
                text = (text_of(checkout / edge.source)[line - 1 : line] or ["?"])[0]
                print(f"    {edge.kind} {edge.source}:{line} > {edge.target} | {text.strip()}")


def silent(checkout: Path, edge: ImportEdge) -> list[int]:
    """The lines that do not name the target; 0 for an edge without any."""
    names = names_of(checkout, edge.target)
    lines = text_of(checkout / edge.source)
    if not edge.lines:
        return [0]
    return [
        line
        for line in edge.lines
        if not 0 < line <= len(lines) or not (near(lines, line) & names or goes_up(edge, lines[line - 1]))
    ]


def goes_up(edge: ImportEdge, line: str) -> bool:
    """Whether a line leads by dots alone, `super` or `self` to the index of a folder above or of its own."""
    target = Path(edge.target)
    dots = re.search(r"""['"](\.\.?(?:/\.\.)*)/?['"]""", line)
    if dots:
        return (
            target.stem.split(".")[0] in INDEX
            and (Path(edge.source).parent / dots[1]).parts[:1] == target.parts[:1]
        )
    return edge.source.endswith(".rs") and re.search(r"\b(super|self|crate)::", line) is not None


def near(lines: list[str], line: int) -> set[str]:
    """Words of a line, and of those that its statement goes on in when a bracket is open."""
    text = lines[line - 1]
    end = line
    while end < len(lines) and end < line + 60 and sum(map(text.count, "({[")) > sum(map(text.count, ")}]")):
        text += " " + lines[end]
        end += 1
    if re.match(r"\s*(import|export)\b", text) and not re.search(r"['\";]", text):
        text += " ".join(lines[end : end + 30])
    words = set(re.findall(r"[\w$]+", text.lower()))
    return words | {part for word in words for part in word.split("_")}


@cache
def names_of(checkout: Path, path: str) -> set[str]:
    """The words of a target's file name, of the folders above an index file, and what it defines."""
    file = Path(path)
    stem = re.split(r"\.", file.name)[0].lower()
    words = set(re.findall(r"\w+", stem)) | {stem}
    if stem in INDEX or file.suffix == ".go":
        words |= {part.lower() for part in re.findall(r"\w+", "/".join(file.parent.parts[-2:]))}
    text = "\n".join(text_of(checkout / path))
    defined = r"\b(?:class|interface|struct|enum|trait|record|module|namespace|def|fun|func|function|object|type|typealias|const|val|package|fn|delegate|macro_rules!)\s+(?:\([^)]*\)\s*)?([\w$.]+)"
    for name in re.findall(defined, text):
        words |= {part.lower() for part in name.split(".")}
    words |= {
        name.lower() for name in re.findall(r"^\s*(\w+)\s+(?:struct|interface|func)\b", text, re.MULTILINE)
    }
    if file.suffix == ".cs":
        words |= {
            name.lower()
            for name in re.findall(r"\b(?:static|delegate)\s+[\w<>\[\],.? ]+?\s(\w+)\s*[<(]", text)
        }
    words |= {name.lower() for name in re.findall(r"^\s*(?:export\s+)?([A-Z]\w+)\s*=", text, re.MULTILINE)}
    return words


@cache
def text_of(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    main()
