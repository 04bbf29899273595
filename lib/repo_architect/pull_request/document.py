"""The page that goes into the repository: what the summary says, the diagram, and where each part stands."""

from __future__ import annotations

from repo_architect.contracts import Evidence, RepoShape, Summary
from repo_architect.contracts.repo_shape import ArchitectureNode
from repo_architect.pull_request.markdown import code, fenced, links, plain, table

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
    lines = [
        f"{plain(claim.text, 1000)} {_sources(claim.evidence, up)}".rstrip() for claim in summary.sentences
    ]
    lines += [""]
    if summary.technologies:
        lines += ["## Technologies", ""]
        lines += [
            f"- {plain(claim.text)} {_sources(claim.evidence, up)}".rstrip() for claim in summary.technologies
        ]
        lines += [""]
    if summary.onboarding:
        lines += ["## First steps", ""]
        lines += [
            f"{number}. {plain(claim.text, 1000)} {_sources(claim.evidence, up)}".rstrip()
            for number, claim in enumerate(summary.onboarding, start=1)
        ]
        lines += [""]
    return lines


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
