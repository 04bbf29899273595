"""Every REST path in the documents and in the workflow is one that Kestra's published client has."""

from __future__ import annotations

import ast
import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest

from support.documents import DOCUMENTS, ROOT

_PATH = re.compile(r"/api/v1/[^\s\"'`)?]+")
# Asked by kestrapy without a tenant
_NO_TENANT = {("configs",)}


@cache
def known() -> frozenset[tuple[str | None, ...]]:
    """The paths of kestrapy behind the tenant; None stands for a name or id."""
    spec = importlib.util.find_spec("kestrapy")
    assert spec
    assert spec.origin
    found: set[tuple[str | None, ...]] = set()
    for file in sorted((Path(spec.origin).parent / "api").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_tenant_path":
                words = [one.value if isinstance(one, ast.Constant) else None for one in node.args[1:]]
                found.add(tuple(words))
                if words[-1:] == ["files"]:  # files_api adds what follows
                    found |= {(*words, None), (*words, "directory")}
    return frozenset(found)


def written() -> list[tuple[str, str]]:
    files = [*DOCUMENTS, *(ROOT / "kestra").iterdir()]
    texts = [(file.name, file.read_text()) for file in files if file.is_file()]
    return [(name, path) for name, text in texts for path in _PATH.findall(text)]


def matches(path: str) -> bool:
    parts = [part for part in path.removeprefix("/api/v1/").rstrip("/.,;:").split("/") if part]
    if tuple(parts) in _NO_TENANT:
        return True
    return any(_fits(parts[1:], pattern) for pattern in known())


def _fits(parts: list[str], pattern: tuple[str | None, ...]) -> bool:
    return len(parts) == len(pattern) and all(
        want in (None, part) for want, part in zip(pattern, parts, strict=True)
    )


@pytest.mark.parametrize("path", sorted({path for _, path in written()}))
def test_the_client_has_the_path(path: str) -> None:
    assert matches(path), f"kestrapy has no {path}"


def test_a_path_that_is_not_there_is_told() -> None:
    assert matches("/api/v1/main/executions/repoarchitectagent/repo_architect_agent")
    assert not matches("/api/v1/main/executions/watch/everything/now")
    assert not matches("/api/v1/executions")
