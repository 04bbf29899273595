"""Whether the lines that an edge of the architecture gives as its proof speak of what it claims.

    python -m benchmarks.architecture_evidence CHECKOUT... [--lines N] [--wrong N]

Of each edge the first N lines (6) are read at the place named. A line speaks of a part when it holds its name or another word it is called by: the
folder of its code, its technology, or a package, an import, an image or an address scheme of that technology. It speaks of the exchange when it
asks a client, offers a service, sends or hears messages, reads or writes rows, opens a port, or is a route of a proxy. `lines`: how many were read;
`spoken`: the share of them that speak of either; `target`: the share of edges with a line that names the target, or that lets people in; `silent`: edges of whose
lines none speaks. A line that is not there, or is empty, never speaks.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from benchmarks.architecture import analysed
from repo_architect.analysis.architecture import technologies
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import Architecture, ArchitectureNode

OPENS = re.compile(
    r"\bports?\b|\d+:\d+|:\s*\d{2,5}\b|LoadBalancer|NodePort|WithExternalHttpEndpoints|backend|host|rule|-\s*name:|^\s*- ",
    re.IGNORECASE,
)
EXCHANGE = re.compile(
    r"Client|Stub|Server(icer)?\b|ImplBase|Service\b|publish|subscribe|consum|produc|Listener|Handler|send|receive|xadd|xread|[lr]pop|[lr]push|emit|connect"
    r"|SELECT\b|INSERT\s+INTO|UPDATE\s+\w+\s+SET|SaveState|GetState|InvokeMethod|/invoke/|proxy_pass|reverse_proxy|Topic|grpc",
    re.IGNORECASE,
)  # fmt: skip
PORT = re.compile(r"(?<!\d)(\d{4,5})(?!\d)")
REACH = 2
"""Lines after the one named that belong to its statement."""


def main() -> None:
    """Print a row for each checkout."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.architecture_evidence")
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--lines", type=int, default=6, metavar="N", help="lines read of each edge")
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="print N lines that say nothing")
    options = parser.parse_args()
    print(f"{'repository':52} {'edges':>6} {'lines':>6} {'spoken':>7} {'target':>7} {'silent':>7}")
    total = [0] * 5
    for checkout in options.checkouts:
        counts = checked(checkout, analysed(checkout), options.lines, options.wrong)
        total = [a + b for a, b in zip(total, counts, strict=True)]
        show(checkout.name, counts)
    show("TOTAL", total)


def checked(checkout: Path, found: Architecture, limit: int, wrong: int) -> list[int]:
    """Edges, lines, lines that speak, edges with a line of the target, edges without any that speaks."""
    nodes = {node.id: node for node in found.nodes}
    counts = [len(found.edges), 0, 0, 0, 0]
    for edge in found.edges:
        source, target = nodes[edge.source], nodes[edge.target]
        lines = [(place, text_at(checkout, place)) for place in edge.evidence[:limit]]
        spoken = [speaks(text, source, target) or meets(text, lines) for _, text in lines]
        counts[1] += len(lines)
        counts[2] += sum(spoken)
        counts[3] += any(
            names(text, target) or (source.kind == "user" and OPENS.search(text)) for _, text in lines
        )
        counts[4] += not any(spoken)
        for (place, text), said in zip(lines, spoken, strict=True):
            if not said and wrong:
                wrong -= 1
                print(f"    {source.name} > {target.name} | {place.path}:{place.line} | {text.strip()[:120]}")
    return counts


def speaks(text: str, source: ArchitectureNode, target: ArchitectureNode) -> bool:
    if not text.strip():
        return False
    if source.kind == "user":
        return OPENS.search(text) is not None or names(text, target)
    return names(text, target) or names(text, source) or EXCHANGE.search(text) is not None


def meets(text: str, lines: list[tuple[Evidence, str]]) -> bool:
    """Whether a port of a line is the port of another."""
    ports = set(PORT.findall(text.partition("\n")[0]))
    return any(ports & set(PORT.findall(other.partition("\n")[0])) for _, other in lines if other is not text)


def names(text: str, node: ArchitectureNode) -> bool:
    plain = normal(text)
    return any(word in plain for word in words(node))


def words(node: ArchitectureNode) -> set[str]:
    """What a part is called by, without case and punctuation."""
    said = {node.name, *re.split(r"[-_. ]", node.name), (node.path or "").rpartition("/")[2]}
    row = technologies.named(node.technology or "") or technologies.named(node.name)
    if row:
        rows = [row, *(other for other in technologies.table() if other.name == row.speaks)]
        for one in rows:
            said |= {one.name, *one.schemes, *one.hosts, *(image.rpartition("/")[2] for image in one.images)}
            said |= {name for group in (*one.packages.values(), *one.imports.values()) for name in group}
            said |= {kind.partition(":")[2] or kind for kind in one.resources}
    return {word for name in said if len(word := normal(name)) > 1}


def text_at(checkout: Path, place: Evidence) -> str:
    """The line at a place and those that its statement may go on in."""
    try:
        lines = (checkout / place.path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    line = place.line or 1
    return (
        "\n".join(lines[line - 1 : line + REACH])
        if lines[line - 1 : line] and lines[line - 1].strip()
        else ""
    )


def normal(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def show(name: str, counts: list[int]) -> None:
    edges, lines, spoken, target, silent = counts
    shares = [f"{a / b:7.3f}" if b else "      -" for a, b in ((spoken, lines), (target, edges))]
    print(f"{name:52} {edges:6} {lines:6} {' '.join(shares)} {silent:7}")


if __name__ == "__main__":
    main()
