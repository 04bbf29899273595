"""Scripts inside files of another language: Vue, Svelte and Astro components."""

from __future__ import annotations

import re
from collections.abc import Iterator

HOSTS = frozenset({"Astro", "Svelte", "Vue"})
_OPENS = re.compile(rb"<script\b([^>]{0,1000}+)>", re.IGNORECASE)
_CLOSES = re.compile(rb"</script\b", re.IGNORECASE)
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
    for attributes, span in _scripts(source, front.end() if front else 0):
        spans.append(span)
        named = _LANG.search(attributes)
        language = _LANGUAGES.get(named[1].lower(), language) if named else language
    return (language, _blanked(source, spans)) if spans else None


def _scripts(source: bytes, here: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """The attributes of each script of code, and where what is inside begins and ends."""
    while (opens := _OPENS.search(source, here)) and (closes := _CLOSES.search(source, opens.end())):
        if not _NOT_CODE.search(opens[1]):
            yield opens[1], (opens.end(), closes.start())
        here = closes.end()


def _blanked(source: bytes, spans: list[tuple[int, int]]) -> bytes:
    pieces: list[bytes] = []
    end = 0
    for first, last in spans:
        pieces += (_VISIBLE.sub(b" ", source[end:first]), source[first:last])
        end = last
    return b"".join(pieces)
