"""Jupyter notebooks, by the code in their cells."""

from __future__ import annotations

import json
from typing import Any

from repo_architect.analysis.languages.table import table


def code_of(data: bytes) -> tuple[str, bytes] | None:
    """The language of a notebook's kernel and the code of its cells; None for what is no notebook."""
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(notebook, dict):
        return None
    cells = notebook.get("cells")
    sources = [_source(cell) for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    code = "\n".join(source for source in sources if source)
    return _language(notebook.get("metadata")), code.encode("utf-8", "replace")


def _source(cell: dict[str, Any]) -> str:
    if cell.get("cell_type") != "code":
        return ""
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _language(metadata: object) -> str:
    """The language that the notebook says its kernel speaks; Python where it says nothing that we know."""
    if isinstance(metadata, dict):
        for key, field in (("language_info", "name"), ("kernelspec", "language")):
            about = metadata.get(key)
            name = about.get(field) if isinstance(about, dict) else None
            known = table().named(name) if isinstance(name, str) else None
            if known:
                return known
    return "Python"
