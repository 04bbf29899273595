"""Scripts inside files of another language: Vue, Svelte and Astro components."""

from __future__ import annotations

import re

HOSTS = frozenset({"Astro", "Svelte", "Vue"})
_SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_FRONT_MATTER = re.compile(rb"\A\s*---[ \t]*\r?\n(.*?)^---[ \t\r]*$", re.DOTALL | re.MULTILINE)
_LANG = re.compile(rb"\blang\s*=\s*[\"']?(\w+)")
_NOT_CODE = re.compile(rb"\btype\s*=\s*[\"'](?!module|text/(?:java|type)script)[^\"']+[\"']")
_LANGUAGES = {b"ts": "TypeScript", b"typescript": "TypeScript", b"tsx": "TSX", b"jsx": "JavaScript"}
_VISIBLE = re.compile(rb"[^\n]")


def script_of(host: str, source: bytes) -> tuple[str, bytes] | None:
    """The language of a component's scripts, and the component with all else blanked, so that lines and offsets stay.

    None where there is no script.
    """
    spans: list[tuple[int, int]] = []
    language = "TypeScript" if host == "Astro" else "JavaScript"
    front = _FRONT_MATTER.search(source) if host == "Astro" else None
    if front:
        spans.append(front.span(1))
    for found in _SCRIPT.finditer(source, front.end() if front else 0):
        if _NOT_CODE.search(found[1]):
            continue
        spans.append(found.span(2))
        named = _LANG.search(found[1])
        language = _LANGUAGES.get(named[1].lower(), language) if named else language
    return (language, _blanked(source, spans)) if spans else None


def _blanked(source: bytes, spans: list[tuple[int, int]]) -> bytes:
    pieces: list[bytes] = []
    end = 0
    for first, last in spans:
        pieces += (_VISIBLE.sub(b" ", source[end:first]), source[first:last])
        end = last
    return b"".join(pieces)
