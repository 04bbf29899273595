"""Bundler: Gemfile, gemspec and Gemfile.lock, read as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.manifests import scopes
from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_GEM = re.compile(r"""^[ \t]*gem[\s(]+["']([\w.-]+)["'](.*)""")
_PLATFORM = re.compile(
    r"-(?:aarch64|arm64|arm|x86_64|x86|x64|i\d86|java|jruby|universal|ppc\w*|s390x|riscv64)\b\S*$|-(?:mingw|mswin)\w*$"
)
_GROUP = re.compile(r"^[ \t]*group[\s(]+(.*?)\)?\s+do\b")
_PLATFORMS = re.compile(r"\bplatforms?(?::|\s*=>)\s*(?:%i)?[\[(]?\s*:?(\w+)")
_GROUP_OPTION = re.compile(r"""(?:\bgroups?:|:groups?\s*=>)\s*(\[[^\]]*\]|:\w+|["']\w+["'])""")
_WORD = re.compile(r"""[:"'](\w+)""")
_OPENS = re.compile(r"\bdo\b\s*(?:\|[^|]*\|\s*)?$|^[ \t]*(?:if|unless|case|begin|while|until|def|for)\b")
_ADD = re.compile(r"""\.add_(runtime_|development_)?dependency\s*\(?\s*["']([\w.-]+)["'](.*)""")


def read(source: Source) -> Iterator[Declared | Locked]:
    groups: list[list[str]] = []
    for number, line in _code(source):
        gem, group = _GEM.match(line), _GROUP.match(line)
        if gem:
            option = _GROUP_OPTION.search(gem[2])
            names = [
                *(name for held in groups for name in held),
                *(_WORD.findall(option[1]) if option else []),
            ]
            local = re.search(r"\bpath(?::|\s*=>)", gem[2]) is not None
            yield Declared(
                gem[1],
                _requirement(gem[2]),
                _scope(names),
                number,
                local=local,
                group=f"group:{names[0]}" if names else _platform(gem[2]),
            )
        elif group:
            groups.append(_WORD.findall(group[1]))
        elif _OPENS.search(line):
            groups.append([])
        elif re.match(r"\s*end\b", line) and groups:
            groups.pop()


def _platform(options: str) -> str | None:
    """`platform:` and the first that a gem is for; on others no lock holds it."""
    found = _PLATFORMS.search(options)
    return f"platform:{found[1]}" if found else None


def _code(source: Source) -> Iterator[tuple[int, str]]:
    """Logical lines: without comments, joined after a comma."""
    held, start = "", 0
    for number, raw in source.lines():
        line = re.sub(r"(^|\s)#(?!\{).*$", "", raw).rstrip()
        start = start or number
        held = f"{held} {line.strip()}" if held else line
        if not held.rstrip().endswith(",") or number - start > 30:
            yield start, held
            held, start = "", 0
    if held:
        yield start, held


def _requirement(rest: str) -> str | None:
    """The strings that follow the name, before any option."""
    before = re.split(r",\s*(?:\w+:\s|:\w+\s*=>|[\"']\w+[\"']\s*(?:=>|:)|\*\*)|\s+if\s", rest)[0]
    found = re.findall(r"""["']\s*((?:[~<>=!]+\s*)?\d[\w.-]*)\s*["']""", before)
    return ", ".join(found) or None


def _scope(groups: list[str]) -> Scope:
    if not groups or any(name in ("default", "production") for name in groups):
        return "runtime"
    named: list[Scope] = [scopes.of_name(name, "runtime") for name in groups]
    return "runtime" if "runtime" in named else "development" if "development" in named else named[0]


def read_gemspec(source: Source) -> Iterator[Declared | Locked]:
    for number, line in _code(source):
        found = _ADD.search(line)
        if found:
            scope: Scope = "development" if found[1] == "development_" else "runtime"
            yield Declared(found[2], _requirement(found[3]), scope, number)


def identify_gemspec(source: Source) -> Identity | None:
    fields: dict[str, tuple[str, int]] = {}
    for number, line in source.lines():
        found = re.match(r"""\s*\w+\.(name|version|summary|description)\s*=\s*["']([^"'#]+)["']""", line)
        if found:
            fields.setdefault(found[1], (found[2], number))
    name, line_ = fields.get("name", (source.name.removesuffix(".gemspec"), 1))
    described, described_line = fields.get("summary") or fields.get("description") or (None, None)
    executables = "command" if re.search(r"\.executables\s*=", source.text) else "built"
    return Identity(
        name,
        line_,
        fields.get("version", (None, 1))[0],
        described,
        described_line,
        traits=frozenset({executables, "built"}),
    )


def read_lock(source: Source) -> Iterator[Declared | Locked]:
    """Gems are four spaces deep below GEM, GIT and PATH; Bundler's own version closes the file.

    A gem that is built for several platforms stands once for each, with the platform after its version: it is one.
    """
    section = ""
    seen: set[tuple[str, str]] = set()
    for number, line in source.lines():
        if line and line[0] != " ":
            section = line.strip()
        gem = re.match(r" {4}([^\s(]+) \(([^)]+)\)", line)
        if gem and section in ("GEM", "GIT", "PATH", "PLUGIN SOURCE"):
            version = _PLATFORM.sub("", gem[2])
            if (gem[1], version) not in seen:
                seen.add((gem[1], version))
                yield Locked(gem[1], version, number, local=section == "PATH")
        bundler = re.match(r"\s+(\d\S*)", line)
        if bundler and section == "BUNDLED WITH":
            yield Locked("bundler", bundler[1], number)
