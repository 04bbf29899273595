"""Relative links lead somewhere, and the environment variables that documents name are read somewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from support.documents import DOCUMENTS, ROOT, anchors, prose

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_VARIABLE = re.compile(
    r"\b((?:REPO_ARCHITECT|KESTRA|GITHUB|GIT|GH|OPENAI|OUMI|SECRET)_[A-Z][A-Z0-9_]*|[A-Z]+_(?:PASSWORD|USERNAME|KEY|THREADS))\b"
)
# Kestra's own, which its documentation names
_OF_KESTRA = {"KESTRA_PLUGINS_PATH"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_lead_to_a_file_and_a_heading(path: Path) -> None:
    for target in _LINK.findall(prose(path)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = unquote(target).partition("#")
        where = (path.parent / file).resolve() if file else path
        assert where.exists(), target
        assert not anchor or anchor in anchors(where), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_variables_are_read_by_the_code(path: Path) -> None:
    for name in sorted(set(_VARIABLE.findall(path.read_text())) - _OF_KESTRA):
        wanted = name.removeprefix("SECRET_") if name.startswith("SECRET_") else name
        assert re.search(rf"\b{re.escape(wanted)}\b", _sources()), f"{name} is read nowhere"


@cache
def _sources() -> str:
    """Code, flows, compose files, workflows and the Makefile, not documents."""
    files = [
        *(ROOT / "lib").rglob("*.py"),
        *(ROOT / "tests").rglob("conftest.py"),
        *(ROOT / "kestra").iterdir(),
    ]
    files += [ROOT / "Makefile", ROOT / ".ci/run"]
    return "\n".join(file.read_text() for file in files if file.is_file())
