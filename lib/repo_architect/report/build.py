"""The main path: gather the artifacts, judge them at a date, render three ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from repo_architect.errors import UsageError
from repo_architect.report.console import console
from repo_architect.report.material import Material, gather
from repo_architect.report.page import context
from repo_architect.report.render import render_html, render_markdown
from repo_architect.run import Run


@dataclass(frozen=True)
class Report:
    """The report as one HTML page, as GitHub-flavoured Markdown, and as ten lines and next steps for a console."""

    html: str
    markdown: str
    console: str

    def _repr_html_(self) -> str:
        from html import escape

        return f'<iframe srcdoc="{escape(self.html)}" width="100%" height="700" title="Report"></iframe>'


def build(run: Run, *, as_of: str = "") -> Report:
    """Build the report of a run from its artifacts.

    `as_of` (ISO 8601 date) is when end of life is judged; empty: the date of the commit, so that the same artifacts give the
    same bytes. What a stage that may fail did not write is told in a sentence. Raises UsageError for
    a malformed date, ContractError when an artifact is missing that may not be.
    """
    material = gather(run)
    page = context(material, _date(as_of, material))
    return Report(render_html(page), render_markdown(page), console(page, run.folder))


def _date(given: str, material: Material) -> date:
    if not given:
        return material.committed_on
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"{given!r} is not a date", fix="give as_of as YYYY-MM-DD, or leave it out"
        ) from None
