"""How each language reads an environment variable: a row a style.

Patterns have the groups `name` and, where the style has one, `default` (a literal, with its quotes) or `has` (any
default). They run over the source's bytes; a hit inside a comment or a string does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from repo_architect.analysis.surface import absence, helpers
from repo_architect.analysis.syntax import ParsedFile

_NAME = rb"(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
_QUOTED = rb"[\"'`]" + _NAME + rb"[\"'`]"
_DEFAULT = rb"(?P<has>\s*,\s*(?:default\s*=\s*|default:\s*)?(?P<default>\"[^\"\n]*\"|'[^'\n]*'|-?\d[\w.]*|True|False|true|false)?)?"
_ENVIRON = rb"(?:(?<=os\.)|(?<![\w.]))environ"
_RADIX = rb"(?:\s*,\s*10)?\)?"
_FALLBACK = (
    rb"(?P<has>\s*(?:\|\||\?\?)\s*(?P<default>\"[^\"\n]*\"|'[^'\n]*'|`[^`$\n]*`|-?\d[\w.]*|true|false)?)?"
)
_PROPAGATED = rb"(?P<must>\s*(?:\.(?:map_err|context|with_context|wrap_err|wrap_err_with)\([^;]{0,200}?\)\s*)?\?(?=\s*[;,.)}]))?"
"""Rust's `?`, by which a function fails where the variable is absent."""
_IMPORTED_ENVIRON = re.compile(
    rb"\bfrom os import[^\n]{0,200}(?:\([^)]{0,400})?\benviron\b|\benviron\s*=\s*os\.environ\b"
)
_CLAP_DEFAULT = (
    rb"(?P<has>[^\]]{0,300}?\bdefault_value(?:_t)?\s*=\s*(?P<default>\"[^\"\n]*\"|\d[\w.]*|true|false)?)?"
)


@dataclass(frozen=True, slots=True)
class Style:
    """`needs` must stand somewhere in a file for the pattern to be tried. A `strict` reading fails without a value."""

    needs: bytes
    pattern: re.Pattern[bytes]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A variable, read on a line. `default` is a literal; `required` is that the program fails without a value."""

    name: str
    line: int
    default: str | None
    required: bool


def _style(needs: bytes, pattern: bytes, *, strict: bool = False) -> Style:
    return Style(needs, re.compile(pattern), strict)


_SCRIPT = (
    _style(
        b"process.env", rb"process\.env(?:\.|\?\.)" + _NAME + rb"\b(?P<must>!(?!=))?" + _RADIX + _FALLBACK
    ),
    _style(b"process.env", rb"process\.env\[\s*" + _QUOTED + rb"\s*\](?P<must>!(?!=))?" + _RADIX + _FALLBACK),
    _style(b"import.meta.env", rb"import\.meta\.env\." + _NAME + rb"\b(?P<must>!(?!=))?" + _FALLBACK),
    _style(b"Deno.env", rb"Deno\.env\.get\(\s*" + _QUOTED + rb"\s*\)(?P<must>!(?!=))?" + _FALLBACK),
    _style(b"Bun.env", rb"Bun\.env\." + _NAME + rb"\b(?P<must>!(?!=))?" + _FALLBACK),
    _style(
        b"ConfigService",
        rb"onfig(?:Service)?\.get(?P<must>OrThrow)?(?:<[^>()]*>)?\(\s*[\"'](?P<name>[A-Z][A-Z0-9_]*)[\"']"
        + _DEFAULT,
    ),
)
_JVM = (
    _style(
        b"getenv", rb"System\.getenv\(\s*" + _QUOTED + rb"\s*\)(?P<has>\s*\?:\s*(?P<default>\"[^\"\n]*\")?)?"
    ),
    _style(b"getenv", rb"System\.getenv\(\)\.getOrDefault\(\s*" + _QUOTED + _DEFAULT),
    _style(
        b"@Value",
        rb"@Value\(\s*\"\\?\$\{(?P<name>[A-Z][A-Z0-9_]+)(?P<has>:(?P<default>[^}\"]*))?\}",
        strict=True,
    ),
)
STYLES: dict[str, tuple[Style, ...]] = {
    "Python": (
        _style(b"environ", _ENVIRON + rb"(?:\.get|\.pop|\.setdefault)\(\s*" + _QUOTED + _DEFAULT),
        _style(b"environ", _ENVIRON + rb"\[\s*" + _QUOTED + rb"\s*\](?!\s*=[^=])", strict=True),
        _style(b"environ", _QUOTED + rb"\s+(?:not\s+)?in\s+(?:os\.)?environ\b"),
        _style(b"getenv", rb"\bgetenv\(\s*" + _QUOTED + _DEFAULT),
        _style(b"decouple", rb"\bconfig\(\s*" + _QUOTED + _DEFAULT, strict=True),
        _style(b"nviron", rb"\benv(?:\.(?:str|bool|int|float|list|dict|json|url|db|path|decimal|read_env|log_level|timedelta))?\(\s*" + _QUOTED + _DEFAULT, strict=True),
        _style(b"envvar", rb"\benvvar\s*=\s*\[?\s*" + _QUOTED),
    ),
    **dict.fromkeys(("JavaScript", "JSX", "TypeScript", "TSX"), _SCRIPT),
    "Go": (
        _style(b"os.", rb"\bos\.(?:Getenv|LookupEnv)\(\s*" + _QUOTED + rb"\s*\)"),
        _style(b"env:\"", rb"`[^`\n]*\benv:\"(?P<name>[A-Z][A-Z0-9_]*)(?P<must>,(?:required|notEmpty))?[^`\n]*`"),
        _style(b"envconfig:\"", rb"`[^`\n]*\benvconfig:\"(?P<name>[A-Z][A-Z0-9_]*)\"(?P<must>[^`\n]*\brequired:\"true\")?[^`\n]*`"),
        _style(b"viper", rb"viper\.BindEnv\(\s*\"[^\"]*\"\s*,\s*" + _QUOTED),
    ),
    "Rust": (
        _style(b"env", rb"\benv::(?:var|var_os)\(\s*" + _QUOTED + rb"\s*\)(?P<has>\.unwrap_or(?:_else|_default)?\((?:\|_\|\s*)?(?P<default>\"[^\"\n]*\")?)?" + _PROPAGATED),
        _style(b"env!", rb"(?<![\w])env!\(\s*" + _QUOTED, strict=True),
        _style(b"option_env!", rb"\boption_env!\(\s*" + _QUOTED),
        _style(b"env = ", rb"#\[(?:arg|clap)\([^\]]{0,600}?\benv\s*=\s*" + _QUOTED + _CLAP_DEFAULT),
    ),
    "Java": _JVM,
    "Kotlin": _JVM,
    "C#": (
        _style(b"GetEnvironmentVariable", rb"GetEnvironmentVariable\(\s*" + _QUOTED + rb"\s*\)" + _FALLBACK),
    ),
    "Ruby": (
        _style(b"ENV", rb"\bENV\.fetch\(\s*" + _QUOTED + _DEFAULT, strict=True),
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
    rb"^[ \t]*" + _NAME + rb"(?:\s*:\s*\w+)?(?P<has>\s*=\s*(?P<default>\"[^\"]*\"|'[^']*'|\d+)?)?"
)
_SVELTE = re.compile(rb"import\s*\{([^{}]*)\}\s*from\s*[\"']\$env/static/(?:private|public)[\"']")
_BUILT_IN = frozenset({"DEV", "PROD", "MODE", "SSR", "BASE_URL"})
_OF_CARGO = re.compile(
    r"CARGO_(?:PKG_|CRATE_|BIN_|CFG_|MANIFEST_|FEATURE_|PRIMARY_)\w+|OUT_DIR|TARGET|CARGO_(?:MANIFEST_DIR|TARGET_TMPDIR)"
)
"""What Cargo itself sets for each crate."""


_OF_BUILD_SCRIPT = re.compile(rb"rustc-env=(\w+)")
_OF_NEXT = re.compile(rb"^[ \t]*(?:module\.exports = \{\s*)?env:\s*\{([^{}]*)\}", re.MULTILINE)


def set_by_build(path: str, language: str, source: bytes) -> Iterator[str]:
    """Names that a file of the build defines for the program: Cargo's build scripts, `env` of Next's configuration."""
    if language == "Rust" and b"rustc-env=" in source:
        yield from (found.decode() for found in _OF_BUILD_SCRIPT.findall(source))
    if path.rpartition("/")[2].startswith("next.config.") and (found := _OF_NEXT.search(source)):
        yield from (key.decode() for key in re.findall(rb"(?:^|[,\n])\s*(\w+)", found[1]))


def reads(file: ParsedFile) -> Iterator[Read]:
    """The variables that a file reads, with lines from 1."""
    source = file.source
    requests = b"environ" in source and _IMPORTED_ENVIRON.search(source) is None
    for style in STYLES.get(file.language, ()):
        if style.needs in source:
            for hit in style.pattern.finditer(source):
                if requests and _is_of_request(hit, source):
                    continue
                if not _is_built_in(hit) and _is_code(file.root, hit.start(), file.language):
                    yield _read(hit, _line(source, hit.start("name")), strict=_fails(hit, source, style))
    for call in helpers.calls(file.language, source):
        yield Read(call.name, _line(source, call.offset), call.default, call.required)
    if file.language in ("JavaScript", "JSX", "TypeScript", "TSX"):
        yield from _destructured(source)


def _fails(hit: re.Match[bytes], source: bytes, style: Style) -> bool:
    groups = hit.groupdict()
    if groups.get("default") is not None or absence.is_asked_above(source, hit.start(), hit["name"]):
        return False
    if style.strict or groups.get("must"):
        return groups.get("has") is None and not _has_block(hit, source)
    return absence.fails(source, hit.start(), hit.end(), fallback=groups.get("has") is not None)


def _has_block(hit: re.Match[bytes], source: bytes) -> bool:
    """Whether a default is given as a block, as Ruby's `fetch` takes one."""
    return (
        hit.group().startswith(b"ENV.fetch")
        and re.match(rb"\s*\)\s*(?:\{|do\b)", source[hit.end() : hit.end() + 20]) is not None
    )


def _read(hit: re.Match[bytes], line: int, *, strict: bool = False) -> Read:
    default = hit.groupdict().get("default")
    text = default.decode("utf-8", "replace").strip("\"'`") if default is not None else None
    return Read(hit["name"].decode(), line, text, required=strict)


def _destructured(source: bytes) -> Iterator[Read]:
    if b"env" not in source:
        return
    for pattern in (_DESTRUCTURED, _SVELTE):
        for hit in pattern.finditer(source):
            offset = hit.start(1)
            for part in hit.group(1).split(b","):
                found = _PROPERTY.match(part)
                if found is not None:
                    yield _read(found, _line(source, offset + found.start("name")))
                offset += len(part) + 1


def _is_built_in(hit: re.Match[bytes]) -> bool:
    name = hit["name"].decode()
    cargo = b"env!" in hit.group() or b"env::" in hit.group()
    return (hit.group().startswith(b"import.meta") and name in _BUILT_IN) or (
        cargo and _OF_CARGO.fullmatch(name) is not None
    )


def _is_of_request(hit: re.Match[bytes], source: bytes) -> bool:
    """Whether a bare `environ`, in a file that does not import it, is that of a WSGI request."""
    before = source[max(0, hit.start() - 1) : hit.start()]
    return hit.group().startswith(b"environ") and before != b"."


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
