"""Terraform modules, providers and their lock; Helm charts and theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source

_BLOCK = re.compile(r'^[ \t]*(module|provider|required_providers|terraform)\b\s*(?:"([^"]*)")?\s*\{')
_ATTRIBUTE = re.compile(r'^[ \t]*"?([\w-]+)"?\s*=\s*(?:"([^"]*)"|(\{))')


def read_terraform(source: Source) -> Iterator[Declared | Locked]:
    """`module` sources and `required_providers`, by a scan of lines with the blocks around them."""
    module: dict[str, tuple[str, int]] = {}
    for number, stack, key, value in _attributes(source.text):
        if len(stack) == 1 and stack[0] == "module" and key in ("source", "version"):
            module[key] = (value, number)
        elif not stack or key == "}":
            yield from _module(module)
            module = {}
        if stack[-2:-1] == ["required_providers"] and key == "source":
            yield Declared(value, _provider_version(source.text, number), "runtime", number)
        elif stack[-1:] == ["required_providers"] and value:
            yield Declared(f"hashicorp/{key}", value, "runtime", number)
    yield from _module(module)


def _module(module: dict[str, tuple[str, int]]) -> Iterator[Declared]:
    if "source" in module:
        place, line = module["source"]
        local = place.startswith(("./", "../"))
        name, _, reference = place.partition("?ref=")
        yield Declared(name, module.get("version", (reference or None, 0))[0], "runtime", line, local=local)


def _attributes(text: str) -> Iterator[tuple[int, list[str], str, str]]:
    """Line, the blocks around it, key and string value; `}` as a key where an outermost block ends."""
    stack: list[str] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"(^|\s)(?:#|//).*$", "", raw)
        opened, attribute = _BLOCK.match(line), _ATTRIBUTE.match(line)
        inline = re.match(r'^[ \t]*"?([\w-]+)"?\s*=\s*\{(.*)\}\s*$', line)
        if inline and stack[-1:] == ["required_providers"]:
            for key, value in re.findall(r'([\w-]+)\s*=\s*"([^"]*)"', inline[2]):
                yield number, [*stack, inline[1]], key, value
            continue
        if attribute and attribute[2] is not None:
            yield number, list(stack), attribute[1], attribute[2]
        opens, closes = line.count("{"), line.count("}")
        if opens > closes:
            stack += [opened[1] if opened else attribute[1] if attribute else ""] * (opens - closes)
        elif closes > opens:
            del stack[max(0, len(stack) - (closes - opens)) :]
            if not stack:
                yield number, [], "}", ""


def _provider_version(text: str, line: int) -> str | None:
    """The version beside a provider's source: within the lines of its table."""
    lines = text.splitlines()
    for near in (lines[line - 1], *lines[line : line + 4], *reversed(lines[max(0, line - 4) : line - 1])):
        found = re.search(r'\bversion\s*=\s*"([^"]*)"', near)
        if found:
            return found[1]
        if "}" in near and "{" not in near:
            break
    return None


def read_terraform_lock(source: Source) -> Iterator[Declared | Locked]:
    name, start = "", 0
    for number, line in source.lines():
        provider = re.match(r'provider "(?:registry\.terraform\.io/)?([^"]+)"', line)
        version = re.match(r'\s+version\s*=\s*"([^"]+)"', line)
        if provider:
            name, start = provider[1], number
        elif version and name:
            yield Locked(name, version[1], start)
            name = ""


# -- Helm -------------------------------------------------------------------------------------------------------


def read_chart(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.document.elements("dependencies"):
        name = entry.at("name")
        if name and isinstance(name.value, str):
            repository = entry.text("repository") or ""
            scope = "optional" if entry.at("condition") else "runtime"
            local = repository.startswith("file:")
            yield Declared(name.value, entry.written("version"), scope, name.line, local=local)  # type: ignore[arg-type]


def identify_chart(source: Source) -> Identity | None:
    document = source.document
    name, described = document.at("name"), document.at("description")
    if name is None or not document.at("version"):
        return None
    text = described.value if described and isinstance(described.value, str) else None
    return Identity(document.text("name"), name.line, document.written("version"), text, described.line if described else None,
                    traits=frozenset({"infrastructure"}))  # fmt: skip


def read_chart_lock(source: Source) -> Iterator[Declared | Locked]:
    for entry in source.document.elements("dependencies"):
        name = entry.at("name")
        if name and isinstance(name.value, str):
            yield Locked(name.value, entry.written("version"), name.line)
