"""Which language a file is in: by its modeline, name, interpreter, extension, and where those leave a choice its content."""

from __future__ import annotations

import re
from collections.abc import Callable

from repo_architect.analysis.languages import ambiguous
from repo_architect.analysis.languages.table import table

SCOPE = 5
"""Lines at the start and end of a file that may hold a modeline."""
MODELINE_BYTES = 1024 * 1024
"""Larger files have none."""
MODELINE_SCOPE = 4000
_EMACS_MODE = re.compile(rb"(?:^|[ \t;])mode[ \t]*+:[ \t]*+([^:;\s]++)(?=[ \t;]|$)", re.IGNORECASE)
_EMACS_SHORT = re.compile(rb"[ \t]*+([^:;\s]++)[ \t]*+")
_SEPARATOR = rb"(?:[ \t]*+:[ \t]*+|[ \t]++)"
_FILE_TYPE = rb"(?:filetype|ft|syntax)[ \t]*+="
_OPTION = _SEPARATOR + rb"(?!" + _FILE_TYPE + rb")\w*+(?:[ \t]*+=(?:[^\\\s]|\\.)*+)?+"
_VIM = re.compile(
    rb"(?:(?:^|[ \t])(?:vi|Vi(?=m))(?:m(?:[<=>]?[0-9]+)?)?|[ \t]ex)"
    rb"(?=:[ \t]*set?[ \t][^\r\n:]+:|:(?![ \t]*set?[ \t]))"
    rb"(?:" + _OPTION + rb")*+" + _SEPARATOR + _FILE_TYPE + rb"(\w++)(?=$|\s|:)",
    re.MULTILINE,
)
_VIM_HINT = re.compile(rb"(?:[vV]im?|ex|[0-9])[ \t]*:.{0,400}(?:filetype|ft|syntax)[ \t]*=")
_MANPAGE = re.compile(r"\.(?:[1-9](?![0-9])[a-z_0-9]*|0p|n|man|mdoc)(?:\.in)?$")
_SHEBANG = re.compile(rb"#!\s*(\S+)([^\n]*)")
_ENV_ARGUMENT = re.compile(rb"(?:-[i0uCSv]*|--\S+|\S+=\S+)\s+")
_EXEC = re.compile(rb"exec (\w+)[\s\"']+\$0[\s\"']+\$@")

Reader = Callable[[], bytes]


def language_of(name: str, read: Reader, size: int) -> str | None:
    """The language of a file by its base name and content. `read` gives its first bytes, called when they are needed."""
    data = read()
    candidates: tuple[str, ...] = ()
    for found in (_by_modeline(data, size), table().by_filename.get(name, ()), _by_shebang(data)):
        candidates = _narrowed(candidates, found)
        if len(candidates) == 1:
            return candidates[0]
    lower = name.lower()
    if not lower.endswith(table().generic):
        candidates = _narrowed(candidates, table().of_extension(lower))
    if len(candidates) == 1:
        return candidates[0]
    return _by_content(lower, data, candidates or _otherwise(lower, data))


def by_name(name: str) -> str | None:
    """The likely language of a file that is not read: by name and extension, the popular one where several share it."""
    lower = name.lower()
    candidates = table().by_filename.get(name, ()) or table().of_extension(lower)
    return _likely(lower, candidates) if candidates and not lower.endswith(table().generic) else None


def _narrowed(candidates: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
    """Those found among the candidates; as they were where that leaves none."""
    both = tuple(language for language in candidates if language in found) if candidates else found
    return both or candidates


def _by_modeline(data: bytes, size: int) -> tuple[str, ...]:
    if size > MODELINE_BYTES:
        return ()
    head = b"\n".join(data[:MODELINE_SCOPE].split(b"\n", SCOPE)[:SCOPE])
    tail = b"\n".join(data[-MODELINE_SCOPE:].rsplit(b"\n", SCOPE + 1)[-SCOPE - 1 :])
    scope = head + tail
    if b"UseVimball" in head:
        return ()
    found = _emacs(scope) if b"-*-" in scope else None
    found = found or (_VIM.search(scope) if _VIM_HINT.search(scope) else None)
    named = table().named(found[1].decode("latin-1")) if found else None
    return (named,) if named else ()


def _emacs(scope: bytes) -> re.Match[bytes] | None:
    """The mode that a line such as `-*- mode: ruby -*-` or `-*- ruby -*-` names."""
    for line in scope.split(b"\n"):
        parts = line.split(b"-*-", 2)
        if len(parts) == 3:
            found = _EMACS_SHORT.fullmatch(parts[1]) or _EMACS_MODE.search(parts[1])
            if found:
                return found
    return None


def _by_shebang(data: bytes) -> tuple[str, ...]:
    if not data.startswith(b"#!"):
        return ()
    interpreter = _interpreter(data)
    return table().by_interpreter.get(interpreter, ()) if interpreter else ()


def _interpreter(data: bytes) -> str | None:
    found = _SHEBANG.match(data)
    if not found:
        return None
    program, rest = found[1].rpartition(b"/")[2], found[2]
    if program == b"env":
        rest = rest.lstrip()
        while argument := _ENV_ARGUMENT.match(rest):
            rest = rest[argument.end() :]
        program = rest.split(None, 1)[0] if rest.split() else b""
    program = re.sub(rb"\.\d+$", b"", program)
    if program == b"sh":
        handed_on = _EXEC.search(b"\n".join(data.split(b"\n", SCOPE)[:SCOPE]))
        program = handed_on[1] if handed_on else program
    if program == b"osascript" and b"-l" in rest:
        return None
    return program.rpartition(b"/")[2].decode("latin-1")


def _otherwise(lower: str, data: bytes) -> tuple[str, ...]:
    """Candidates where neither name nor interpreter gave one."""
    if b"<?xml version=" in b"\n".join(data[:MODELINE_SCOPE].split(b"\n", 2)[:2]):
        return ("XML",)
    return ("Roff Manpage", "Roff") if _MANPAGE.search(lower) else ()


def _by_content(lower: str, data: bytes, candidates: tuple[str, ...]) -> str | None:
    if len(candidates) == 1:
        return candidates[0]
    rules = ambiguous.rules_of(lower)
    told = ambiguous.tell_apart(rules, data) if rules else None
    if told:
        return told
    return _likely(lower, candidates) if candidates else None


def _likely(lower: str, candidates: tuple[str, ...]) -> str:
    """The popular one of several candidates, else the one whose rule holds always, else the first."""
    if len(candidates) == 1:
        return candidates[0]
    popular = [language for language in candidates if language in table().popular]
    always = [rule[0] for rule in ambiguous.rules_of(lower) if len(rule) == 1]
    return next(iter([*popular, *always, *candidates]))
