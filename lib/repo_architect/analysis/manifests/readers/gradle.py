"""Gradle build scripts in Groovy and Kotlin, read as text: they are programs, and never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from repo_architect.analysis.manifests.model import Declared, Identity, Locked, Source
from repo_architect.contracts.repo_shape import Scope

_CONFIGURATION = (
    r"(?:[a-zA-Z]*(?:[iI]mplementation|[aA]pi|[cC]ompile|[cC]ompileOnly|[cC]ompileOnlyApi|[rR]untime|[rR]untimeOnly|[cC]lasspath"
    r"|[aA]nnotationProcessor|[kK]apt|[kK]sp|[dD]evelopmentOnly|[pP]rovided(?:Compile|Runtime)?|[cC]oreLibraryDesugaring|detektPlugins)[a-zA-Z]*)"
)
_CALL = re.compile(rf"^[ \t]*[\"']?({_CONFIGURATION})[\"']?\s*(?:\(\s*)?(.*)$", re.DOTALL)
_FOR_PROJECT = re.compile(r"""^project\(\s*["']([\w:.-]+)["']\s*\)\s*\{""")
_WRAPPER = re.compile(r"^(?:enforcedPlatform|platform|testFixtures|dependencies\.\w+)\s*\(?\s*")
_COORDINATES = re.compile(
    r"""["']([\w.-]+):([\w.-]+)(?::((?:\$\{[^}]*\}|[^:@"'])*))?[^"']*["']|"([\w.-]+):([\w.-]+)(?::([^"@]*))?[^"]*\""""
)
_NAMED = re.compile(r"""\b(group|name|version)\s*[:=]\s*(?:["']([^"']*)["']|([\w.]+))""")
_KOTLIN = re.compile(r"""kotlin\(\s*["']([\w-]+)["']\s*(?:,\s*(?:version\s*=\s*)?["']?([^"')]+)["']?)?""")
_PROJECT = re.compile(r"""(?:project|projects)(?:\(\s*(?:path\s*[:=]\s*)?["']([^"']+)["']|\.([\w.]+))""")
_CATALOG = re.compile(r"libs\.([\w.]+)")
_PLUGIN = re.compile(
    r"""^[ \t]*(?:id\s*\(?\s*["']([\w.-]+)["']\s*\)?|kotlin\(\s*["']([\w.-]+)["']\s*\)|alias\(\s*libs\.plugins\.([\w.]+)\s*\))(?:\s*\.?version\s*\(?\s*(?:["']([^"']+)["'])?)?"""
)
_VARIABLE = re.compile(
    r"""^[ \t]*(?:(?:final\s+)?(?:def|val|var|const val|private val|String)\s+|ext\.|extra\[["'])?(\w+)(?:["']\])?\s*(?::\s*String\s*)?=\s*["']([^"'$]+)["']"""
)
_MAP_VERSION = re.compile(r"""^[ \t]*(\w+)\s*:\s*["'](\d[\w.+-]*)["'],?\s*$""")
_MAP_LIBRARY = re.compile(r"""^[ \t]*(\w+)\s*:\s*["']([\w.-]+:[\w.-]+(?::[^"':]*)?)["'],?\s*$""")
_REFERENCE = re.compile(r"\$\{?([\w.]+)\}?")

Line = tuple[int, str]


def read(source: Source) -> Iterator[Declared | Locked]:
    lines = list(_code(source.text))
    variables = {found[1]: found[2] for _, line in lines if (found := _VARIABLE.match(line))}
    in_plugins, folder = False, None
    for number, line in lines:
        if re.match(r"\s*plugins\s*\{", line):
            in_plugins = True
        elif in_plugins and re.match(r"\s*\}", line):
            in_plugins = False
        if in_plugins:
            yield from _plugin(re.sub(r"^[ \t]*plugins\s*\{", "", line), number)
            in_plugins = not line.rstrip().endswith("}")
            continue
        opened, found = _FOR_PROJECT.match(line), _CALL.match(line)
        folder = (
            opened[1].strip(":").replace(":", "/") if opened else None if line.startswith("}") else folder
        )
        if found:
            entries = _entries(found[1], found[2], number, variables)
            yield from (replace(entry, folder=folder) for entry in entries) if folder else entries


def _code(text: str) -> Iterator[Line]:
    """Logical lines without comments: a call that goes over lines is one, its line breaks kept."""
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    held, start = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"(^|\s)//.*$", "", raw)
        start, held = (start, f"{held}\n{line}") if held else (number, line)
        if not _goes_on(held, number - start):
            yield from ((start, piece) for piece in _pieces(held))
            held = ""
    if held:
        yield start, held


def _goes_on(held: str, lines: int) -> bool:
    text = held.rstrip()
    return (text.count("(") > text.count(")") or text.endswith(",")) and lines < 30 and not text.endswith("{")


def _pieces(held: str) -> list[str]:
    """Statements of a line: `dependencies { implementation("a:b:1") }` and what semicolons part."""
    if "\n" in held or not ("{" in held or ";" in held):
        return [held]
    return re.split(r"(?<=[\w)\"'])\s*;\s*|(?<=\{)\s+(?=\S)", held)


def _plugin(line: str, number: int) -> Iterator[Declared]:
    found = _PLUGIN.match(line)
    if found and found[3]:
        yield Declared(f"plugins.{found[3]}", "libs", "build", number, group="plugin")
    elif found and (found[4] or found[2] or "." in (found[1] or "")):
        name = found[1] or f"org.jetbrains.kotlin.{found[2]}"
        yield Declared(f"{name}:{name}.gradle.plugin", found[4], "build", number, group="plugin")


def _entries(configuration: str, rest: str, number: int, variables: dict[str, str]) -> Iterator[Declared]:
    scope = scope_of(configuration)
    rest = _WRAPPER.sub("", rest.strip())
    project = _PROJECT.match(rest)
    kotlin, catalog = _KOTLIN.match(rest), _CATALOG.match(rest)
    if project:
        name = (project[1] or project[2].replace(".", ":")).lstrip(":")
        yield Declared(name, None, scope, number, local=True)
    elif kotlin:
        yield Declared(f"org.jetbrains.kotlin:kotlin-{kotlin[1]}", kotlin[2], scope, number)
    elif catalog:
        yield Declared(catalog[1], "libs", scope, number)
    elif re.match(r"\[?\s*\(?(?:group|name|version)\s*[:=]", rest):
        yield from _from_names(rest, scope, number, variables)
    elif rest[:1] in ("'", '"', "["):
        yield from _from_strings(rest, scope, number, variables)


def _from_names(rest: str, scope: Scope, number: int, variables: dict[str, str]) -> Iterator[Declared]:
    parts: dict[str, str] = {}
    for key, text, reference in (found.groups() for found in _NAMED.finditer(rest)):
        named = variables.get(reference, f"${reference}") if reference else filled(text, variables)
        parts.setdefault(key, named or "")
    if parts.get("group") and parts.get("name"):
        yield Declared(f"{parts['group']}:{parts['name']}", parts.get("version") or None, scope, number)


def _from_strings(rest: str, scope: Scope, number: int, variables: dict[str, str]) -> Iterator[Declared]:
    closes = rest.find("{") if re.search(r"\)\s*\{", rest) else -1
    for found in _COORDINATES.finditer(rest[:closes] if closes > 0 and "${" not in rest else rest):
        line = number + rest.count("\n", 0, found.start())
        group, artifact, version = (
            (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
        )
        tail = re.match(r"\s*\+\s*(\w+)", rest[found.end() :])
        if tail and not version:
            version = variables.get(tail[1], f"${tail[1]}")
        yield Declared(f"{group}:{artifact}", filled(version, variables) or None, scope, line)


def filled(text: str | None, variables: dict[str, str]) -> str | None:
    return (
        _REFERENCE.sub(lambda found: variables.get(found[1].rpartition(".")[2], found[0]), text)
        if text
        else text
    )


def values_of(source: Source) -> dict[str, str]:
    """What gradle.properties, and the plain assignments and maps of versions of a script, name."""
    if source.name == "gradle.properties":
        return dict(re.findall(r"^[ \t]*([\w.]+)\s*=\s*(\S+)", source.text, re.MULTILINE))
    lines = source.text.splitlines()
    return {
        found[1]: found[2] for line in lines if (found := _VARIABLE.match(line) or _MAP_VERSION.match(line))
    }


def libraries_of(source: Source) -> dict[str, tuple[str, str | None]]:
    """Entries of a script's map of libraries, `slf4j: "org.slf4j:slf4j-api:$versions.slf4j"`, by name."""
    found = {}
    for line in source.text.splitlines():
        entry = _MAP_LIBRARY.match(line)
        if entry:
            group, artifact, version = (*entry[2].split(":", 2), None)[:3]
            found[entry[1]] = (f"{group}:{artifact}", version)
    return found


def scope_of(configuration: str) -> Scope:
    """The scope of a configuration: `testImplementation`, `kapt`, `compileOnly`, `debugApi`."""
    name = configuration.lower()
    if "test" in name:
        return "test"
    if any(
        word in name
        for word in ("compileonly", "annotationprocessor", "kapt", "ksp", "classpath", "provided", "detekt")
    ):
        return "build"
    return "development" if "developmentonly" in name or name.startswith("debug") else "runtime"


def identify(source: Source) -> Identity | None:
    found = re.search(r"""^[ \t]*version\s*=?\s*["']([^"'$]+)["']""", source.text, re.MULTILINE)
    described = re.search(r"""^[ \t]*description\s*=?\s*["']([^"'$]+)["']""", source.text, re.MULTILINE)
    plugins = " ".join(re.findall(r"^[ \t]*(?:id|alias|apply|application$).*", source.text, re.MULTILINE))
    applied = re.search(r"\bapplication\b|org\.springframework\.boot|spring\.boot", plugins) is not None
    library = re.search(r"\b(?:java-library|maven-publish|library)\b", plugins) is not None
    line = source.text.count("\n", 0, described.start(1)) + 1 if described else None
    traits = {"started"} if applied else {"built"} if library else set()
    return Identity(
        None,
        1,
        found[1] if found else None,
        described[1] if described else None,
        line,
        traits=frozenset(traits),
    )
