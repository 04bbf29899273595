"""The page that goes into the repository: what the summary says, the diagram, and where each part stands."""

from __future__ import annotations

from repo_architect.contracts import Evidence, RepoShape, Summary
from repo_architect.contracts.repo_shape import ArchitectureNode
from repo_architect.contracts.summary import Claim
from repo_architect.pull_request.markdown import code, fenced, links, plain, prose, table

MARKER = "<!-- written by RepoArchitectAgent; run it again rather than edit this file -->"
_MOST_MERMAID = 45_000  # GitHub draws no diagram of more than 50,000 characters
_MOST_ROWS = 60


def page(shape: RepoShape, summary: Summary | None, mermaid: str | None, up: str) -> str:
    """The page in Markdown. `up` leads from its folder to the repository's root, and ends with a slash."""
    lines = [MARKER, f"# Architecture of {plain(shape.repository.name)}", ""]
    if summary:
        lines += _summary(summary, up)
    lines += ["## Diagram", "", *_diagram(mermaid), ""]
    lines += _parts(shape, up)
    return "\n".join(lines).rstrip("\n") + "\n"


def _summary(summary: Summary, up: str) -> list[str]:
    lines = [line for claim in summary.sentences for line in (_claim(claim, up), "")]
    for title, sign, claims in (
        ("Technologies", "-", summary.technologies),
        ("First steps", "{}.", summary.onboarding),
    ):
        if claims:
            lines += [f"## {title}", "", *_listed(claims, sign, up), ""]
    return lines


def _listed(claims: tuple[Claim, ...], sign: str, up: str) -> list[str]:
    return [f"{sign.format(number)} {_claim(claim, up)}" for number, claim in enumerate(claims, start=1)]


def _claim(claim: Claim, up: str) -> str:
    return f"{prose(claim.text)} {_sources(claim.evidence, up)}".rstrip()


def _sources(evidence: tuple[Evidence, ...], up: str) -> str:
    return f"({links(evidence, up, most=3)})" if evidence else ""


def _diagram(mermaid: str | None) -> list[str]:
    image = "![The architecture: its parts and how they use each other](diagram.svg)"
    if mermaid and len(mermaid) <= _MOST_MERMAID:
        return [*fenced(mermaid, "mermaid"), "", "The same as a picture: [diagram.svg](diagram.svg)."]
    return [image]


def _parts(shape: RepoShape, up: str) -> list[str]:
    nodes = [node for node in shape.architecture.nodes if node.evidence]
    if not nodes:
        return []
    rows = [_row(node, up) for node in nodes[:_MOST_ROWS]]
    lines = ["## Where each part stands", "", *table(("Part", "Kind", "Technology", "Evidence"), rows), ""]
    if len(nodes) > _MOST_ROWS:
        lines += [f"{len(nodes) - _MOST_ROWS} more parts are in the diagram alone.", ""]
    return lines


def _row(node: ArchitectureNode, up: str) -> tuple[str, ...]:
    technology = plain(node.technology) if node.technology else "-"
    return code(node.name), node.kind, technology, links(node.evidence, up)
