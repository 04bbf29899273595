"""Whether a program fails where a variable it reads is absent: unwrapped, asserted, or checked and raised."""

from __future__ import annotations

import re

_STOPS = (
    rb"(?:\b(?:raise|throw|throws|panic!?|abort|die|fatalError|log\.Fatal\w*|os\.Exit|sys\.exit|process\.exit|"
    rb"Environment\.Exit|System\.exit|std::process::exit|exitProcess|errors\.New|fmt\.Errorf|bail!|anyhow!)\b|bail!|panic!"
    rb"|(?<![.\w])error\(|(?<![.\w])exit\b)(?!\s*\(?\s*0\s*\))"
)
"""What a program that cannot go on says."""
_AT_ONCE = re.compile(
    rb"[\"'\])]*\s*(?:\.(?:unwrap|expect|orElseThrow|expectDefined)\(|\?(?=[;,)\s])(?!\s*[\w\"'(\[{])|!(?=[;,)\].\s])(?!=)"
    rb"|(?:\|\||\?\?|\?:|\bor\b|\band\b)\s*\(?\s*(?:\(\)\s*=>\s*\{?\s*)?" + _STOPS + rb")"
)
"""Directly after the reading."""
_AFTER_FALLBACK = re.compile(rb"\s*\(?\s*(?:\(\)\s*=>\s*\{?\s*)?" + _STOPS)
_NEGATED = re.compile(
    rb"\b(?:if|elif|when)\b[^\n;{]*(?:!\s*|\bnot\s+|\bempty\(\s*|\bis_none\(\s*)[\w.:]*\(?$|\b(?:unless|assert)\b[^\n;{]*$"
)
_ASKED = re.compile(rb"\b(?:if|elif|when)\b[^\n;{]*$")
_IS_NULL = re.compile(
    rb"[\"'\])]*\s*(?:===?\s*(?:null|undefined|nil|None|\"\"|'')|is\s+(?:None|null)\b(?!\s+not)|\.isEmpty\b|\.empty\?|\.nil\?)"
)
_NAMED = re.compile(
    rb"(?:^|[\s(;{])(?:(?:const|let|var|val|auto|static|final|String|string|char\s*\*)\s+)*\$?(?P<name>[A-Za-z_][\w.]*)"
    rb"(?:\s*,\s*(?P<other>\w+))?\s*(?::\s*[\w\[\], |?.]+)?\s*(?::=|(?<![=!<>:])=)\s*(?:\(|await |str\(|int\(|os\.|std::|System\.)*$"
)
_WINDOW = 700
_WINDOW_ABOVE = 1500
_PRESENT = re.compile(
    rb"[ \t}]*(?:else\s+)?(?:if|elif)\b(?![^\n]*(?:!(?!==? ?(?:null|undefined|nil))|\bnot\b|\bis_none\b|\bor\b|\|\|))"
)
"""A condition that no variable is asked to be absent in, nor another in its place."""
_LINES_BELOW = 3


def fails(source: bytes, start: int, end: int, *, fallback: bool = False) -> bool:
    """Whether what follows the reading at `start:end` stops the program without a value.

    `fallback` is whether the reading already holds the operator of a fallback (`|| `, `?? `).
    """
    after = source[end : end + _WINDOW]
    if (_AFTER_FALLBACK if fallback else _AT_ONCE).match(after):
        return True
    before = source[source.rfind(b"\n", 0, start) + 1 : start]
    absent = _NEGATED.search(before) or (
        _ASKED.search(before) and (_IS_NULL.match(after) or b"not in" in source[start:end])
    )
    if absent:
        return _stops_below(after, 0, within=not before.lstrip().startswith(b"assert"))
    named = _NAMED.search(before)
    return named is not None and not fallback and _checked(after, named["name"], named["other"])


def is_asked_above(source: bytes, start: int, name: bytes) -> bool:
    """Whether the reading at `start` stands below a condition that the variable `name` is there."""
    above = source[max(0, start - _WINDOW_ABOVE) : start]
    if name not in above:
        return False
    *lines, here = above.split(b"\n")
    depth = len(here) - len(here.lstrip())
    for line in reversed(lines):
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent < depth:
            depth = indent
            if _PRESENT.match(line) and re.search(rb"(?<!\w)" + name + rb"(?!\w)", line):
                return True
    return False


def _checked(after: bytes, name: bytes, other: bytes | None) -> bool:
    """Whether a variable is checked for absence, and the program stopped for it, in the lines that follow."""
    if name not in after and (other is None or other not in after):
        return False
    whole = rb"(?<![\w.])\$?" + re.escape(name) + rb"(?![\w(\[])"
    absent = rb"(?:!\s*|not\s+|empty\(\s*|unless\s+|is_none\(\s*)" + whole + rb"(?!\.)"
    compared = (
        whole
        + rb"\s*(?:===?|is)\s*(?:null|undefined|nil|None|\"\"|'')|"
        + whole
        + rb"\.(?:isEmpty|empty\?|nil\?|is_none)"
    )
    found = re.search(
        rb"\b(?:if|unless|elif)\b[^\n]{0,80}?(?:" + absent + rb"|" + compared
        + (rb"|!\s*" + re.escape(other) + rb"\b" if other else rb"") + rb")"
        rb"|\bunless\s+" + whole + rb"|\bassert!?\s*\(?\s*" + whole,
        after,
    )  # fmt: skip
    if found is None:
        return False
    return found[0].startswith(b"assert") or _stops_below(after, found.end())


def _stops_below(text: bytes, at: int, *, within: bool = True) -> bool:
    """Whether the lines from `at` on stop the program, before their block ends."""
    if not within:
        return True
    lines = text[at:].split(b"\n")[: _LINES_BELOW + 1]
    for number, line in enumerate(lines):
        if re.search(_STOPS, line):
            return True
        if number and line.strip().startswith((b"}", b"end", b"else", b"elif")):
            return False
    return False
