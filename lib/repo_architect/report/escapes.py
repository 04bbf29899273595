"""Our sentences hold code spans; everything else in them is text, in HTML and in Markdown alike."""

from __future__ import annotations

import re

from markupsafe import Markup

from repo_architect.report.text import one_line, visible

_SPAN = re.compile(r"(`+)(?!`) ?(.+?) ?(?<!`)\1(?!`)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def prose_html(sentence: str) -> Markup:
    """A sentence as HTML: `code` in backticks becomes an element, the rest is escaped."""
    flat, parts, begin = one_line(sentence), [], 0
    for span in _SPAN.finditer(flat):
        parts += [Markup.escape(flat[begin : span.start()]), Markup("<code>{}</code>").format(span.group(2))]
        begin = span.end()
    return Markup("").join([*parts, Markup.escape(flat[begin:])])


def markdown(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no link, no mention."""
    shown = _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()) if text.strip() == text else _edges(text))
    shown = shown.replace("&", "&amp;")
    shown = re.sub(r"@(?=\w)", "@\u2060", shown)
    return re.sub(r"(?i)\b(https?|ftp|www|javascript)(?=[:.])", "\\1\u2060", shown)


def _edges(text: str) -> str:
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{one_line(text)}{tail}"


def prose_markdown(sentence: str) -> str:
    """A sentence as Markdown: code spans stay, the rest is escaped."""
    flat, parts, begin = one_line(sentence), [], 0
    for span in _SPAN.finditer(flat):
        parts += [markdown(flat[begin : span.start()]), code(span.group(2))]
        begin = span.end()
    return "".join([*parts, markdown(flat[begin:])])


def code(text: str) -> str:
    """A code span, whatever backticks the text holds; a bar is escaped for tables."""
    flat = one_line(text).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall(r"`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}" if flat else ""


def cell(text: str) -> str:
    """Text for a cell of a table."""
    return markdown(text) or " "


def fenced(text: str, language: str = "") -> str:
    """A fenced block that nothing inside can close."""
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return f"{fence}{language}\n{visible(text).rstrip()}\n{fence}"
