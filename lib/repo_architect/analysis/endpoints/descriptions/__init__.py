"""Endpoints that description files declare: OpenAPI and Swagger, AsyncAPI, GraphQL schemas, protocol buffers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from repo_architect.analysis import located
from repo_architect.analysis.endpoints.descriptions import asyncapi, graphql, openapi, protobuf
from repo_architect.analysis.endpoints.descriptions.described import Described
from repo_architect.analysis.files import FileTree, SourceFile
from repo_architect.analysis.located import Located, Malformed

_NAMED = re.compile(r"openapi|swagger|asyncapi", re.IGNORECASE)
_HEAD = re.compile(rb"(?:^|\{)\s*[\"']?(openapi|swagger|asyncapi)[\"']?\s*:", re.MULTILINE)
MAX_BYTES = 5_000_000
MAX_PLAIN_BYTES = 300_000
"""Of a file whose name does not tell what it is, a larger one is not read."""
_READERS: dict[bytes, Callable[[Located], Iterator[Described]]] = {
    b"asyncapi": asyncapi.read,
    b"openapi": openapi.read,
    b"swagger": openapi.read,
}
_TEXT: dict[str, Callable[[str], Iterator[Described]]] = {
    ".gql": graphql.read,
    ".graphql": graphql.read,
    ".graphqls": graphql.read,
    ".proto": protobuf.read,
}


def described(tree: FileTree) -> Iterator[tuple[str, Described]]:
    """(path, what is described) of every description file that is the repository's own."""
    for file in tree:
        suffix = "." + file.name.rpartition(".")[2]
        if suffix in _TEXT:
            yield from ((file.path, found) for found in _read_text(tree, file, suffix))
        elif suffix in (".json", ".yaml", ".yml") and not tree.verdict(file.path).vendored:
            yield from ((file.path, found) for found in _read_document(tree, file))


def _read_text(tree: FileTree, file: SourceFile, suffix: str) -> Iterator[Described]:
    if not tree.verdict(file.path).vendored and file.size <= MAX_BYTES:
        yield from _TEXT[suffix](tree.text(file.path, MAX_BYTES) or "")


def _read_document(tree: FileTree, file: SourceFile) -> Iterator[Described]:
    if file.size > (MAX_BYTES if _NAMED.search(file.name) else MAX_PLAIN_BYTES):
        return
    data = tree.bytes(file.path, MAX_BYTES)
    head = _HEAD.search(data[:3000]) if data is not None else None
    if data is None or head is None:
        return
    try:
        text = data.decode("utf-8", "replace").replace("\t", "  ")
        document = (located.json if file.name.endswith(".json") else located.yaml)(text)
    except Malformed:
        tree.notes.skip("malformed", f"description not read: {head.group(1).decode()}", file.path)
        return
    yield from _READERS[head.group(1)](document)
