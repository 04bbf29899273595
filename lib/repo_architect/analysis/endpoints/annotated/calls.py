"""Routes that are added by calls, whose prefixes are variables of the same file: ASP.NET's minimal interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.endpoints import paths
from repo_architect.analysis.endpoints.annotated import functional

_GROUP = re.compile(r"\b(\w+)\s*=\s*([\w.]+?)\s*\.MapGroup\(\s*\"([^\"]*)\"")
_MAP = re.compile(
    r"\b([\w.]+?)\s*((?:\s*\.MapGroup\(\s*\"[^\"]*\"\s*\))*)\s*\.Map(Get|Post|Put|Delete|Patch|Methods)?\(\s*\"([^\"]*)\"\s*,\s*([^)]*)"
)
_SERVED = re.compile(r"\.Map(Hub|HealthChecks)(?:<\s*([\w.]+)\s*>)?\(\s*\"([^\"]*)\"")
_COMMENT = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|//[^\n]*|/\*[\s\S]*?\*/")


_CONVENTION = re.compile(
    r"^(?!\s*(?://|\*))[^\n]*?(?<!\$)\"([^\"\n]*\{controller\b[^\"\n]*\{action\b[^\"\n]*)\"", re.MULTILINE
)
DEFAULT_CONVENTION = "{controller=Home}/{action=Index}/{id?}"


def conventions(language: str, text: str) -> tuple[str, ...]:
    """The templates by which ASP.NET finds a controller and its action."""
    if language != "C#" or "Map" not in text:
        return ()
    default = (DEFAULT_CONVENTION,) if "MapDefaultControllerRoute" in text else ()
    return (*default, *_CONVENTION.findall(text))


def mapped(text: str) -> str:
    """What Dropwizard's `jersey().setUrlPattern("/api/*")` sets."""
    found = re.search(r"\bsetUrlPattern\(\s*\"(/[^\"*]*)", text)
    return found.group(1).rstrip("/") if found else ""


def routes(language: str, text: str) -> Iterator[tuple[str, str, str | None, int]]:
    """(method, path, handler, line) of each route."""
    if language in ("Java", "Kotlin"):
        yield from functional.routes(text)
        return
    if language != "C#" or ".Map" not in text:
        return
    plain = _COMMENT.sub(_blanked, text)
    for found in _SERVED.finditer(plain):
        line = plain.count("\n", 0, found.start()) + 1
        yield "WS" if found.group(1) == "Hub" else "GET", found.group(3), found.group(2), line
    groups: dict[str, str] = {}
    for name, parent, prefix in _GROUP.findall(plain):
        groups[name] = paths.join(groups.get(parent, ""), prefix)
    for found in _MAP.finditer(plain):
        owner, chained, verb, path, rest = found.groups()
        prefix = groups.get(owner, "")
        for part in re.findall(r"MapGroup\(\s*\"([^\"]*)\"", chained):
            prefix = paths.join(prefix, part)
        line = plain.count("\n", 0, found.start(4)) + 1
        handler = re.match(r"\s*([A-Za-z_]\w*(?:\.\w+)*)\s*$", rest)
        for method in _methods(verb, rest):
            yield method, paths.join(prefix, path) or "/", handler.group(1) if handler else None, line


def _methods(verb: str | None, rest: str) -> list[str]:
    if verb == "Methods":
        return [method.upper() for method in re.findall(r"\"([A-Za-z]+)\"", rest)] or ["ANY"]
    return [verb.upper() if verb else "ANY"]


def _blanked(found: re.Match[str]) -> str:
    """A comment as spaces; a string as it is."""
    text = found.group()
    return text if text.startswith('"') else re.sub(r"[^\n]", " ", text)
