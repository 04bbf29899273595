"""GraphQL schemas: the fields of the query, mutation and subscription types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints.descriptions.described import Described

_TYPE = re.compile(r"^[ \t]*(?:extend\s+)?type\s+(\w+)[^{\n]*\{", re.MULTILINE)
_ROOT = re.compile(r"\b(query|mutation|subscription)\s*:\s*(\w+)")
_SCHEMA = re.compile(r"^[ \t]*(?:extend\s+)?schema[^{]*\{([^}]*)\}", re.MULTILINE)
_FIELD = re.compile(r"(?:^|[\n,;])\s*(\w+)\s*(?:\(|:)")
_NOISE = re.compile(r'"""[\s\S]*?"""|"[^"\n]*"|#[^\n]*')


def read(text: str) -> Iterator[Described]:
    """Operations of a schema; nothing for a file of queries."""
    plain = _NOISE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    roots = {"Query": "QUERY", "Mutation": "MUTATION", "Subscription": "SUBSCRIPTION"}
    for schema in _SCHEMA.finditer(plain):
        roots.update({name: kind.upper() for kind, name in _ROOT.findall(schema.group(1))})
    for opened in _TYPE.finditer(plain):
        method = roots.get(opened.group(1))
        if method is not None:
            body, start = _body(plain, opened.end()), opened.end()
            for name, offset in _fields(body):
                yield Described(method, name, "GraphQL", name, plain.count("\n", 0, start + offset) + 1)


def _body(text: str, start: int) -> str:
    end = text.find("}", start)
    return text[start : end if end >= 0 else len(text)]


def _fields(body: str) -> Iterator[tuple[str, int]]:
    """Names of fields and where they are, arguments blanked."""
    depth, flat = 0, list[str]()
    for character in body:
        depth += (character == "(") - (character == ")")
        flat.append(
            character
            if depth == 0 or (character == "(" and depth == 1)
            else " "
            if character != "\n"
            else "\x0b"
        )
    for field in _FIELD.finditer("".join(flat)):
        yield field.group(1), field.start(1)
