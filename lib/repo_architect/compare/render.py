"""fleet.html: one page that needs nothing else, in the look of the report."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from repo_architect import atomic
from repo_architect.compare import page
from repo_architect.compare.build import Comparison
from repo_architect.report import escapes, text

_HERE = Path(__file__).parent / "templates"
_REPORT = Path(__file__).parents[1] / "report" / "templates"


def write_html(comparison: Comparison, folder: Path) -> Path:
    """Write fleet.html into `folder`; links to reports lead to the run folders beside it."""
    path = folder / "fleet.html"
    atomic.write(path, render_html(comparison).encode())
    return path


def render_html(comparison: Comparison) -> str:
    """The page: styles, script and content; whatever is printed is escaped, and scripts run only by their hash."""
    environment = _environment()
    script = environment.get_template("script.js").render()
    html = environment.get_template("fleet.html").render(page.context(comparison), script_hash=_hash(script))
    return text.visible(html) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([_HERE, _REPORT]), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "count": text.count, "join_names": _join, "one_line": text.one_line, "cut": text.cut, "prose": escapes.prose_html,
        "number": "{:,}".format,
    }  # fmt: skip
    return environment


def _join(parts: Sequence[Any], limit: int | None = None) -> str:
    return text.join([text.one_line(str(part)) for part in parts], limit)


def _hash(script: str) -> str:
    """The script's hash as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
