"""Fill the templates; whatever is printed is escaped and made visible, and scripts run only by their hash."""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from repo_architect.contracts import Evidence
from repo_architect.report import escapes, text, titles
from repo_architect.report.drawing import Opened
from repo_architect.report.page import Page

_TEMPLATES = Path(__file__).parent / "templates"


def render_html(page: Page) -> str:
    """One page that needs nothing else: styles, script and figures are in it."""
    environment = _environment(html=True)
    script = environment.get_template("script.js").render()
    html = environment.get_template("report.html").render(
        page.values, script_hash=_hash(script), svg=_svg(page), opened=_opened(page)
    )
    return text.visible(html) + "\n"


def render_markdown(page: Page) -> str:
    """The same in short, GitHub-flavoured."""
    markdown = _environment(html=False).get_template("report.md").render(page.values, place=_place_of(page))
    return re.sub(r"\n{3,}", "\n\n", text.visible(markdown)).strip() + "\n"


@cache
def _environment(*, html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=html,  # noqa: S701 - Markdown is escaped by its own filters
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "count": text.count, "join_names": text.join, "size": text.size, "one_line": text.one_line, "cut": text.cut,
        "prose": escapes.prose_html, "md": escapes.markdown, "md_prose": escapes.prose_markdown, "md_code": escapes.code,
        "md_cell": escapes.cell, "fenced": escapes.fenced, "shell": _shell, "short": text.short_hashes, "runtime": titles.runtime, "at": _at,
    }  # fmt: skip
    return environment


def _at(stands: Any) -> Evidence:
    """Evidence of a mapping or object with a path and a line."""
    given = stands if isinstance(stands, dict) else {"path": stands.path, "line": stands.line}
    return Evidence(**given)


def _shell(word: str) -> str:
    return shlex.quote(text.one_line(word))


def _hash(script: str) -> str:
    """The script's hash as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _svg(page: Page) -> Markup | None:
    """The diagram: `drawing` has kept known elements and attributes only."""
    drawn = page.values["drawing"]
    return Markup(drawn.svg) if drawn else None  # noqa: S704


def _opened(page: Page) -> list[tuple[Opened, Markup]]:
    """What is opened from the diagram: sanitised like it."""
    return [(view, Markup(view.svg)) for view in page.values["views"][1:]]  # noqa: S704


def _place_of(page: Page) -> Any:
    def place(evidence: Any) -> str:
        url = page.places.url(evidence.path, evidence.line)
        shown = escapes.code(str(evidence))
        return f"[{shown}](<{url}>)" if url else shown

    return place
