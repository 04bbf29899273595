"""How each language reads an environment variable: a row a style.

Patterns have the groups `name` and, where the style has one, `default` (a literal, with its quotes) or `has` (any
default). They run over the source's bytes; a hit inside a comment or a string does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from repo_architect.analysis.syntax import ParsedFile

_NAME = rb"(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
_QUOTED = rb"[\"'`]" + _NAME + rb"[\"'`]"
_DEFAULT = rb"(?P<has>\s*,\s*(?:default\s*=\s*|default:\s*)?(?P<default>\"[^\"\n]*\"|'[^'\n]*'|-?\d[\w.]*|True|False|true|false)?)?"
_FALLBACK = (
    rb"(?P<has>\s*(?:\|\||\?\?)\s*(?P<default>\"[^\"\n]*\"|'[^'\n]*'|`[^`$\n]*`|-?\d[\w.]*|true|false)?)?"
)


@dataclass(frozen=True, slots=True)
class Style:
    """`needs` must stand somewhere in a file for the pattern to be tried."""

    needs: bytes
    pattern: re.Pattern[bytes]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A variable, read on a line. `default` is a literal; `required` is that reading it without a value fails, or that no default is given."""

    name: str
    line: int
    default: str | None
    required: bool


def _style(needs: bytes, pattern: bytes, optional: bool = False) -> Style:
    return Style(needs, re.compile(pattern), optional)


_SCRIPT = (
    _style(b"process.env", rb"process\.env(?:\.|\?\.)" + _NAME + rb"\b!?\)?" + _FALLBACK),
    _style(b"process.env", rb"process\.env\[\s*" + _QUOTED + rb"\s*\]!?" + _FALLBACK),
    _style(b"import.meta.env", rb"import\.meta\.env\." + _NAME + rb"\b!?" + _FALLBACK),
    _style(b"Deno.env", rb"Deno\.env\.get\(\s*" + _QUOTED + rb"\s*\)!?" + _FALLBACK),
    _style(b"Bun.env", rb"Bun\.env\." + _NAME + rb"\b!?" + _FALLBACK),
    _style(
        b"ConfigService",
        rb"onfig(?:Service)?\.(?:get|getOrThrow)(?:<[^>()]*>)?\(\s*[\"'](?P<name>[A-Z][A-Z0-9_]*)[\"']"
        + _DEFAULT,
    ),
)
_JVM = (
    _style(
        b"getenv", rb"System\.getenv\(\s*" + _QUOTED + rb"\s*\)(?P<has>\s*\?:\s*(?P<default>\"[^\"\n]*\")?)?"
    ),
    _style(b"getenv", rb"System\.getenv\(\)\.getOrDefault\(\s*" + _QUOTED + _DEFAULT),
    _style(b"@Value", rb"@Value\(\s*\"\\?\$\{(?P<name>[A-Z][A-Z0-9_]+)(?P<has>:(?P<default>[^}\"]*))?\}"),
)
STYLES: dict[str, tuple[Style, ...]] = {
    "Python": (
        _style(b"environ", rb"\benviron(?:\.get|\.pop|\.setdefault)\(\s*" + _QUOTED + _DEFAULT, optional=True),
        _style(b"environ", rb"\benviron\[\s*" + _QUOTED + rb"\s*\](?!\s*=[^=])"),
        _style(b"environ", _QUOTED + rb"\s+(?:not\s+)?in\s+(?:os\.)?environ\b", optional=True),
        _style(b"getenv", rb"\bgetenv\(\s*" + _QUOTED + _DEFAULT, optional=True),
        _style(b"decouple", rb"\bconfig\(\s*" + _QUOTED + _DEFAULT),
        _style(b"nviron", rb"\benv(?:\.(?:str|bool|int|float|list|dict|json|url|db|path|decimal|read_env|log_level|timedelta))?\(\s*" + _QUOTED + _DEFAULT),
        _style(b"envvar", rb"\benvvar\s*=\s*\[?\s*" + _QUOTED, optional=True),
    ),
    **dict.fromkeys(("JavaScript", "JSX", "TypeScript", "TSX"), _SCRIPT),
    "Go": (
        _style(b"os.", rb"\bos\.(?:Getenv|LookupEnv)\(\s*" + _QUOTED + rb"\s*\)", optional=False),
        _style(b"env:\"", rb"`[^`\n]*\benv:\"(?P<name>[A-Z][A-Z0-9_]*)[^`\n]*`", optional=True),
        _style(b"envconfig:\"", rb"`[^`\n]*\benvconfig:\"(?P<name>[A-Z][A-Z0-9_]*)[^`\n]*`", optional=True),
        _style(b"viper", rb"viper\.BindEnv\(\s*\"[^\"]*\"\s*,\s*" + _QUOTED, optional=True),
    ),
    "Rust": (
        _style(b"env", rb"\benv::(?:var|var_os)\(\s*" + _QUOTED + rb"\s*\)(?P<has>\.unwrap_or(?:_else|_default)?\((?:\|_\|\s*)?(?P<default>\"[^\"\n]*\")?)?"),
        _style(b"env!", rb"\b(?:option_)?env!\(\s*" + _QUOTED),
        _style(b"env = ", rb"#\[(?:arg|clap)\([^\]\n]*\benv\s*=\s*" + _QUOTED, optional=True),
    ),
    "Java": _JVM,
    "Kotlin": _JVM,
    "C#": (
        _style(b"GetEnvironmentVariable", rb"GetEnvironmentVariable\(\s*" + _QUOTED + rb"\s*\)" + _FALLBACK),
    ),
    "Ruby": (
        _style(b"ENV", rb"\bENV\.fetch\(\s*" + _QUOTED + _DEFAULT),
        _style(b"ENV", rb"\bENV\[\s*" + _QUOTED + rb"\s*\](?!\s*=[^=~])" + _FALLBACK),
    ),
    "PHP": (
        _style(b"env(", rb"\b(?:get)?env\(\s*" + _QUOTED + _DEFAULT),
        _style(b"_ENV", rb"\$_(?:ENV|SERVER)\[\s*(?P<q>[\"'])(?P<name>[A-Z][A-Z0-9_]*)(?P=q)\s*\]" + _FALLBACK),
    ),
    "C": (_style(b"getenv", rb"\bgetenv\(\s*" + _QUOTED + rb"\s*\)"),),
    "C++": (_style(b"getenv", rb"\bgetenv\(\s*" + _QUOTED + rb"\s*\)"),),
}  # fmt: skip
_DESTRUCTURED = re.compile(rb"\{([^{}]*)\}\s*=\s*(?:process|import\.meta)\.env\s*(?![.\[\w])")
_PROPERTY = re.compile(
    rb"^\s*" + _NAME + rb"(?:\s*:\s*\w+)?(?P<has>\s*=\s*(?P<default>\"[^\"]*\"|'[^']*'|\d+)?)?"
)
_SVELTE = re.compile(rb"import\s*\{([^{}]*)\}\s*from\s*[\"']\$env/static/(?:private|public)[\"']")
_BUILT_IN = frozenset({"DEV", "PROD", "MODE", "SSR", "BASE_URL"})


def reads(file: ParsedFile) -> Iterator[Read]:
    """The variables that a file reads, with lines from 1."""
    source = file.source
    for style in STYLES.get(file.language, ()):
        if style.needs in source:
            for hit in style.pattern.finditer(source):
                if _is_code(file.root, hit.start(), file.language) and not _is_built_in(hit):
                    yield _read(hit, _line(source, hit.start("name")), style.optional)
    if file.language in ("JavaScript", "JSX", "TypeScript", "TSX"):
        yield from _destructured(source)


def _read(hit: re.Match[bytes], line: int, optional: bool) -> Read:
    groups = hit.groupdict()
    default = groups.get("default")
    text = default.decode("utf-8", "replace").strip("\"'`") if default is not None else None
    return Read(hit["name"].decode(), line, text, required=not optional and groups.get("has") is None)


def _destructured(source: bytes) -> Iterator[Read]:
    if b"env" not in source:
        return
    for pattern in (_DESTRUCTURED, _SVELTE):
        for hit in pattern.finditer(source):
            offset = hit.start(1)
            for part in hit.group(1).split(b","):
                found = _PROPERTY.match(part)
                if found is not None:
                    yield _read(found, _line(source, offset + found.start("name")), optional=False)
                offset += len(part) + 1


def _is_built_in(hit: re.Match[bytes]) -> bool:
    return hit.group().startswith(b"import.meta") and hit["name"].decode() in _BUILT_IN


def _is_code(root: Node, offset: int, language: str) -> bool:
    """Whether an offset is neither in a comment nor in a string (Go's tags are strings, Python's annotations code)."""
    node = root.descendant_for_byte_range(offset, offset + 1)
    while node is not None:
        kind = node.type
        if "comment" in kind:
            return False
        if kind in ("template_substitution", "interpolation", "string_interpolation"):
            return True
        if "string" in kind and node.start_byte < offset and language != "Go":
            return False
        node = node.parent
    return True


def _line(source: bytes, offset: int) -> int:
    return source.count(b"\n", 0, offset) + 1
