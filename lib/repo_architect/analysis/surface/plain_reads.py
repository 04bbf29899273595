"""Readings of the environment in languages that are not parsed: a row a style, over lines without comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repo_architect.analysis.files import FileTree
from repo_architect.analysis.files.testing import is_test
from repo_architect.analysis.surface import absence
from repo_architect.analysis.surface.reads import Read

_QUOTED = r"[\"'](?P<name>[A-Za-z_][A-Za-z0-9_]*)[\"']"
_DEFAULT = r"(?P<default>\s*,\s*(?:\"[^\"\n]*\"|'[^'\n]*'|-?\d[\w.]*|true|false|nil)?)?"

STYLES: dict[str, tuple[tuple[str, bool], ...]] = {
    "Elixir": (
        (rf"\bSystem\.fetch_env!\(\s*{_QUOTED}", True),
        (rf"\bSystem\.(?:get_env|fetch_env)\(\s*{_QUOTED}{_DEFAULT}", False),
    ),
    "Erlang": ((rf"\bos:getenv\(\s*{_QUOTED}{_DEFAULT}", False),),
    "Swift": (
        (rf"\.environment\[\s*{_QUOTED}\s*\]", False),
        (rf"\bEnvironment\.get\(\s*{_QUOTED}", False),
    ),
    "Dart": (
        (rf"\bPlatform\.environment\[\s*{_QUOTED}\s*\]", False),
        (rf"\b(?:String|bool|int)\.fromEnvironment\(\s*{_QUOTED}", False),
    ),
    "Scala": (
        (rf"\bsys\.env\(\s*{_QUOTED}", True),
        (rf"\bsys\.env\.(?:get|getOrElse)\(\s*{_QUOTED}{_DEFAULT}", False),
        (rf"\bSystem\.getenv\(\s*{_QUOTED}", False),
    ),
    "Groovy": ((rf"\bSystem\.getenv\(\s*{_QUOTED}", False),),
    "F#": ((rf"\bGetEnvironmentVariable\s*\(?\s*{_QUOTED}", False),),
    "Haskell": (
        (r"\bgetEnv \"(?P<name>\w+)\"(?![ \t]*`catch`)", True),
        (r"\bgetEnv \"(?P<name>\w+)\"(?=[ \t]*`catch`)", False),
        (r"\blookupEnv \"(?P<name>\w+)\"", False),
    ),
    "Lua": ((rf"\bos\.getenv\(?\s*{_QUOTED}", False),),
    "Perl": ((r"\$ENV\{\s*[\"']?(?P<name>[A-Z][A-Z0-9_]*)[\"']?\s*\}", False),),
    "R": ((rf"\bSys\.getenv\(\s*{_QUOTED}{_DEFAULT}", False),),
    "Julia": ((rf"\bENV\[\s*{_QUOTED}\s*\]", True), (rf"\bget\(ENV,\s*{_QUOTED}{_DEFAULT}", False)),
    "Crystal": ((rf"\bENV\[\s*{_QUOTED}\s*\](?!\?)", True), (rf"\bENV\[\s*{_QUOTED}\s*\]\?", False)),
    "Clojure": ((r"\(System/getenv \"(?P<name>\w+)\"", False),),
}
"""Expressions for a reading, and whether it fails without a value. `default` holds a comma where there is a default."""
_COMMENT = ("#", "//", "--", "%", ";", "*")


def plain_reads(tree: FileTree) -> Iterator[tuple[str, Read]]:
    """(path, read) of every own file in one of these languages."""
    for file in tree.own(tree.files):
        styles = STYLES.get(tree.verdict(file.path).language or "")
        if styles and not is_test(file.path):
            text = tree.text(file.path)
            if text and re.search(r"env", text, re.IGNORECASE):
                yield from ((file.path, read) for read in _reads(text, styles))


def _reads(text: str, styles: tuple[tuple[str, bool], ...]) -> Iterator[Read]:
    raw = text.encode("utf-8", "replace")
    for expression, strict in styles:
        for hit in re.compile(expression.encode(), re.MULTILINE).finditer(raw):
            start = raw.rfind(b"\n", 0, hit.start()) + 1
            if raw[start : hit.start()].decode("utf-8", "replace").lstrip().startswith(_COMMENT):
                continue
            written = hit.groupdict().get("default")
            default = written.decode("utf-8", "replace").lstrip(" ,\t\n").strip("\"'") if written else None
            required = strict or (written is None and absence.fails(raw, hit.start(), hit.end()))
            name = hit["name"].decode()
            yield Read(
                name,
                raw.count(b"\n", 0, hit.start("name")) + 1,
                None if default == "nil" else default,
                required,
            )
