"""Terraform: resources and modules with what they refer to, read by lines (a formatted block ends at a brace of its own)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from repo_architect.analysis.architecture.cloud import Reference, Resource
from repo_architect.analysis.architecture.documents import is_aside
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence

_BLOCK = re.compile(r'^(resource|module|data|locals)\s*(?:"([\w-]+)")?\s*(?:"([\w-]+)")?\s*\{')
_REFERENCE = re.compile(
    r"\b(?:((?:aws|google|azurerm)_\w+\.[\w-]+)|(module\.[\w-]+)|(data\.\w+\.[\w-]+)|(local\.[\w-]+))"
)
_TEXT = re.compile(r'^[ \t]*"?([\w-]+)"?\s*[=:]\s*"([^"]*)"')
_LOCAL = re.compile(r"^  ([\w-]+)\s*=")
_NO_USE = re.compile(r"^[ \t]*(depends_on|s3_bucket|s3_key|source_code_hash|role)\b")
_COMMENT = re.compile(r"^[ \t]*(#|//)")
_NAMES = (
    "function_name",
    "name",
    "bucket",
    "identifier",
    "cluster_id",
    "replication_group_id",
    "cluster_identifier",
    "queue_name",
)
_REGISTRY = re.compile(r"^[\w.-]+/([\w-]+)/\w+(//.*)?$")


class _Block(NamedTuple):
    kind: str
    type: str
    name: str
    path: str
    lines: list[tuple[int, str]]


def resources(tree: FileTree) -> list[Resource]:
    """The resources of every folder of Terraform files; names are looked up within a folder."""
    blocks = [block for file in tree.files if file.name.endswith(".tf") and not is_aside(tree, file.path)
              for block in _blocks(tree.text(file.path) or "", file.path)]  # fmt: skip
    values = {
        f"{posixpath.dirname(block.path)}:{name}": lines
        for block in blocks
        for name, lines in _indirect(block)
    }
    return [_resource(block, values) for block in blocks if block.kind in ("resource", "module")]


def _blocks(text: str, path: str) -> Iterator[_Block]:
    begun: _Block | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if begun is None and (match := _BLOCK.match(line)):
            kind, type_, name = match[1], match[2] or "", match[3] or match[2] or ""
            begun = _Block(kind, type_, name, path, [(number, line)])
            if line.rstrip().endswith("}"):
                yield begun
                begun = None
        elif begun is not None:
            if line.startswith("}"):
                yield begun
                begun = None
            elif not _COMMENT.match(line):
                begun.lines.append((number, line))


def _indirect(block: _Block) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Data blocks and local values by the name they are referred to."""
    if block.kind == "data":
        yield f"data.{block.type}.{block.name}", block.lines
    if block.kind == "locals":
        name = ""
        found: dict[str, list[tuple[int, str]]] = {}
        for number, line in block.lines[1:]:
            match = _LOCAL.match(line)
            name = match[1] if match else name
            found.setdefault(name, []).append((number, line))
        yield from ((f"local.{key}", lines) for key, lines in found.items())


def _resource(block: _Block, values: dict[str, list[tuple[int, str]]]) -> Resource:
    folder = posixpath.dirname(block.path)
    texts = {match[1]: match[2] for _, line in block.lines if (match := _TEXT.match(line))}
    titles = [texts[key] for key in _NAMES if key in texts and re.fullmatch(r"[\w.-]+", texts[key])]
    type_ = block.type
    if block.kind == "module":
        source = _REGISTRY.match(texts.get("source", ""))
        type_ = f"module:{source[1]}" if source else "module"
    name = f"module.{block.name}" if block.kind == "module" else f"{block.type}.{block.name}"
    return Resource(
        name=f"{folder}:{name}",
        type=type_,
        evidence=Evidence(path=block.path, line=block.lines[0][0]),
        title=titles[0] if titles else block.name,
        path=_code(folder, texts, block, values),
        engine=texts.get("engine") or texts.get("database_version") or texts.get("engine_type"),
        references=list(_references(block, folder, values)),
        environment=[
            Setting(match[1], match[2], block.path, number)
            for number, line in block.lines
            if (match := _TEXT.match(line))
        ],
    )


def _references(block: _Block, folder: str, values: dict[str, list[tuple[int, str]]]) -> Iterator[Reference]:
    seen: set[str] = set()
    for number, line in block.lines[1:]:
        for match in _REFERENCE.finditer(line):
            names = [match[0]]
            if match[3] or match[4]:
                inner = values.get(f"{folder}:{match[0]}", ())
                names = [found[0] for _, text in inner for found in _REFERENCE.finditer(text)]
            for name in names:
                if name not in seen and not _NO_USE.match(line):
                    seen.add(name)
                    yield Reference(f"{folder}:{name}", Evidence(path=block.path, line=number))


def _code(
    folder: str, texts: dict[str, str], block: _Block, values: dict[str, list[tuple[int, str]]]
) -> str | None:
    """The folder that a function's archive is made of."""
    inner = [texts]
    for _, line in block.lines:
        for match in re.finditer(r"data\.archive_file\.[\w-]+", line):
            lines = values.get(f"{folder}:{match[0]}", ())
            inner.append({found[1]: found[2] for _, text in lines if (found := _TEXT.match(text))})
    for given in inner:
        place = given.get("source_dir") or given.get("source_path") or given.get("source_file")
        if place:
            path = posixpath.normpath(
                posixpath.join(folder, re.sub(r"\$\{path\.(module|root)\}/?", "", place).lstrip("/"))
            )
            return None if path.startswith(("..", "/")) or "$" in path else path
    return None
