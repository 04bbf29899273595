"""fleet.html: one page that needs nothing else, in the look of the report."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from repo_architect import atomic
from repo_architect.compare import page
from repo_architect.compare.build import Comparison
from repo_architect.compare.sources import opened
from repo_architect.report import escapes, text

_HERE = Path(__file__).parent / "templates"
_REPORT = Path(__file__).parents[1] / "report" / "templates"


def write_html(comparison: Comparison, folder: Path) -> Path:
    """Write fleet.html into `folder`. A repository's name leads to the report in its run folder; that in an archive cannot be led to."""
    subjects = tuple(
        replace(subject, report=_address(subject.source / "report.html", folder))
        if subject.has_report and subject.source and subject.source.is_dir()
        else subject
        for subject in comparison.subjects
    )
    path = folder / "fleet.html"
    atomic.write(path, render_html(replace(comparison, subjects=subjects)).encode())
    return path


def write_bundle(comparison: Comparison, folder: Path) -> Path:
    """Write fleet.zip: the page, and the report of each repository beside it, whether from a run folder or an archive."""
    subjects = tuple(
        replace(subject, report=f"{quote(subject.key)}/report.html") if subject.has_report else subject
        for subject in comparison.subjects
    )
    path = folder / "fleet.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        _add(bundle, "fleet.html", render_html(replace(comparison, subjects=subjects)).encode())
        for subject in subjects:
            with opened(subject.source) as read:
                report = read("report.html") if subject.report else None
            if report is not None:
                _add(bundle, f"{subject.key}/report.html", report)
    atomic.write(path, packed.getvalue())
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


def _address(report: Path, folder: Path) -> str:
    return quote(Path(os.path.relpath(report, folder.resolve())).as_posix())


def _add(bundle: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file without a clock: the same content gives the same bytes."""
    bundle.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def _hash(script: str) -> str:
    """The script's hash as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
